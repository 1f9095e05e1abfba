#include <sqlxc/db/encode.h>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/value/format.h>

#include <cmath>

namespace sqlxc::db {
namespace {

using value::Field;
using value::Type;

void append_integer(std::string& out, const Field& field, std::int64_t number) {
  if (field.type == Type::boolean) {
    out += number != 0 ? "true" : "false";
  } else if (field.type == Type::decimal) {
    value::append_decimal_json(out, field, number);
  } else {
    append_number(out, number);
  }
}

void append_real(std::string& out, const Field& field, double number) {
  if (field.type == Type::float32) {
    json::append_float(out, static_cast<float>(number));
  } else if (field.type == Type::decimal && std::isfinite(number)) {
    value::append_decimal_json(out, field, number);
  } else {
    json::append_double(out, number);
  }
}

}  // namespace

void append_json(std::string& out, const Field& field, const Cursor& row, int column) {
  switch (row.storage(column)) {
    case Storage::null:
      out += "null";
      return;
    case Storage::integer:
      append_integer(out, field, row.integer(column));
      return;
    case Storage::real:
      append_real(out, field, row.real(column));
      return;
    case Storage::text:
      value::append_json_text(out, field.type, row.text(column));
      return;
    case Storage::blob:
      out += '"';
      append_base64(out, row.blob(column));
      out += '"';
      return;
  }
}

void append_text(std::string& out, const Field& field, const Cursor& row, int column) {
  switch (row.storage(column)) {
    case Storage::null:
      return;
    case Storage::integer:
      append_integer(out, field, row.integer(column));
      return;
    case Storage::real: {
      const double number = row.real(column);
      if (std::isfinite(number)) {
        append_real(out, field, number);
      } else {
        out += number > 0 ? "Infinity" : "-Infinity";
      }
      return;
    }
    case Storage::text:
      value::append_plain_text(out, field.type, row.text(column));
      return;
    case Storage::blob:
      append_base64(out, row.blob(column));
      return;
  }
}

}  // namespace sqlxc::db
