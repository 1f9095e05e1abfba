#include "emit/ddl/queries.h"

#include <algorithm>

#include "compiler/syntax/print.h"
#include "compiler/translate/build.h"
#include "emit/ddl/sqlite_plan.h"
#include "emit/ddl/storage.h"

// Named queries: the text that a statement of the service stands round.
namespace sqlxc::emit::ddl {
namespace {

using catalog::NamedQuery;

std::string_view title_of(Dialect dialect) {
  return dialect == Dialect::sqlite ? "SQLite" : "PostgreSQL";
}

bool has_order_of_rows(const ir::Module& module, const NamedQuery& query) {
  const auto found = std::ranges::find_if(module.functions, [&](const ir::Function& function) {
    return function.is_query && function.name == query.name;
  });
  return found != module.functions.end() && !found->order.empty();
}

// PostgreSQL's own text stands as it is.
translate::Result<ast::Query> translated(const NamedQuery& query,
                                         const translate::Request& request) {
  if (request.from == Dialect::postgres && request.to == Dialect::postgres) return query.query;
  return translate::translate(query.query, request);
}

std::string default_of(const ast::Expr& expr, const translate::ValueType& type,
                       const translate::Request& request, const NamedQuery& query,
                       Diagnostics& diagnostics) {
  if (expr.kind == ast::Expr::Kind::null_literal) return {};
  if (request.from == Dialect::postgres && request.to == Dialect::postgres) {
    return syntax::print(expr, request.to);
  }
  translate::Request asked = request;
  asked.place = translate::Place::default_value;
  const auto value = translate::translate_default(expr, type, asked);
  if (value) return syntax::print(*value, request.to);
  report_not_held(query, expr.range, request.to, no_form(value.error().what), diagnostics);
  return {};
}

}  // namespace

void report_not_held(const NamedQuery& query, SourceRange where, Dialect dialect,
                     const std::string& why, Diagnostics& diagnostics) {
  diagnostics
      .report<diag::QueryNotHeld>(where.is_known() ? where : query.name_range, query.name,
                                  title_of(dialect), why)
      .help("it is served from the other targets only");
}

HeldQuery query_in(const ir::Module& module, const NamedQuery& query, translate::Request request,
                   Diagnostics& diagnostics) {
  std::vector<std::string> weaker;
  request.row = nullptr;
  request.place = translate::Place::value;
  request.weaker = &weaker;
  for (const catalog::QueryParameter& parameter : query.parameters) {
    request.parameters.push_back(value_type_of(parameter.type, module.catalog));
  }
  auto made = translated(query, request);
  if (!made) {
    report_not_held(query, made.error().range, request.to, no_form(made.error().what), diagnostics);
    return {};
  }
  for (const std::string& what : weaker) {
    diagnostics.report<diag::QueryWeaker>(query.name_range, query.name, title_of(request.to), what);
  }
  // SQLite leaves out an order that it thinks nobody sees, but not under a limit.
  const bool hides_order = !made->order_by.empty() && made->limit.empty() &&
                           request.to == Dialect::sqlite && !has_order_of_rows(module, query);
  if (hides_order) made->limit.push_back(translate::number_of("-1"));
  HeldQuery out;
  const std::size_t errors = diagnostics.all().size();
  for (std::size_t i = 0; i < query.parameters.size(); ++i) {
    const auto& value = query.parameters[i].default_value;
    out.defaults.push_back(
        value ? default_of(*value, request.parameters[i], request, query, diagnostics)
              : std::string());
  }
  if (diagnostics.all().size() > errors) return {};
  out.sql = syntax::print(*made, request.to);
  return out;
}

void Planner::plan_queries() {
  view_schema_.clear();
  translate::Request request;
  request.from = catalog_.dialect;
  request.to = Dialect::sqlite;
  request.world = &world_;
  for (const NamedQuery& query : catalog_.queries) {
    queries.push_back(query_in(module_, query, request, diagnostics_));
  }
}

}  // namespace sqlxc::emit::ddl
