#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/ast.h"

// What the files print_*.cpp share: a text that knows its dialect and indentation, and a function a
// part of the tree. Lines are broken here and nowhere else, so a flat writer puts the same text on
// one line.
namespace sqlxc::syntax::printing {

class Writer {
 public:
  explicit Writer(Dialect dialect, bool is_flat = false) : dialect_(dialect), is_flat_(is_flat) {}

  Dialect dialect() const { return dialect_; }
  bool is_flat() const { return is_flat_; }
  bool is(Dialect dialect) const { return dialect_ == dialect; }

  Writer& operator<<(std::string_view text) {
    out_ += text;
    return *this;
  }
  /// A new line at the current indentation; a blank where the writer is flat.
  void line();
  /// Everything that `body` breaks stands two blanks deeper.
  void indented(const std::function<void()>& body);
  /// The items with ", " between them.
  template <typename Items, typename Print>
  void list(const Items& items, Print print, std::string_view separator = ", ") {
    bool is_first = true;
    for (const auto& item : items) {
      if (!is_first) *this << separator;
      is_first = false;
      print(item);
    }
  }
  /// `name` as a column, table or alias.
  void name(std::string_view name);
  void name(const ast::Name& name) { this->name(name.text); }
  void path(const ast::Path& path);
  void names(const std::vector<ast::Name>& names);
  void string(std::string_view text);

  std::string take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }

 private:
  Dialect dialect_;
  bool is_flat_;
  int indent_ = 0;
  std::string out_;
};

/// How tightly an expression holds together. Where the dialects differ (|| stands above * in
/// SQLite, below + in PostgreSQL), operators share a level and are parenthesized inside each other,
/// so one text reads the same in all three.
enum class Level : std::uint8_t {
  lowest,
  assignment,
  or_,
  xor_,
  and_,
  not_,
  comparison,
  other,
  additive,
  multiplicative,
  power,
  unary,
  postfix,
  primary,
};

/// Parenthesized where it holds together less tightly than `level`.
void print_expr(Writer& out, const ast::Expr& expr, Level level = Level::lowest);
void print_exprs(Writer& out, const std::vector<ast::Expr>& exprs);
void print_type(Writer& out, const ast::TypeName& type);
/// In parentheses: on one line where it is short.
void print_subquery(Writer& out, const ast::Query& query);
void print_query(Writer& out, const ast::Query& query);
void print_with(Writer& out, const std::vector<ast::CommonTable>& with, bool is_recursive);
void print_from(Writer& out, const std::vector<ast::FromItem>& from);
void print_select_items(Writer& out, const std::vector<ast::SelectItem>& items);
/// `as alias (columns)`, and the table before it.
void print_from_item(Writer& out, const ast::FromItem& item);
void print_order(Writer& out, const std::vector<ast::OrderItem>& order);
/// The elements of a key or index: an expression that is no column stands in parentheses.
void print_element(Writer& out, const ast::OrderItem& element);
void print_elements(Writer& out, const std::vector<ast::OrderItem>& elements);
void print_window(Writer& out, const ast::Window& window);
void print_column(Writer& out, const ast::ColumnDef& column);
/// A clause of a column, or a table's constraint.
void print_constraint(Writer& out, const ast::Constraint& constraint, bool is_of_column);
void print_create_table(Writer& out, const ast::CreateTable& table);
/// `start with 1 increment by 2`
void print_sequence_options(Writer& out, const ast::Options& options);
/// `engine = InnoDB comment = 'x'`
void print_mysql_options(Writer& out, const ast::Options& options);
void print_alter_table(Writer& out, const ast::AlterTable& alter);
void print_alter_action(Writer& out, const ast::AlterAction& action);
void print_insert(Writer& out, const ast::Insert& insert);
void print_update(Writer& out, const ast::Update& update);
void print_delete(Writer& out, const ast::Delete& remove);
/// Without a semicolon.
void print_statement(Writer& out, const ast::Statement& statement);

}  // namespace sqlxc::syntax::printing
