#include <utility>

#include "compiler/syntax/build.h"

// Columns and the constraints of columns and tables.
namespace sqlxc::syntax::build {

namespace {

using ast::Constraint;
using Kind = Constraint::Kind;

ast::ReferenceAction action_of(Node on_clause) {
  if (on_clause.has(sym::CASCADE)) return ast::ReferenceAction::cascade;
  if (on_clause.has(sym::RESTRICT)) return ast::ReferenceAction::restrict_;
  if (on_clause.has(sym::NULL_)) return ast::ReferenceAction::set_null;
  if (on_clause.has(sym::DEFAULT)) return ast::ReferenceAction::set_default;
  return ast::ReferenceAction::no_action;
}

ast::References references(Node node) {
  ast::References made;
  made.table = path(node.find(sym::RulePath));
  made.columns = names(node.find(sym::RuleNameList));
  if (node.has(sym::MATCH_OP)) made.match = lower_case(node.last().text());
  return made;
}

// ON DELETE and ON UPDATE of a reference, or MySQL's ON UPDATE now().
void on_clause(Node node, Constraint* reference, std::vector<Constraint>& made) {
  const bool is_update = node.has(sym::UPDATE);
  const Node word = node.children()[2];
  if (word.is_token(sym::NILADIC) || word.is_token(sym::IDENTIFIER)) {
    Constraint one = constraint(Kind::on_update, node);
    ast::Expr call;
    call.kind = ast::Expr::Kind::call;
    call.range = node.range();
    ast::Name name;
    name.text = lower_case(word.text());
    name.range = word.range();
    call.path.names.push_back(std::move(name));
    if (!node.has(sym::LPAREN)) call.text = "niladic";
    if (const Node number = node.find_token(sym::NUMBER)) {
      ast::Expr digits;
      digits.kind = ast::Expr::Kind::number;
      digits.text = std::string(number.text());
      digits.range = number.range();
      call.args.push_back(std::move(digits));
    }
    one.expr.push_back(std::move(call));
    made.push_back(std::move(one));
    return;
  }
  if (reference == nullptr || !reference->references) return;
  ast::References& of = *reference->references;
  (is_update ? of.on_update : of.on_delete) = action_of(node);
  (is_update ? of.says_on_update : of.says_on_delete) = true;
  if (const Node columns = node.find(sym::RuleNameList)) of.set_columns = names(columns);
  reference->range = join(reference->range, node.range());
}

void time_of(Node words, Constraint& made) {
  const bool is_negated = words.has(sym::NOT);
  for (const Node word : words) {
    if (word.is(sym::RuleConstraintTime)) {
      time_of(word, made);
    } else if (word.is_token(sym::DEFERRABLE)) {
      made.is_deferrable = !is_negated;
    } else if (word.is_token(sym::DEFERRED)) {
      // PostgreSQL manual, CREATE TABLE: INITIALLY DEFERRED makes it deferrable.
      made.is_initially_deferred = made.is_deferrable = true;
    } else if (word.is_token(sym::VALID)) {
      made.is_not_valid = is_negated;
    } else if (word.is_token(sym::ENFORCED)) {
      made.is_not_enforced = is_negated;
    }
  }
}

Constraint generated(Node part) {
  if (part.has(sym::IDENTITY)) {
    Constraint made = constraint(Kind::identity, part);
    made.is_always = part.has(sym::ALWAYS);
    if (const Node options = part.find(sym::RuleSequenceOptions)) {
      made.options = sequence_options(options.children(), nullptr);
    }
    return made;
  }
  if (part.has(sym::ROW)) {
    Constraint made = constraint(Kind::storage, part);
    made.text = lower_case(part.text());
    return made;
  }
  Constraint made = constraint(Kind::generated, part);
  made.is_always = true;
  if (const Node value = part.find(sym::RuleExpr)) made.expr.push_back(expr(value));
  return made;
}

// Builds the parts of one column, in the order in which they stand.
class ColumnParts {
 public:
  explicit ColumnParts(ast::ColumnDef* column) : column_(column) {}

