#include <algorithm>
#include <utility>

#include "compiler/syntax/build.h"

// CREATE TABLE, its columns, constraints and options.
namespace sqlxc::syntax::build {

namespace {

using ast::Constraint;
using Kind = Constraint::Kind;

Constraint make(Kind kind, Node node) {
  Constraint made;
  made.kind = kind;
  made.range = node.range();
  return made;
}

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
    Constraint one = make(Kind::on_update, node);
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
    Constraint made = make(Kind::identity, part);
    made.is_always = part.has(sym::ALWAYS);
    if (const Node options = part.find(sym::RuleSequenceOptions)) {
      made.options = sequence_options(options.children(), nullptr);
    }
    return made;
  }
  if (part.has(sym::ROW)) {
    Constraint made = make(Kind::storage, part);
    made.text = lower_case(part.text());
    return made;
  }
  Constraint made = make(Kind::generated, part);
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
  void storage(Node part) { push(make(Kind::storage, part)).text = part.words(); }
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
    push(make(Kind::foreign_key, part)).references = references(first);
    return;
  }
  if (first.is(sym::RuleOnClause)) return on_clause(first, last(Kind::foreign_key), made_);
  switch (first.token_type()) {
    case sym::CONSTRAINT:
      if (const Node of = part.find(sym::RuleIdentifier)) name_ = name(of);
      return;
    case sym::NOT:
      if (part.has(sym::NULL_)) {
        push(make(Kind::not_null, part));
      } else {
        add_time(part);
      }
      return;
    case sym::NULL_:
      push(make(Kind::null, part));
      return;
    case sym::PRIMARY:
    case sym::KEY:
      push(make(Kind::primary_key, part)).is_descending = part.has(sym::DESC);
      return;
    case sym::UNIQUE: {
      Constraint& one = push(make(Kind::unique, part));
      if (const Node nulls = part.find(sym::RuleNullsDistinct))
        one.is_nulls_not_distinct = nulls.has(sym::NOT);
      return;
    }
    case sym::CHECK_:
      push(make(Kind::check, part)).expr.push_back(expr(part.find(sym::RuleExpr)));
      return;
    case sym::DEFAULT:
      push(make(Kind::default_, part))
          .expr.push_back(default_value(part.find(sym::RuleDefaultValue)));
      return;
    case sym::COLLATE:
      push(make(Kind::collate, part)).text = collation(part.last());
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
      push(make(Kind::auto_increment, part));
      return;
    case sym::AUTOINCREMENT:
      if (Constraint* of = last(Kind::primary_key)) of->is_autoincrement = true;
      return;
    case sym::SERIAL_DEFAULT:
      // MySQL manual, 11.1.1: NOT NULL AUTO_INCREMENT UNIQUE.
      push(make(Kind::not_null, part));
      push(make(Kind::auto_increment, part));
      push(make(Kind::unique, part));
      return;
    case sym::COMMENT:
      push(make(Kind::comment, part)).text = string_value(part.find(sym::RuleText));
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
      push(make(Kind::visibility, part)).text = lower_case(part.text());
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

std::string like_options(Node element) {
  std::string made;
  for (const Node child : element) {
    if (!child.is(sym::RuleLikeOption)) continue;
    if (!made.empty()) made += ' ';
    made += child.words();
  }
  return made;
}

void add_element(Node element, ast::CreateTable& table) {
  const Node first = element.first();
  if (first.is(sym::RuleColumnDef)) {
    table.columns.push_back(column(first));
  } else if (first.is(sym::RuleTableConstraint)) {
    for (Constraint& one : table_constraints(element)) table.constraints.push_back(std::move(one));
  } else if (first.token_type() == sym::LIKE) {
    Constraint one = make(Kind::like, element);
    one.references.emplace();
    one.references->table = path(element.find(sym::RulePath));
    one.text = like_options(element);
    table.constraints.push_back(std::move(one));
  } else {
    Constraint one = make(Kind::period, element);
    one.text = element.words();
    table.constraints.push_back(std::move(one));
  }
}

void partition_by(Node option, ast::CreateTable& table) {
  ast::PartitionBy made;
  if (option.has(sym::PARTITION)) {
    made.strategy = lower_case(option.find(sym::RuleIdentifier).text());
    for (const Node child : option) {
      if (child.is(sym::RuleIndexElement)) made.keys.push_back(index_element(child).expr);
    }
  } else {
    std::string words;
    for (const Node child : option) {
      if (!child.is(sym::RuleLoose)) continue;
      if (child.token_type() == sym::LPAREN) {
        if (made.strategy.empty()) made.strategy = words;
      } else if (made.strategy.empty()) {
        if (!words.empty()) words += ' ';
        words += lower_case(child.text());
      }
      if (!made.text.empty()) made.text += ' ';
      made.text += child.text();
    }
  }
  table.partition_by = std::move(made);
}

std::string option_name(Node option) {
  std::string made;
  for (const Node child : option) {
    if (child.is_token(sym::EQ) || child.is(sym::RuleOptionValue) || child.is(sym::RuleText)) break;
    if (child.is_token(sym::DEFAULT)) continue;
    if (child.is(sym::RuleIdentifier) && !made.empty()) break;
    if (!made.empty()) made += ' ';
    made += child.is_token(sym::CHARSET) ? "charset"
            : child.is_token(sym::QUOTED_IDENTIFIER)
                ? lower_case(name_of_token(child.context(), child.first_token()).text)
                : lower_case(child.text());
    if (child.is_token(sym::CHARSET) || child.is_token(sym::COLLATE)) break;
  }
  return made;
}

}  // namespace

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

