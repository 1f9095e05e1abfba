#include <sqlxc/db/object_functions.h>

#include <sqlite3.h>

#include <cmath>
#include <memory>
#include <new>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/db/average_function.h>
#include <sqlxc/db/path_function.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/value/format.h>

namespace sqlxc::db {
namespace {

using value::Field;
using value::Type;

// The text of a shape: for each member `type element precision scale length key`, numbers in
// decimal, each followed by a space; type -1 is JSON.
constexpr int kJson = -1;

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

std::string_view blob_of(sqlite3_value* value) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void append_integer(std::string& out, const Field& field, sqlite3_int64 number) {
  if (field.type == Type::boolean) {
    out += number != 0 ? "true" : "false";
  } else if (field.type == Type::decimal) {
    value::append_decimal_json(out, field, static_cast<std::int64_t>(number));
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

void append_value(std::string& out, const Member& member, sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      out += "null";
      return;
    case SQLITE_INTEGER:
      append_integer(out, member.field, sqlite3_value_int64(value));
      return;
    case SQLITE_FLOAT:
      append_real(out, member.field, sqlite3_value_double(value));
      return;
    case SQLITE_BLOB:
      out += '"';
      append_base64(out, blob_of(value));
      out += '"';
      return;
    default:
      if (member.is_json) {
        out += text_of(value);
      } else {
        value::append_json_text(out, member.field.type, text_of(value));
      }
  }
}

// What is kept between two rows of one statement: the shape that was read and a buffer.
struct Work {
  std::vector<Member> members;
  std::string buffer;
};

void write_object(sqlite3_context* context, int count, sqlite3_value** values) {
  auto* work = static_cast<Work*>(sqlite3_get_auxdata(context, 0));
  std::unique_ptr<Work> fresh;
  if (work == nullptr) {
    fresh = std::make_unique<Work>(Work{.members = parse_shape(text_of(values[0])), .buffer = {}});
    work = fresh.get();
  }
  SQLXC_CHECK(work->members.size() == static_cast<std::size_t>(count - 1));
  std::string& out = work->buffer;
  out.clear();
  if (work->members.empty()) out += '{';
  for (std::size_t i = 0; i < work->members.size(); ++i) {
    out += work->members[i].key;
    append_value(out, work->members[i], values[i + 1]);
  }
  out += '}';
  sqlite3_result_text64(context, out.data(), out.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (fresh == nullptr) return;
  sqlite3_set_auxdata(context, 0, fresh.release(), [](void* old) {
    const std::unique_ptr<Work> owner(static_cast<Work*>(old));
  });
}

struct Gathered {
  std::string* text;  // owned; SQLite gives zeroed memory and runs no destructor
};

void add_row(sqlite3_context* context, int, sqlite3_value** values) {
  auto* gathered = static_cast<Gathered*>(sqlite3_aggregate_context(context, sizeof(Gathered)));
  if (gathered == nullptr) return sqlite3_result_error_nomem(context);
  if (gathered->text == nullptr) gathered->text = std::make_unique<std::string>().release();
  *gathered->text += gathered->text->empty() ? '[' : ',';
  *gathered->text += text_of(values[0]);
}

void finish_rows(sqlite3_context* context) {
  auto* gathered = static_cast<Gathered*>(sqlite3_aggregate_context(context, 0));
  if (gathered == nullptr || gathered->text == nullptr) {
    return sqlite3_result_text(context, "[]", 2, SQLITE_STATIC);
  }
  const std::unique_ptr<std::string> text(gathered->text);
  gathered->text = nullptr;
  *text += ']';
  sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Exceptions (memory) must not cross SQLite's C code.
template <auto kFunction, typename... Arguments>
void guarded(sqlite3_context* context, Arguments... arguments) {
  try {
    kFunction(context, arguments...);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

int read_number(std::string_view& text) {
  const auto number = parse_number<int>(split_off(text, ' '));
  SQLXC_CHECK(number.has_value());
  return *number;
}

}  // namespace

void append_member(std::string& shape, std::string_view key, const Field* field) {
  append_number(shape, field == nullptr ? kJson : static_cast<int>(field->type));
  shape += ' ';
  append_number(shape, field == nullptr ? 0 : static_cast<int>(field->element));
  shape += ' ';
  append_number(shape, field == nullptr ? 0 : field->precision);
  shape += ' ';
  append_number(shape, field == nullptr ? 0 : field->scale);
  shape += ' ';
  append_number(shape, key.size());
  shape += ' ';
  shape += key;
}

std::vector<Member> parse_shape(std::string_view shape) {
  std::vector<Member> members;
  while (!shape.empty()) {
    Member member;
    const int type = read_number(shape);
    member.is_json = type == kJson;
    if (!member.is_json) member.field.type = static_cast<Type>(type);
    member.field.element = static_cast<Type>(read_number(shape));
    member.field.precision = static_cast<std::uint16_t>(read_number(shape));
    member.field.scale = static_cast<std::int16_t>(read_number(shape));
    const auto length = static_cast<std::size_t>(read_number(shape));
    SQLXC_CHECK(length <= shape.size());
    member.key = members.empty() ? '{' : ',';
    append_json_string(member.key, shape.substr(0, length));
    member.key += ':';
    shape.remove_prefix(length);
    members.push_back(std::move(member));
  }
  return members;
}

int register_object_functions(sqlite3* connection) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  const int code = sqlite3_create_function_v2(connection, "sqlxc_object", -1, kFlags, nullptr,
                                              guarded<write_object, int, sqlite3_value**>, nullptr,
                                              nullptr, nullptr);
  if (code != SQLITE_OK) return code;
  if (const int mean = register_average_function(connection); mean != SQLITE_OK) return mean;
  if (const int paths = register_path_function(connection); paths != SQLITE_OK) return paths;
  return sqlite3_create_function_v2(connection, "sqlxc_array", 1, kFlags, nullptr, nullptr,
                                    guarded<add_row, int, sqlite3_value**>, guarded<finish_rows>,
                                    nullptr);
}

}  // namespace sqlxc::db
