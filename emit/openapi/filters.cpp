#include "emit/openapi/filters.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sqlxc::emit {
namespace {

constexpr std::array<std::string_view, 9> kReserved = {
    "select", "order", "limit", "offset", "after", "or", "and", "on_conflict", "columns"};

std::string operators_of(ir::TypeKind kind) {
  using ir::TypeKind;
  std::string words =
      "`eq` equal to, `neq` not equal to, `gt` greater than, `gte` greater than or equal to, `lt` "
      "less than, `lte` less than or equal to, `in.(a,b)` one of, `is.null` null, `isdistinct` "
      "not equal to, null being a value";
  if (kind == TypeKind::boolean) words += ", `is.true`, `is.false`, `is.unknown`";
  if (kind == TypeKind::text || kind == TypeKind::enumeration || kind == TypeKind::other) {
    words +=
        ", `like` like a pattern in which `*` is any text, `ilike` the same without regard to "
        "case, `match` matching a regular expression, `imatch` the same without regard to case";
  }
  if (kind == TypeKind::array || kind == TypeKind::json || kind == TypeKind::other)
    words += ", `cs` containing, `cd` contained in, `ov` having one in common with";
  if (kind == TypeKind::text || kind == TypeKind::json || kind == TypeKind::other)
    words += ", `fts`, `plfts`, `phfts`, `wfts` full text search";
  if (kind == TypeKind::other) {
    words +=
        ", `sl` strictly left of, `sr` strictly right of, `nxr` not extending right of, `nxl` not "
        "extending left of, `adj` adjacent to";
  }
  return words;
}

}  // namespace

bool has_filter(const ir::Field& field) {
  return !field.is_hidden && !field.is_writeonly && std::ranges::count(kReserved, field.name) == 0;
}

std::string filter_name(const ir::Entity& entity, const ir::Field& field) {
  return entity.cpp_name + "." + field.cpp_name;
}

Json filter(const ir::Field& field) {
  return {{"name", field.name},
          {"in", "query"},
          {"description", "Filter on `" + field.name + "`, an operator and a value as in `eq.1`: " +
                              operators_of(field.type.kind) +
                              ". `not.` in front negates; `eq(any).{a,b}` and `eq(all).{a,b}` "
                              "compare with each of a list. Filters that stand twice must both "
                              "hold."},
          {"schema", {{"type", "array"}, {"items", {{"type", "string"}}}}}};
}

}  // namespace sqlxc::emit
