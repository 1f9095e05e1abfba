#include "compiler/syntax/print.h"

#include "compiler/syntax/print_writer.h"

// The public face of the printers.
namespace sqlxc::syntax {

std::string print(const ast::Expr& expr, Dialect dialect) {
  printing::Writer out(dialect);
  printing::print_expr(out, expr);
  return out.take();
}

std::string print(const ast::Query& query, Dialect dialect) {
  printing::Writer out(dialect);
  printing::print_query(out, query);
  return out.take();
}

std::string print(const ast::TypeName& type, Dialect dialect) {
  printing::Writer out(dialect);
  printing::print_type(out, type);
  return out.take();
}

std::string print(const ast::Statement& statement, Dialect dialect) {
  printing::Writer out(dialect);
  printing::print_statement(out, statement);
  return out.take() + ";";
}

}  // namespace sqlxc::syntax