  void add(Node part);
  std::vector<Constraint> take() { return std::move(made_); }

 private:
  Constraint& push(Constraint one) {
    if (name_) one.name = std::exchange(name_, std::nullopt);
    made_.push_back(std::move(one));
    return made_.back();
  }
  Constraint* last(Kind kind) {
    for (std::size_t i = made_.size(); i-- > 0;) {
      if (made_[i].kind == kind) return &made_[i];
    }
    return nullptr;
  }
  void storage(Node part) { push(constraint(Kind::storage, part)).text = part.words(); }
  void add_time(Node part) {
    if (!made_.empty()) time_of(part, made_.back());
  }

  ast::ColumnDef* column_;
  std::vector<Constraint> made_;
  std::optional<ast::Name> name_;
};

void ColumnParts::add(Node part) {
  const Node first = part.first();
  if (first.is(sym::RuleReferences)) {
    push(constraint(Kind::foreign_key, part)).references = references(first);
    return;
  }
  if (first.is(sym::RuleOnClause)) return on_clause(first, last(Kind::foreign_key), made_);
  switch (first.token_type()) {
    case sym::CONSTRAINT:
      if (const Node of = part.find(sym::RuleIdentifier)) name_ = name(of);
      return;
    case sym::NOT:
      if (part.has(sym::NULL_)) {
        push(constraint(Kind::not_null, part));
      } else {
        add_time(part);
      }
      return;
    case sym::NULL_:
      push(constraint(Kind::null, part));
      return;
    case sym::PRIMARY:
    case sym::KEY:
      push(constraint(Kind::primary_key, part)).is_descending = part.has(sym::DESC);
      return;
    case sym::UNIQUE: {
      Constraint& one = push(constraint(Kind::unique, part));
      if (const Node nulls = part.find(sym::RuleNullsDistinct))
        one.is_nulls_not_distinct = nulls.has(sym::NOT);
      return;
    }
    case sym::MATCH_OP:
      if (Constraint* of = last(Kind::foreign_key))
        of->references->match = lower_case(part.last().text());
      return;
    case sym::CHECK_:
      push(constraint(Kind::check, part)).expr.push_back(expr(part.find(sym::RuleExpr)));
      return;
    case sym::DEFAULT:
      push(constraint(Kind::default_, part))
          .expr.push_back(default_value(part.find(sym::RuleDefaultValue)));
      return;
    case sym::COLLATE:
      push(constraint(Kind::collate, part)).text = collation(part.last());
      return;
    case sym::GENERATED:
    case sym::AS:
      push(generated(part));
      return;
    case sym::STORED:
    case sym::PERSISTENT:
      if (Constraint* of = last(Kind::generated)) {
        of->is_stored = true;
        of->range = join(of->range, part.range());
      }
      return;
    case sym::VIRTUAL:
      return;
    case sym::AUTO_INCREMENT:
      push(constraint(Kind::auto_increment, part));
      return;
    case sym::AUTOINCREMENT:
      if (Constraint* of = last(Kind::primary_key)) of->is_autoincrement = true;
      return;
    case sym::SERIAL_DEFAULT:
      // MySQL manual, 11.1.1: NOT NULL AUTO_INCREMENT UNIQUE.
      push(constraint(Kind::not_null, part));
      push(constraint(Kind::auto_increment, part));
      push(constraint(Kind::unique, part));
      return;
    case sym::COMMENT:
      push(constraint(Kind::comment, part)).text = string_value(part.find(sym::RuleText));
      return;
    case sym::ON_CONFLICT:
      if (!made_.empty()) made_.back().conflict = lower_case(part.last().text());
      return;
    case sym::DEFERRABLE:
    case sym::INITIALLY:
    case sym::ENFORCED:
      add_time(part);
      return;
    case sym::NO:
      if (!made_.empty()) made_.back().is_no_inherit = true;
      return;
    case sym::FIRST:
      if (column_ != nullptr) column_->position = "first";
      return;
    case sym::AFTER:
      if (column_ != nullptr) column_->position = "after " + name(part.last()).text;
      return;
    case sym::VISIBLE:
    case sym::INVISIBLE:
      push(constraint(Kind::visibility, part)).text = lower_case(part.text());
      return;
    case sym::USING:
      return;
    case sym::WITH:
      if (part.has(sym::OPTIONS)) return;
      storage(part);
      return;
    default:
      storage(part);
      return;
  }
}

Constraint constraint_body(Node body) {
  Constraint made;
  made.range = body.range();
  const std::uint16_t word = body.token_type();
  if (const Node method = body.find(sym::RuleIndexMethod))
    made.method = lower_case(name(method.last()).text);
  if (const Node elements = body.find(sym::RuleKeyElements)) made.elements = key_elements(elements);
  if (const Node elements = body.find(sym::RuleKeyElements)) {
    for (const Node element : elements) {
      if (!element.is_token() && element.has(sym::AUTOINCREMENT)) made.is_autoincrement = true;
    }
  }
  if (const Node nulls = body.find(sym::RuleNullsDistinct))
    made.is_nulls_not_distinct = nulls.has(sym::NOT);
  if (const Node of = body.find(sym::RuleIdentifier)) made.name = name(of);
  switch (word) {
    case sym::PRIMARY:
    case sym::UNIQUE:
      made.kind = word == sym::PRIMARY ? Kind::primary_key : Kind::unique;
      if (body.has(sym::USING)) {
        made.using_index = true;
        made.text = made.name->text;
        made.name.reset();
      } else if (word == sym::PRIMARY) {
        made.name.reset();
      }
      return made;
    case sym::CHECK_:
      made.kind = Kind::check;
      made.expr.push_back(expr(body.find(sym::RuleExpr)));
      return made;
    case sym::FOREIGN:
      made.kind = Kind::foreign_key;
      made.columns = names(body.find(sym::RuleNameList));
      made.references = references(body.find(sym::RuleReferences));
      return made;
    case sym::EXCLUDE:
      made.kind = Kind::exclude;
      for (const Node child : body) {
        if (!child.is(sym::RuleExcludeElement)) continue;
        made.elements.push_back(index_element(child.first()));
        made.operators.emplace_back(child.find(sym::RuleOperatorSymbol).text());
      }
      return made;
    case sym::NOT:
      made.kind = Kind::not_null;
      made.columns.push_back(*made.name);
      made.name.reset();
      return made;
    default:
      made.kind = Kind::index;
      if (word == sym::FULLTEXT || word == sym::SPATIAL) made.method = lower_case(body.word());
      return made;
  }
}

}  // namespace

ast::Constraint constraint(ast::Constraint::Kind kind, Node node) {
  Constraint made;
  made.kind = kind;
  made.range = node.range();
  return made;
}

ast::ColumnDef column(Node node) {
  ast::ColumnDef made;
  made.range = node.range();
  for (const Node child : node) {
    if (child.is(sym::RuleIdentifier)) made.name = name(child);
  }
  if (const Node of = node.find(sym::RuleTypeName)) made.type = type(of);
  std::vector<Node> parts;
  for (const Node child : node) {
    if (child.is(sym::RuleColumnPart)) parts.push_back(child);
  }
  made.constraints = column_parts(parts, &made);
  // MySQL's BINARY is an attribute of the type, but what it names is the column's collation.
  if (made.type && !made.type->collation.empty()) {
    Constraint collate;
    collate.kind = Kind::collate;
    collate.range = made.type->range;
    collate.text = std::exchange(made.type->collation, {});
    made.constraints.insert(made.constraints.begin(), std::move(collate));
  }
  return made;
}

std::vector<ast::Constraint> column_parts(const std::vector<Node>& parts, ast::ColumnDef* column) {
  ColumnParts builder(column);
  for (const Node part : parts) builder.add(part);
  return builder.take();
}

void constraint_part(Node part, ast::Constraint& made) {
  made.range = join(made.range, part.range());
  const Node first = part.first();
  if (first.is(sym::RuleOnClause)) {
    std::vector<Constraint> none;
    return on_clause(first, &made, none);
  }
  switch (first.token_type()) {
    case sym::NOT:
    case sym::DEFERRABLE:
    case sym::INITIALLY:
    case sym::ENFORCED:
      return time_of(part, made);
    case sym::NO:
      made.is_no_inherit = true;
      return;
    case sym::MATCH_OP:
      if (made.references) made.references->match = lower_case(part.last().text());
      return;
    case sym::ON_CONFLICT:
      made.conflict = lower_case(part.last().text());
      return;
    case sym::INCLUDE:
      made.include = included(part.find(sym::RuleKeyElements));
      return;
    case sym::WITH:
      if (const Node list = part.find(sym::RuleDefinitionList)) made.options = definitions(list);
      return;
    case sym::WHERE:
      made.where.push_back(expr(part.find(sym::RuleExpr)));
      return;
    case sym::USING:
      if (!part.has(sym::INDEX_S)) made.method = lower_case(name(part.last()).text);
      return;
    case sym::COMMENT:
      made.options.emplace_back("comment", string_value(part.find(sym::RuleText)));
      return;
    default:
      made.options.emplace_back(lower_case(part.word()), std::string(part.last().text()));
      return;
  }
}

std::vector<ast::Constraint> table_constraints(Node element) {
  std::vector<Constraint> made;
  for (const Node child : element) {
    if (!child.is(sym::RuleTableConstraint)) continue;
    Constraint one = constraint_body(child.find(sym::RuleConstraintBody));
    one.range = child.range();
    for (const Node part : child) {
      if (part.is(sym::RuleConstraintPart)) constraint_part(part, one);
    }
    if (const Node given = child.find(sym::RuleIdentifier)) one.name = name(given);
    made.push_back(std::move(one));
  }
  return made;
}

ast::OrderItem index_element(Node node) {
  ast::OrderItem made;
  made.expr = expr(node.first());
  // In an index a collation is the element's, not the expression's.
  if (made.expr.kind == ast::Expr::Kind::collate && !made.expr.is_parenthesized) {
    made.collation = std::string(made.expr.path.last());
    ast::Expr inner = std::move(made.expr.args[0]);
    made.expr = std::move(inner);
  }
  const bool is_prefix = node.context().dialect == Dialect::mysql &&
                         made.expr.kind == ast::Expr::Kind::call && made.expr.args.size() == 1 &&
                         made.expr.args[0].kind == ast::Expr::Kind::number &&
                         !made.expr.is_parenthesized;
  if (is_prefix) {
    std::uint32_t length = 0;
    for (const char c : made.expr.args[0].text) {
      if (c >= '0' && c <= '9') length = length * 10 + static_cast<std::uint32_t>(c - '0');
    }
    made.prefix_length = length;
    made.expr.kind = ast::Expr::Kind::column;
    made.expr.path.names[0] = name_of_token(node.context(), node.first_token());
    made.expr.args.clear();
  }
  if (const Node op_class = node.find(sym::RulePath))
    made.operator_class = std::string(op_class.text());
  made.is_descending = node.has(sym::DESC);
  if (node.has(sym::NULLS_LA)) made.nulls_first = node.has(sym::FIRST);
  return made;
}

std::vector<ast::OrderItem> key_elements(Node node) {
  std::vector<ast::OrderItem> made;
  for (const Node child : node) {
    if (child.is(sym::RuleIndexElement)) made.push_back(index_element(child));
  }
  return made;
}

std::vector<ast::Name> included(Node elements) {
  std::vector<ast::Name> made;
  for (const Node child : elements) {
    if (!child.is(sym::RuleIndexElement)) continue;
    const ast::Expr of = index_element(child).expr;
    if (of.kind == ast::Expr::Kind::column && of.path.names.size() == 1) {
      made.push_back(of.path.names[0]);
    } else if (Diagnostics* diagnostics = child.context().diagnostics; diagnostics != nullptr) {
      diagnostics->report<diag::StatementSkipped>(child.range(), "include (expression)");
    }
  }
  return made;
}

}  // namespace sqlxc::syntax::build
