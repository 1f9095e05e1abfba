#include <array>

#include "compiler/syntax/print.h"
#include "compiler/syntax/print_writer.h"

// The tree as text: a statement a paragraph, a node a line, two blanks a level. Whole expressions
// and queries are shown as SQL where they are a leaf of a statement; the shape of an expression is
// shown below it.
namespace sqlxc::syntax {
namespace {

using ast::Expr;

constexpr std::array<std::string_view, 34> kKinds = {
    "null",       "boolean",
    "number",     "string",
    "bit_string", "typed_literal",
    "interval",   "column",
    "star",       "parameter",
    "default",    "unary",
    "binary",     "is",
    "between",    "in",
    "in_query",   "like",
    "quantified", "case",
    "cast",       "call",
    "row",        "array",
    "subscript",  "field",
    "exists",     "subquery",
    "collate",    "at_time_zone",
    "assignment", "match",
    "values_of",  "raise_or_opaque",
};

constexpr std::size_t kLongChain = 100;

class Dump {
 public:
  explicit Dump(Dialect dialect) : dialect_(dialect) {}

  void statement(const ast::Statement& statement);
  std::string take() { return std::move(out_); }

 private:
  void line(std::string_view text) {
    out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
    out_ += text;
    out_ += '\n';
  }
  template <typename Body>
  void deeper(Body body) {
    ++depth_;
    body();
    --depth_;
  }
  template <typename Print>
  std::string flat(Print print) const {
    printing::Writer out(dialect_, true);
    print(out);
    return out.take();
  }
  std::string path(const ast::Path& path) const {
    return flat([&](printing::Writer& out) { out.path(path); });
  }
  void expr(std::string_view role, const Expr& expr);
  void query(std::string_view role, const ast::Query& query);
  void exprs(std::string_view role, const std::vector<Expr>& of) {
    for (const Expr& one : of) expr(role, one);
  }
  void column(const ast::ColumnDef& column);
  void constraint(const ast::Constraint& constraint);
  void options(const ast::Options& options) {
    for (const auto& [name, value] : options) line("option " + name + " = " + value);
  }
  void table(const ast::CreateTable& table);
  void alter(const ast::AlterTable& alter);

