#include <sqlxc/proof/record.h>

#include <cstdlib>

#include <sqlxc/json/writer.h>
#include <sqlxc/value/format.h>

namespace sqlxc::proof {
namespace {

using value::Type;
using value::Value;

// Whether the value was written as the service writes it. What else it reads - a number in a
// string, more digits than fit, spaces that are cut - is no part of the contract of the faces.
bool is_canonical(const query::Field& field, const Cell& cell, const Value& value) {
  if (cell.kind == Cell::Kind::absent || cell.kind == Cell::Kind::null) return true;
  switch (value.kind) {
    case value::Kind::boolean:
    case value::Kind::integer:
    case value::Kind::real:
      return cell.kind == Cell::Kind::bare;
    case value::Kind::small_decimal:
    case value::Kind::decimal: {
      // Doubles tell numbers of fifteen digits apart.
      if (cell.kind != Cell::Kind::bare || value.text.size() > 16) return false;
      const double written = std::strtod(cell.text.c_str(), nullptr);
      return written == std::strtod(value.text.c_str(), nullptr);
    }
    case value::Kind::text:
      if (field.type == Type::text || field.type == Type::other)
        return cell.kind == Cell::Kind::text && cell.text == value.text &&
               !(field.max_length > 0 && cell.text.ends_with(' '));
      if (field.type == Type::json || field.type == Type::array)
        return cell.kind == Cell::Kind::bare;
      {
        std::string plain;
        value::append_plain_text(plain, field.type, value.text);
        return plain == cell.text || value.text == cell.text;
      }
    case value::Kind::bytes:
      return true;
    case value::Kind::absent:
    case value::Kind::null:
    case value::Kind::use_default:
      return true;  // could not be read: a mistake, not another way to write it
  }
  return true;
}

}  // namespace

void Record::write(std::string_view kind, const query::Entity& entity, const Row& row) {
  if (!row.is_read) return;
  bool is_plain = true;
  for (std::size_t i = 0; i < row.values.size(); ++i)
    is_plain = is_plain && is_canonical(entity.fields[i], row.cells[i], row.values[i]);
  std::string line;
  json::Writer out(line);
  out.begin_object();
  out.key("entity");
  out.string(entity.name);
  out.key("write");
  out.string(kind);
  out.key("canonical");
  out.boolean(is_plain);
  out.key("violations");
  out.begin_array();
  for (const rules::Violation& violation : row.violations.list()) {
    out.begin_object();
    out.key("rule");
    out.string(violation.rule);
    out.key("fields");
    out.begin_array();
    for (const std::string_view field : violation.fields) out.string(field);
    out.end_array();
    out.end_object();
  }
  out.end_array();
  out.key("row");
  out.raw(row.json);
  out.end_object();
  out_ << line << '\n';
}

}  // namespace sqlxc::proof
