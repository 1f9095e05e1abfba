#include <string>

#include "compiler/ir/lower_types.h"
#include "compiler/ir/place.h"
#include "compiler/passes/passes.h"
#include "compiler/syntax/print.h"

// The constraints that are no conditions over a row: types, NOT NULL, generated columns, keys,
// foreign keys and exclusions, each with what the service can tell of it. With the rules they are
// all that a table asks for: nothing of the schema is left out.
namespace sqlxc::passes {
namespace {

using ir::Constraint;
using ir::ConstraintKind;
using ir::Entity;
using ir::TypeKind;
using ir::Verdict;

// What the service asks of a value of the type, where it is not just what the database asks.
struct TypeVerdict {
  Verdict verdict = Verdict::exact;
  std::string_view reason = {};
};

TypeVerdict verdict_of(const ir::Type& type) {
  switch (type.kind) {
    case TypeKind::float32:
    case TypeKind::float64:
      return {Verdict::exact, "NaN is no number of JSON"};
    case TypeKind::date:
    case TypeKind::timestamp:
    case TypeKind::timestamptz:
      return {Verdict::exact, "in ISO 8601, the years 1 to 9999"};
    case TypeKind::array:
      return verdict_of(ir::element_of(type));
    case TypeKind::other:
      return {Verdict::weaker, "the database reads what is in the text"};
    case TypeKind::boolean:
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::int64:
    case TypeKind::decimal:
    case TypeKind::text:
    case TypeKind::bytes:
    case TypeKind::time:
    case TypeKind::timetz:
    case TypeKind::interval:
    case TypeKind::uuid:
    case TypeKind::json:
    case TypeKind::enumeration:
      return {};
  }
  return {};
}

class Constraints {
 public:
  Constraints(const ir::Module& module, const SourceMap& sources, Entity& entity)
      : module_(module),
        sources_(sources),
        table_(at(module.catalog.tables, entity.source)),
        entity_(entity) {}

  void run() {
    if (entity_.is_view) return;
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      add_field(static_cast<std::uint16_t>(i), entity_.fields[i]);
    }
    if (table_.primary_key) add_key(ConstraintKind::primary_key, *table_.primary_key);
    for (const catalog::Key& key : table_.uniques) add_key(ConstraintKind::unique, key);
    for (const catalog::Index& index : table_.indexes) {
      if (index.is_unique) add_index(index);
    }
    for (const catalog::ForeignKey& key : table_.foreign_keys) add_foreign_key(key);
    for (const catalog::Exclusion& exclusion : table_.exclusions) add_exclusion(exclusion);
  }

 private:
  static constexpr std::string_view kOtherRows = "other rows decide";

  Constraint& add(ConstraintKind kind, std::string name, std::string sql,
                  std::vector<std::uint16_t> fields) {
    Constraint& out = entity_.constraints.emplace_back();
    out.kind = kind;
    out.name = std::move(name);
    out.sql = std::move(sql);
    out.fields = std::move(fields);
    return out;
  }

  void add_field(std::uint16_t index, const ir::Field& field) {
    const TypeVerdict told = verdict_of(field.type);
    Constraint& type = add(ConstraintKind::type, "", field.type.sql, {index});
    type.verdict = told.verdict;
    type.reason = told.reason;
    type.place = field.place;
    if (!field.is_nullable) {
      Constraint& required = add(ConstraintKind::not_null, "", "not null", {index});
      required.verdict = Verdict::exact;
      required.place = field.place;
    }
    if (field.generated_as) {
      const std::string sql =
          "generated always as (" + syntax::print(*field.generated_as, module_.dialect) + ')';
      Constraint& generated = add(ConstraintKind::generated, "", sql, {index});
      generated.verdict = Verdict::exact;
      generated.reason = "no request writes it";
      generated.place = field.place;
    }
  }

  std::string names_of(const std::vector<std::uint16_t>& fields) const {
    std::string out;
    for (const std::uint16_t field : fields) {
      out += (out.empty() ? "" : ", ") + entity_.fields[field].column;
    }
    return out;
  }

  void finish(Constraint& constraint, SourceRange range) const {
    constraint.reason = kOtherRows;
    constraint.place = ir::place_of(sources_, range);
  }

  void add_key(ConstraintKind kind, const catalog::Key& key) {
    std::vector<std::uint16_t> fields(key.columns.begin(), key.columns.end());
    const std::string_view words = kind == ConstraintKind::unique ? "unique (" : "primary key (";
    std::string sql = std::string(words) + names_of(fields) + ')';
    finish(add(kind, key.name, std::move(sql), std::move(fields)), key.range);
  }

  void add_index(const catalog::Index& index) {
    std::vector<std::uint16_t> fields;
    std::string sql;
    for (const catalog::IndexElement& element : index.elements) {
      sql += sql.empty() ? "" : ", ";
      if (element.column) {
        fields.push_back(static_cast<std::uint16_t>(*element.column));
        sql += entity_.fields[fields.back()].column;
      } else if (element.expr) {
        sql += syntax::print(*element.expr, module_.dialect);
      }
    }
    sql = "unique index (" + sql + ')';
    if (index.where) sql += " where " + syntax::print(*index.where, module_.dialect);
    finish(add(ConstraintKind::unique, index.name, std::move(sql), std::move(fields)), index.range);
  }

  void add_foreign_key(const catalog::ForeignKey& key) {
    std::vector<std::uint16_t> fields(key.columns.begin(), key.columns.end());
    std::string sql = "foreign key (" + names_of(fields) + ") references ";
    sql += key.table.is_valid() ? at(module_.catalog.tables, key.table).name
                                : std::string(key.written.last());
    std::string references;
    for (const std::string& name : key.reference_names) {
      references += (references.empty() ? "" : ", ") + name;
    }
    if (!references.empty()) sql += " (" + references + ')';
    finish(add(ConstraintKind::foreign_key, key.name, std::move(sql), std::move(fields)),
           key.range);
  }

  // A rule that nobody but the database can ask: a violation of it is told by its words and place.
  void add_exclusion(const catalog::Exclusion& exclusion) {
    std::vector<std::uint16_t> fields;
    std::string sql;
    const ast::Constraint& written = exclusion.constraint;
    for (std::size_t i = 0; i < written.elements.size(); ++i) {
      const ast::Expr& expr = written.elements[i].expr;
      sql += (sql.empty() ? "" : ", ") + syntax::print(expr, module_.dialect);
      if (i < written.operators.size()) sql += " with " + written.operators[i];
      if (expr.kind != ast::Expr::Kind::column) continue;
      for (std::size_t field = 0; field < entity_.fields.size(); ++field) {
        if (entity_.fields[field].column == expr.path.last()) {
          fields.push_back(static_cast<std::uint16_t>(field));
        }
      }
    }
    ir::Rule& rule = entity_.rules.emplace_back();
    rule.kind = ConstraintKind::exclude;
    rule.name = exclusion.name;
    rule.sql = "exclude (" + sql + ')';
    if (!written.where.empty()) {
      rule.sql += " where (" + syntax::print(written.where.front(), module_.dialect) + ')';
    }
    rule.fields = std::move(fields);
    rule.reason = kOtherRows;
    rule.place = ir::place_of(sources_, exclusion.range);
  }

  const ir::Module& module_;
  const SourceMap& sources_;
  const catalog::Table& table_;
  Entity& entity_;
};

}  // namespace

void derive_constraints(ir::Module& module, Context& context) {
  for (Entity& entity : module.entities) Constraints(module, context.sources, entity).run();
}

}  // namespace sqlxc::passes