  Dialect dialect_;
  int depth_ = 0;
  std::string out_;
};

std::string kind_name(Expr::Kind kind) {
  if (kind == Expr::Kind::raise) return "raise";
  if (kind == Expr::Kind::opaque) return "opaque";
  return std::string(kKinds[static_cast<std::size_t>(kind)]);
}

void Dump::expr(std::string_view role, const Expr& expr) {
  std::string text(role);
  if (!text.empty()) text += ": ";
  text += kind_name(expr.kind);
  if (expr.is_negated) text += " not";
  if (!expr.name.empty()) text += " " + expr.name;
  if (!expr.path.is_empty()) text += " " + path(expr.path);
  if (!expr.text.empty()) text += " '" + expr.text + "'";
  if (!expr.type.empty()) {
    text +=
        " " + flat([&](printing::Writer& out) { printing::print_type(out, expr.type.front()); });
  }
  if (expr.is_distinct) text += " distinct";
  if (expr.is_star) text += " *";
  line(text);
  deeper([&] {
    // a OR b OR c: a long chain's operands stand side by side, or its indentation would be
    // quadratic in its length.
    std::vector<const Expr*> chain;
    const Expr* left = &expr;
    while (left->kind == Expr::Kind::binary && left->args.size() == 2 && left->name == expr.name &&
           left->text == expr.text) {
      chain.push_back(&left->args[1]);
      left = &left->args[0];
    }
    if (chain.size() > kLongChain) {
      this->expr("", *left);
      for (std::size_t i = chain.size(); i-- > 0;) this->expr("", *chain[i]);
    } else {
      exprs("", expr.args);
    }
    for (const auto& one : expr.query) query("", one);
    for (const auto& item : expr.order_by) this->expr("order by", item.expr);
    exprs("filter", expr.filter);
    for (const auto& window : expr.over) {
      line("over " + flat([&](printing::Writer& out) { printing::print_window(out, window); }));
    }
  });
}

void Dump::query(std::string_view role, const ast::Query& query) {
  static constexpr std::array<std::string_view, 5> kNames = {"select", "values", "table",
                                                             "set_operation", "parenthesized"};
  std::string text(role);
  if (!text.empty()) text += ": ";
  text += kNames[static_cast<std::size_t>(query.kind)];
  if (!query.set_operator.empty()) text += " " + query.set_operator + (query.is_all ? " all" : "");
  if (!query.table.is_empty()) text += " " + path(query.table);
  line(text);
  deeper([&] {
    for (const auto& with : query.with) {
      line("with " + with.name.text);
      deeper([&] {
        for (const auto& one : with.query) this->query("", one);
        for (const auto& one : with.statement) statement(one);
      });
    }
    for (const auto& select : query.select) {
      for (const auto& item : select.items) {
        expr(item.alias ? "item " + item.alias->text : "item", item.expr);
      }
      for (const auto& item : select.from) {
        line("from " + flat([&](printing::Writer& out) { printing::print_from_item(out, item); }));
      }
      exprs("where", select.where);
      exprs("group by", select.group_by);
      exprs("having", select.having);
    }
    for (const auto& row : query.values) {
      line("row");
      deeper([&] { exprs("", row); });
    }
    for (const auto& operand : query.operands) this->query("", operand);
    for (const auto& item : query.order_by) expr("order by", item.expr);
    exprs("limit", query.limit);
    exprs("offset", query.offset);
  });
}

void Dump::constraint(const ast::Constraint& constraint) {
  line("constraint " + flat([&](printing::Writer& out) {
         printing::print_constraint(out, constraint,
                                    constraint.elements.empty() && constraint.columns.empty());
       }));
  deeper([&] {
    exprs("", constraint.expr);
    exprs("where", constraint.where);
  });
}

void Dump::column(const ast::ColumnDef& column) {
  std::string text = "column " + column.name.text;
  if (column.type) {
    text += " " + flat([&](printing::Writer& out) { printing::print_type(out, *column.type); });
  }
  line(text);
  deeper([&] {
    for (const auto& one : column.constraints) {
      line(flat([&](printing::Writer& out) { printing::print_constraint(out, one, true); }));
      deeper([&] { exprs("", one.expr); });
    }
  });
}

void Dump::table(const ast::CreateTable& table) {
  line("create_table " + path(table.name));
  deeper([&] {
    if (table.is_temporary) line("temporary");
    if (table.is_virtual) line("virtual " + table.module);
    if (table.partition_of) line("partition of " + path(*table.partition_of));
    if (!table.partition_bound.empty()) line(table.partition_bound);
    for (const auto& parent : table.inherits) line("inherits " + path(parent));
    if (table.like) line("like " + path(*table.like));
    for (const auto& one : table.columns) column(one);
    for (const auto& one : table.constraints) constraint(one);
    if (table.partition_by) line("partition by " + table.partition_by->strategy);
    options(table.options);
    for (const auto& one : table.as_query) query("as", one);
  });
}

void Dump::alter(const ast::AlterTable& alter) {
  line("alter_" + alter.object + " " + path(alter.name));
  deeper([&] {
    for (const auto& action : alter.actions) {
      line(flat([&](printing::Writer& out) { printing::print_alter_action(out, action); }));
      deeper([&] { exprs("", action.expr); });
    }
  });
}

void Dump::statement(const ast::Statement& statement) {
  for (const auto& annotation : statement.annotations) line("@ " + annotation.text);
  const auto whole = [&](std::string_view kind) {
    line(std::string(kind) + " " +
         flat([&](printing::Writer& out) { printing::print_statement(out, statement); }));
  };
  std::visit(
      ast::Overloaded{
          [&](const ast::Other& node) {
            line((node.is_supported ? "other " : "skipped ") + node.construct);
          },
          [&](const ast::CreateTable& node) { table(node); },
          [&](const ast::AlterTable& node) { alter(node); },
          [&](const ast::CreateView& node) {
            line("create_view " + path(node.name));
            deeper([&] {
              for (const auto& one : node.query) query("", one);
            });
          },
          [&](const ast::SelectStatement& node) { query("", node.query); },
          [&](const ast::CreateIndex&) { whole("create_index"); },
          [&](const ast::CreateType&) { whole("create_type"); },
          [&](const ast::AlterType&) { whole("alter_type"); },
          [&](const ast::CreateDomain&) { whole("create_domain"); },
          [&](const ast::AlterDomain&) { whole("alter_domain"); },
          [&](const ast::CreateSequence&) { whole("create_sequence"); },
          [&](const ast::CreateSchema&) { whole("create_schema"); },
          [&](const ast::CreateFunction& node) { line("create_function " + path(node.name)); },
          [&](const ast::CreateTrigger& node) {
            line("create_trigger " + path(node.name) + " on " + path(node.table));
          },
          [&](const ast::CommentOn&) { whole("comment_on"); },
          [&](const ast::Drop&) { whole("drop"); },
          [&](const ast::RenameTable&) { whole("rename_table"); },
          [&](const ast::Insert&) { whole("insert"); },
          [&](const ast::Update&) { whole("update"); },
          [&](const ast::Delete&) { whole("delete"); },
          [&](const ast::Setting&) { whole("setting"); },
          [&](const ast::DataRows& node) { line("rows of " + path(node.table)); },
      },
      statement.node);
}

}  // namespace

std::string dump(const ast::File& file) {
  Dump out(file.dialect);
  for (const auto& statement : file.statements) out.statement(statement);
  return out.take();
}

}  // namespace sqlxc::syntax
