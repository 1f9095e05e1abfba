#include <algorithm>

#include "compiler/ir/lower_types.h"
#include "compiler/ir/names.h"
#include "compiler/ir/place.h"
#include "compiler/passes/passes.h"
#include "compiler/syntax/print.h"

// Named queries: each can be called at /api/rpc as a function can, and gives rows of a table or of
// its own.
namespace sqlxc::passes {
namespace {

using catalog::NamedQuery;
using ir::Entity;
using ir::Field;

class Queries {
 public:
  Queries(ir::Module& module, Context& context) : module_(module), context_(context) {
    for (const Entity& result : module.results) files_.take({result.file_name});
  }

  void run() {
    const auto& queries = module_.catalog.queries;
    for (std::size_t i = 0; i < queries.size(); ++i) add(queries[i], Id<NamedQuery>(i));
    std::ranges::stable_sort(module_.functions, {}, &ir::Function::name);
  }

 private:
  Field field(std::string_view name, const catalog::Type& type) const {
    Field out;
    out.name = out.column = out.pg_column = name;
    out.cpp_name = ir::cpp_identifier(name);
    out.type = ir::lower_type(type, module_.catalog);
    out.pg_type = type.spelled;
    return out;
  }

  void add(const NamedQuery& from, Id<NamedQuery> id) {
    ir::Function out;
    out.name = from.name;
    out.is_query = true;
    out.source = id;
    out.volatility = ir::Volatility::stable;
    out.returns = ir::Returns::rows;
    out.description = from.comment;
    out.place = ir::place_of(context_.sources, from.name_range);
    for (const catalog::QueryParameter& parameter : from.parameters) {
      ir::Parameter& made = out.parameters.emplace_back();
      made.field = field(parameter.name, parameter.type);
      made.is_optional = parameter.default_value.has_value();
    }
    const auto entity = std::ranges::find_if(module_.entities, [&](const Entity& one) {
      return from.rows.is_valid() && one.source == from.rows;
    });
    if (entity != module_.entities.end()) {
      out.entity = Id<Entity>(static_cast<std::size_t>(entity - module_.entities.begin()));
      out.order = order_of(from, *entity);
    } else {
      Entity rows = result_of(from);
      out.order = order_of(from, rows);
      out.result = static_cast<std::uint32_t>(module_.results.size());
      module_.results.push_back(std::move(rows));
    }
    module_.functions.push_back(std::move(out));
  }

  Entity result_of(const NamedQuery& from) {
    Entity result;
    result.name = from.name;
    result.cpp_name = ir::camel_case(from.name);
    result.file_name = files_.take({ir::cpp_identifier(ir::snake_case(from.name))});
    ir::UniqueNames members;
    for (const catalog::Column& column : from.columns) {
      Field& made = result.fields.emplace_back(field(column.name, column.type));
      made.cpp_name = members.take({made.cpp_name});
      made.is_nullable = column.is_nullable;
      made.description = description_of(column);
    }
    return result;
  }

  std::string description_of(const catalog::Column& column) const {
    if (!column.origin.is_valid()) return {};
    const catalog::Table& table = at(module_.catalog.tables, column.origin);
    const auto of = std::ranges::find(table.columns, column.origin_column, &catalog::Column::name);
    return of == table.columns.end() ? std::string() : of->comment.value_or("");
  }

  /// What ORDER BY says, where the service can say it of the rows again: by columns that they have,
  /// with nulls where it puts them itself. Nothing otherwise.
  std::vector<ir::Order> order_of(const NamedQuery& from, const Entity& rows) const {
    std::vector<ir::Order> out;
    for (const ast::OrderItem& item : from.query.order_by) {
      const auto place = place_of(item.expr, from);
      if (!place || !item.collation.empty() || !item.operator_class.empty()) return {};
      const Field& field = rows.fields[*place];
      const bool is_usual = item.nulls_first ? *item.nulls_first == item.is_descending
                                             : module_.dialect == Dialect::postgres;
      if (field.is_nullable && !is_usual) return {};
      out.push_back({static_cast<std::uint16_t>(*place), item.is_descending});
    }
    return out;
  }

  static std::optional<std::size_t> place_of(const ast::Expr& expr, const NamedQuery& from) {
    if (expr.kind == ast::Expr::Kind::number) {
      const std::size_t place = expr.text.size() < 4 ? std::stoul(expr.text) : 0;
      if (place >= 1 && place <= from.columns.size()) return place - 1;
      return std::nullopt;
    }
    if (expr.kind != ast::Expr::Kind::column) return place_of_same(expr, from);
    // `t.x` is the column x of the rows where that shows it.
    const ast::Select* select = from.query.select.empty() ? nullptr : &from.query.select.front();
    for (std::size_t i = 0; i < from.columns.size(); ++i) {
      if (from.columns[i].name != expr.path.last()) continue;
      if (expr.path.names.size() == 1) return i;
      const bool is_shown =
          select != nullptr && i < select->items.size() && select->items[i].expr.path == expr.path;
      if (is_shown) return i;
    }
    return std::nullopt;
  }

  /// `order by count(*)` where count(*) is shown.
  static std::optional<std::size_t> place_of_same(const ast::Expr& expr, const NamedQuery& from) {
    const ast::Select* select = from.query.select.empty() ? nullptr : &from.query.select.front();
    if (select == nullptr || select->items.size() != from.columns.size()) return std::nullopt;
    const std::string text = syntax::print(expr, Dialect::postgres);
    for (std::size_t i = 0; i < select->items.size(); ++i) {
      if (syntax::print(select->items[i].expr, Dialect::postgres) == text) return i;
    }
    return std::nullopt;
  }

  ir::Module& module_;
  Context& context_;
  ir::UniqueNames files_;
};

}  // namespace

void derive_queries(ir::Module& module, Context& context) { Queries(module, context).run(); }

}  // namespace sqlxc::passes
