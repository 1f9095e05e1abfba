#include <algorithm>
#include <array>
#include <optional>

#include "compiler/base/nearest.h"
#include "compiler/ir/place.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/passes.h"
#include "compiler/stdlib/formats.h"
#include "compiler/syntax/print.h"

// What a row must obey beside the types of its fields: CHECKs of its table and of its columns'
// domains, ranges of MySQL's integers, and the annotations min, max, length, pattern and format.
// What of it the service can tell is the next pass's affair.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::ConstraintKind;
using ir::Entity;
using ir::Rule;

// VALUE of a domain's check, as the column that has the domain.
void replace_value(Expr& expr, const std::string& column) {
  if (expr.kind == Expr::Kind::column && lower_case(expr.path.last()) == "value") {
    expr = column_expr(column);
    return;
  }
  for (Expr& arg : expr.args) replace_value(arg, column);
}

// The values of a MySQL integer type, from the manual, "Integer Types".
struct Range {
  std::string_view type;
  bool is_unsigned;
  std::string_view low;
  std::string_view high;
};
constexpr std::array kRanges = {
    Range{"tinyint", false, "-128", "127"},    Range{"tinyint", true, "0", "255"},
    Range{"smallint", true, "0", "65535"},     Range{"mediumint", false, "-8388608", "8388607"},
    Range{"mediumint", true, "0", "16777215"}, Range{"integer", true, "0", "4294967295"},
};

class Rules {
 public:
  Rules(const ir::Module& module, Context& context, Entity& entity)
      : module_(module),
        sources_(context.sources),
        diagnostics_(context.diagnostics),
        table_(at(module.catalog.tables, entity.source)),
        entity_(entity) {}

  void run() {
    if (entity_.is_view) return;
    for (const catalog::Check& check : table_.checks) add_check(check);
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      const auto field = static_cast<std::uint16_t>(i);
      add_domain(table_.columns[i].type, field);
      add_integer_range(field);
      for (const catalog::Annotation& annotation : entity_.fields[i].annotations) {
        add_annotation(annotation, field);
      }
    }
  }

 private:
  void add(ir::ConstraintKind kind, std::string name, Expr expr, std::vector<std::uint16_t> fields,
           SourceRange range, std::string words = {}) {
    Rule rule;
    rule.kind = kind;
    rule.name = std::move(name);
    rule.sql = words.empty() ? syntax::print(expr, module_.dialect) : std::move(words);
    rule.fields = std::move(fields);
    rule.verdict = ir::Verdict::exact;
    rule.predicate = std::move(expr);
    rule.place = ir::place_of(sources_, range);
    entity_.rules.push_back(std::move(rule));
  }

  // NOT VALID spares old rows only; NOT ENFORCED spares all.
  void add_check(const catalog::Check& check) {
    if (check.is_not_enforced) return;
    std::vector<std::uint16_t> fields(check.columns.begin(), check.columns.end());
    add(ConstraintKind::check, check.name, check.expr, std::move(fields), check.range);
  }

  void add_domain(const catalog::Type& type, std::uint16_t field) {
    if (!type.domain.is_valid() || type.array_dimensions > 0) return;
    const catalog::Domain& domain = at(module_.catalog.domains, type.domain);
    add_domain(domain.type, field);
    for (const catalog::Check& check : domain.checks) {
      Expr expr = check.expr;
      replace_value(expr, entity_.fields[field].column);
      add(ConstraintKind::domain, check.name, std::move(expr), {field}, check.range);
    }
  }

  Expr column(std::uint16_t field) const { return column_expr(entity_.fields[field].column); }

  std::string name_of(std::uint16_t field, std::string_view what) const {
    return entity_.table + '_' + entity_.fields[field].column + '_' + std::string(what);
  }

  void add_integer_range(std::uint16_t field) {
    const catalog::Type& type = table_.columns[field].type;
    const bool is_flag = entity_.fields[field].type.kind == ir::TypeKind::boolean;
    if (module_.dialect != Dialect::mysql || type.array_dimensions > 0 || is_flag) return;
    const SourceRange range = table_.columns[field].range;
    const auto* found = std::ranges::find_if(kRanges, [&](const Range& r) {
      return r.type == type.name && r.is_unsigned == type.is_unsigned;
    });
    if (found != kRanges.end()) {
      add(ConstraintKind::range, name_of(field, "range"),
          between_expr(column(field), number_expr(found->low), number_expr(found->high)), {field},
          range);
    } else if (type.is_unsigned) {
      add(ConstraintKind::range, name_of(field, "range"),
          binary_expr(">=", column(field), number_expr("0")), {field}, range);
    }
  }

  void add_annotation(const catalog::Annotation& annotation, std::uint16_t field) {
    const auto& args = annotation.args;
    if (args.empty()) return;
    std::optional<Expr> expr;
    if (annotation.name == "min") {
      expr = binary_expr(">=", column(field), number_expr(args[0]));
    } else if (annotation.name == "max") {
      expr = binary_expr("<=", column(field), number_expr(args[0]));
    } else if (annotation.name == "pattern") {
      expr = binary_expr("~", column(field), string_expr(args[0]));
    } else if (annotation.name == "length") {
      Expr length = call_expr("char_length", {column(field)});
      expr = args.size() > 1
                 ? between_expr(std::move(length), number_expr(args[0]), number_expr(args[1]))
                 : binary_expr(">=", std::move(length), number_expr(args[0]));
    }
    if (annotation.name == "format") add_format(annotation, field);
    if (!expr) return;
    add(ConstraintKind::annotation, name_of(field, annotation.name), std::move(*expr), {field},
        annotation.range);
  }

  // Of texts; the other types have a form of their own.
  void add_format(const catalog::Annotation& annotation, std::uint16_t field) {
    const stdlib::FormatRow* format = stdlib::find_format(annotation.args[0]);
    if (format == nullptr) {
      std::vector<std::string_view> names;
      for (const stdlib::FormatRow& row : stdlib::formats()) names.push_back(row.name);
      diagnostics_
          .report<diag::AnnotationValue>(annotation.range, annotation.name, "the name of a format",
                                         annotation.args[0])
          .help(did_you_mean(nearest(annotation.args[0], names)));
      return;
    }
    if (entity_.fields[field].type.kind != ir::TypeKind::text) return;
    Expr expr = binary_expr("~", column(field), string_expr(format->pattern));
    if (format->max_length > 0) {
      Expr length = binary_expr("<=", call_expr("char_length", {column(field)}),
                                number_expr(std::to_string(format->max_length)));
      expr = binary_expr("and", std::move(expr), std::move(length));
    }
    add(ConstraintKind::annotation, name_of(field, "format"), std::move(expr), {field},
        annotation.range, "format(" + format->name + ')');
  }

  const ir::Module& module_;
  const SourceMap& sources_;
  Diagnostics& diagnostics_;
  const catalog::Table& table_;
  Entity& entity_;
};

}  // namespace

void derive_rules(ir::Module& module, Context& context) {
  for (Entity& entity : module.entities) Rules(module, context, entity).run();
}

}  // namespace sqlxc::passes
