#include "compiler/translate/build.h"
#include "emit/ddl/sqlite_plan.h"

// Views: the query as far as the translator knows it.
namespace sqlxc::emit::ddl {

void Planner::plan_view(std::uint32_t index) {
  const catalog::Table& view = catalog_.tables[index];
  const auto drop = [&](SourceRange where, const std::string& what) {
    tables[index].is_held = false;
    diagnostics_
        .report<diag::ViewNotHeld>(where.is_known() ? where : view.name_range, view.name, what)
        .help("it is served from the other targets only");
  };
  if (!view.query) return drop(view.name_range, "its query is not known");
  view_schema_ = view.schema;
  std::vector<std::string> weaker;
  translate::Request request = this->request(index, translate::Place::value);
  request.row = nullptr;
  request.weaker = &weaker;
  const bool is_own = catalog_.dialect == Dialect::sqlite;
  const auto query = is_own ? std::expected<ast::Query, translate::Refusal>(*view.query)
                            : translate::translate(*view.query, request);
  if (!query) return drop(query.error().range, no_form(query.error().what));
  for (const std::string& what : weaker) {
    diagnostics_.report<diag::ViewWeaker>(view.name_range, view.name, what);
  }
  if (view.kind == catalog::TableKind::materialized_view) {
    diagnostics_.report<diag::MaterializedFresh>(view.name_range, view.name);
  }
  ast::CreateView create;
  create.name = path_of(tables[index].name);
  for (const std::string& column : tables[index].columns) create.columns.push_back(name_of(column));
  create.query.push_back(*query);
  Piece piece;
  piece.statement.node = std::move(create);
  piece.table = Id<catalog::Table>(index);
  piece.name = view.name;
  piece.comment = view.comment.value_or("");
  piece.range = view.name_range;
  view_pieces.push_back(std::move(piece));
}

void Planner::plan_views() {
  for (std::uint32_t i = 0; i < catalog_.tables.size(); ++i) {
    const auto kind = catalog_.tables[i].kind;
    const bool is_view =
        kind == catalog::TableKind::view || kind == catalog::TableKind::materialized_view;
    if (is_view && tables[i].is_held) plan_view(i);
  }
}

}  // namespace sqlxc::emit::ddl