ast::Options sequence_options(const std::vector<Node>& words, std::optional<ast::Path>* owned_by) {
  ast::Options made;
  for (const Node node : words) {
    if (!node.is(sym::RuleSequenceWords)) continue;
    switch (node.token_type()) {
      case sym::AS:
        made.emplace_back("as", lower_case(node.last().text()));
        break;
      case sym::OWNED:
        if (owned_by != nullptr) *owned_by = path(node.last());
        break;
      case sym::NO:
        made.emplace_back(lower_case(node.last().text()), "no");
        break;
      case sym::SEQUENCE:
        made.emplace_back("sequence name", std::string(node.last().text()));
        break;
      case sym::OWNER:
      case sym::SET:
      case sym::RENAME:
        break;
      default: {
        const Node number = node.find(sym::RuleSignedNumber);
        made.emplace_back(lower_case(node.word()), number ? std::string(number.text()) : "");
        break;
      }
    }
  }
  return made;
}

void table_option(Node option, ast::CreateTable& table) {
  const Node first = option.first();
  if (first.is(sym::RulePartitionBound)) {
    table.partition_bound = std::string(first.text());
    return;
  }
  switch (first.token_type()) {
    case sym::COMMA:
      return;
    case sym::INHERITS:
      for (const Node child : option) {
        if (child.is(sym::RulePath)) table.inherits.push_back(path(child));
      }
      return;
    case sym::PARTITION:
    case sym::PARTITION_M:
      return partition_by(option, table);
    case sym::USING:
      if (!table.is_virtual) {
        table.options.emplace_back("using", name(option.find(sym::RuleIdentifier)).text);
        return;
      }
      table.module = name(option.find(sym::RuleIdentifier)).text;
      if (const Node args = option.find(sym::RuleModuleArgs)) {
        for (const Node arg : args) {
          if (arg.is(sym::RuleModuleArg)) table.module_arguments.emplace_back(arg.text());
        }
      }
      return;
    case sym::WITH:
    case sym::OPTIONS:
      if (const Node list = option.find(sym::RuleDefinitionList)) {
        for (auto& one : definitions(list)) table.options.push_back(std::move(one));
      }
      return;
    case sym::WITHOUT:
      if (option.last().is_word("rowid")) table.is_without_rowid = true;
      return;
    case sym::ON:
      table.options.emplace_back("on commit", option.words().substr(10));
      return;
    case sym::IDENTIFIER:
      if (option.is_word("strict") && option.context().dialect == Dialect::sqlite) {
        table.is_strict = true;
        return;
      }
      break;
    default:
      break;
  }
  table.options.emplace_back(option_name(option), option_value(option.last()));
}

ast::CreateTable create_table(Node node) {
  ast::CreateTable made;
  Node before;
  for (const Node child : node) {
    if (child.is_token(sym::REPLACE)) made.or_replace = true;
    switch (child.is_token() ? 0 : child.rule()) {
      case sym::RuleTableModifier: {
        const std::uint16_t word = child.token_type();
        made.is_temporary = made.is_temporary || word == sym::TEMP || word == sym::TEMPORARY;
        made.is_unlogged = made.is_unlogged || word == sym::UNLOGGED;
        made.is_foreign = made.is_foreign || word == sym::FOREIGN;
        made.is_virtual = made.is_virtual || word == sym::VIRTUAL;
        break;
      }
      case sym::RuleIfNotExists:
        made.if_not_exists = true;
        break;
      case sym::RulePath: {
        ast::Path of = path(child);
        if (before.is_token(sym::LIKE)) {
          made.like = std::move(of);
        } else if (before.is_token(sym::OF)) {
          (node.has(sym::PARTITION) ? made.partition_of : made.of_type) = std::move(of);
        } else {
          made.name = std::move(of);
        }
        break;
      }
      case sym::RuleTableElements:
        for (const Node element : child) {
          if (element.is(sym::RuleTableElement)) add_element(element, made);
        }
        break;
      case sym::RuleTableOption:
        table_option(child, made);
        break;
      case sym::RuleQuery:
        made.as_query.push_back(query(child));
        break;
      case sym::RuleWithData:
        made.with_no_data = child.has(sym::NO);
        break;
      default:
        break;
    }
    before = child;
  }
  // MySQL's DEFAULT CHARSET begins as the bound of a default partition does.
  if (!made.partition_of) made.partition_bound.clear();
  // CREATE TABLE t (a, b) AS SELECT: names without types.
  const bool names_only =
      !made.as_query.empty() && made.constraints.empty() &&
      std::all_of(made.columns.begin(), made.columns.end(),
                  [](const ast::ColumnDef& c) { return !c.type && c.constraints.empty(); });
  if (names_only) {
    for (ast::ColumnDef& one : made.columns) made.as_columns.push_back(std::move(one.name));
    made.columns.clear();
  }
  const bool needs_types = node.context().dialect != Dialect::sqlite && !made.of_type &&
                           !made.partition_of && node.context().diagnostics != nullptr;
  for (const ast::ColumnDef& one : made.columns) {
    if (!needs_types || one.type) continue;
    const std::uint32_t behind = one.name.range.end;
    node.context().diagnostics->report<diag::SyntaxError>(
        SourceRange{one.name.range.source, behind, behind},
        "the end of column `" + one.name.text + "`", "a type");
  }
  // MySQL's CREATE TABLE a (LIKE b).
  const bool is_like = node.context().dialect == Dialect::mysql && made.columns.empty() &&
                       made.constraints.size() == 1 && made.constraints[0].kind == Kind::like;
  if (is_like) {
    made.like = made.constraints[0].references->table;
    made.constraints.clear();
  }
  return made;
}

}  // namespace sqlxc::syntax::build
