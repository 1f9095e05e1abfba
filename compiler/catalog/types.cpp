// ast::TypeName -> Type: the rows of stdlib/types, the types that the schema itself makes, and each
// engine's own rules of spelling and defaults.
#include "compiler/stdlib/types.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "compiler/base/nearest.h"
#include "compiler/catalog/fold.h"

namespace sqlxc::catalog {
namespace {

using stdlib::TypeArgs;
using stdlib::TypeRow;

std::uint64_t number_of(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

void report_unknown(Fold& fold, const ast::TypeName& written, Type& type) {
  std::vector<std::string_view> names = stdlib::type_spellings(fold.dialect());
  for (std::size_t i = 0; i < fold.catalog.enums.size(); ++i) {
    if (fold.enum_alive[i]) names.push_back(fold.catalog.enums[i].name);
  }
  for (std::size_t i = 0; i < fold.catalog.domains.size(); ++i) {
    if (fold.domain_alive[i]) names.push_back(fold.catalog.domains[i].name);
  }
  const std::string_view near = nearest(written.path.last(), names);
  Diagnostic& error =
      fold.diagnostics.report<diag::UnknownType>(written.range, display_name(written.path));
  error.help(did_you_mean(near));
  type.is_known = false;
  type.name = written.path.last();
}

// --- PostgreSQL

std::string postgres_name(const ast::TypeName& written) {
  std::string name = written.path.names.back().quoted && written.path.last() == "char"
                         ? "\"char\""
                         : std::string(written.path.last());
  if (written.with_time_zone) {
    if (name == "time" || name == "timestamp") {
      name += *written.with_time_zone ? " with time zone" : " without time zone";
    }
  }
  return name;
}

struct ArgumentLimit {
  std::size_t most = 0;
  std::string_view what;
};

/// How many arguments the engine takes there; PostgreSQL's integers take none.
std::optional<ArgumentLimit> argument_limit(const TypeRow& row, Dialect dialect) {
  const bool is_postgres = dialect == Dialect::postgres;
  switch (row.args) {
    case TypeArgs::none:
      return ArgumentLimit{0, "nothing in parentheses"};
    case TypeArgs::width:
      return is_postgres ? ArgumentLimit{0, "nothing in parentheses"}
                         : ArgumentLimit{1, "a display width alone"};
    case TypeArgs::display:
      return is_postgres ? ArgumentLimit{0, "nothing in parentheses"}
                         : ArgumentLimit{2, "a precision and a scale"};
    case TypeArgs::length:
      return ArgumentLimit{1, "a length alone"};
    case TypeArgs::precision:
      return ArgumentLimit{1, "a precision alone"};
    case TypeArgs::decimal:
      return ArgumentLimit{2, "a precision and a scale"};
    case TypeArgs::labels:
    case TypeArgs::any:
      return std::nullopt;
  }
  return std::nullopt;
}

void check_arguments(Fold& fold, const ast::TypeName& written, const TypeRow& row) {
  const auto limit = argument_limit(row, fold.dialect());
  if (!limit || written.args.size() <= limit->most) return;
  fold.diagnostics.report<diag::TypeArguments>(written.range, row.name, limit->what);
}

void use_row(Type& type, const TypeRow& row, Dialect dialect) {
  type.name = row.name;
  const auto& defaults = row.default_args[static_cast<std::size_t>(dialect)];
  if (type.args.empty()) type.args = defaults;
}

/// float(1..24) is real, float(25..53) double precision.
bool resolve_float(Type& type) {
  const std::uint64_t bits = type.args.empty() ? 53 : number_of(type.args.front());
  type.name = bits <= 24 ? "real" : "double precision";
  type.args.clear();
  return true;
}

Type resolve_column_reference(Fold& fold, const ast::TypeName& written) {
  ast::Path table_path = written.path;
  table_path.names.pop_back();
  const Id<Table> id = require_table(fold, table_path);
  if (!id.is_valid()) return {};
  const Table& table = fold.table(id);
  const auto column = require_column(fold, table, written.path.names.back());
  return column ? table.columns[*column].type : Type{};
}

bool resolve_users_type(Fold& fold, const ast::TypeName& written, Type& type) {
  const TypeEntry* entry = find_type_entry(fold, written.path);
  if (entry == nullptr) {
    const Id<Table> id = find_table(fold, written.path);
    if (!id.is_valid()) return false;
    type.name = fold.table(id).name;
    type.schema = fold.table(id).schema;
    return true;
  }
  type.enumeration = entry->enumeration;
  type.domain = entry->domain;
  type.composite = entry->composite;
  const auto take = [&](const auto& thing) {
    type.name = thing.name;
    type.schema = thing.schema;
  };
  if (entry->enumeration.is_valid()) take(at(fold.catalog.enums, entry->enumeration));
  if (entry->domain.is_valid()) take(at(fold.catalog.domains, entry->domain));
  if (entry->composite.is_valid()) take(at(fold.catalog.composites, entry->composite));
  return true;
}

void resolve_postgres(Fold& fold, const ast::TypeName& written, Type& type) {
  const std::string_view schema = written.path.qualifier();
  const std::string name = postgres_name(written);
  const TypeRow* row = stdlib::find_type(Dialect::postgres, name);
  const bool is_builtin = row != nullptr && row->extension.empty();
  if (is_builtin && (schema.empty() || schema == "pg_catalog")) {
    check_arguments(fold, written, *row);
    use_row(type, *row, Dialect::postgres);
    if (row->name == "numeric" && type.args.size() == 1) type.args.emplace_back("0");
    // `name` stands for several spellings of one row that are types of their own (regclass): keep
    // the written one.
    if (row->spellings[0].size() > 1 && (row->name == "oid" || row->name == "record")) {
      type.spelled = name;
    }
    return;
  }
  if (name == "float" && schema.empty()) {
    resolve_float(type);
    return;
  }
  if (resolve_users_type(fold, written, type)) return;
  if (row != nullptr) {
    use_row(type, *row, Dialect::postgres);
    type.schema = schema;
    if (name != row->name) type.spelled = name;
    return;
  }
  report_unknown(fold, written, type);
}

/// timestamp(3) without time zone: the precision stands inside the name.
std::string with_args(const std::string& name, const std::vector<std::string>& args) {
  if (args.empty()) return name;
  const std::string list = "(" + joined(args, ",") + ")";
  const std::size_t space = name.starts_with("time") ? name.find(' ') : std::string::npos;
  if (space == std::string::npos) return name + list;
  return name.substr(0, space) + list + name.substr(space);
}

bool needs_quotes(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return true;
  return !std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
  });
}

std::string quoted(std::string_view name) {
  if (!needs_quotes(name)) return std::string(name);
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string spell_postgres(const Type& type, const std::string& kept) {
  std::string out;
  const bool is_users = type.enumeration.is_valid() || type.domain.is_valid() ||
                        type.composite.is_valid() || !stdlib::type_named(type.name);
  if (is_users) {
    out = type.schema.empty() ? quoted(type.name) : quoted(type.schema) + "." + quoted(type.name);
  } else {
    out = with_args(kept.empty() ? type.name : kept, type.args);
  }
  if (type.array_dimensions > 0) out += "[]";
  return out;
}

// --- MySQL

std::uint64_t bytes_a_character(std::string_view charset) {
  if (charset.starts_with("utf8mb3") || charset == "utf8" || charset == "eucjpms" ||
      charset == "ujis") {
    return 3;
  }
  for (const std::string_view one :
       {"latin", "ascii", "binary", "cp", "koi8", "greek", "hebrew", "swe7", "dec8", "hp8",
        "tis620", "armscii8", "geostd8", "mac", "keybcs2"}) {
    if (charset.starts_with(one) && charset != "cp932") return 1;
  }
  if (charset == "ucs2" || charset == "big5" || charset == "gbk" || charset == "sjis" ||
      charset == "cp932" || charset == "euckr" || charset == "gb2312") {
    return 2;
  }
  return 4;
}

/// TEXT(n) and BLOB(n) are the smallest of their family that holds n characters.
std::string sized_family(bool is_text, std::uint64_t bytes) {
  const std::string suffix = is_text ? "text" : "blob";
  for (const std::string_view prefix : {"tiny", "", "medium", "long"}) {
    const TypeRow* row = stdlib::type_named(std::string(prefix) + suffix);
    if (row != nullptr && bytes <= row->max_bytes) return row->name;
  }
  return "long" + suffix;
}

/// CHARACTER SET binary makes bytes of a text type.
std::string as_binary(std::string_view name) {
  if (name == "character") return "binary";
  if (name == "character varying") return "varbinary";
  if (name == "tinytext") return "tinyblob";
  if (name == "text") return "blob";
  if (name == "mediumtext") return "mediumblob";
  if (name == "longtext") return "longblob";
  return std::string(name);
}

void resolve_mysql_text(Type& type, const TypeRow& row) {
  const bool is_text = row.category == "string";
  const bool is_family = row.name == "text" || row.name == "blob";
  if (is_family && !type.args.empty()) {
    const std::uint64_t wide = is_text ? bytes_a_character(type.character_set) : 1;
    type.name = sized_family(is_text, number_of(type.args.front()) * wide);
    type.args.clear();
  }
  if (is_text && type.character_set == "binary") {
    type.name = as_binary(type.name);
    type.character_set.clear();
  }
}

void resolve_mysql_number(Type& type, const TypeRow& row, std::string_view written) {
  if (row.name == "numeric") {
    if (type.args.size() == 1) type.args.emplace_back("0");
    if (type.args.front() == "0") type.args.front() = "10";
  }
  if (row.name == "real" && type.args.size() == 1) {
    type.name = number_of(type.args.front()) <= 24 ? "real" : "double precision";
    type.args.clear();
  }
  if (row.name == "year") type.args = {"4"};
  if (type.is_zerofill) type.is_unsigned = true;
  (void)written;
}

void resolve_mysql(Fold& fold, const ast::TypeName& written, Type& type) {
  std::string name = to_lower(written.path.last());
  if (name == "bool" || name == "boolean") {
    name = "tinyint";
    type.args = {"1"};
  }
  if (name == "serial") {
    name = "bigint";
    type.is_unsigned = true;
  }
  const bool is_national = name.starts_with("national ") || name.starts_with("n");
  const TypeRow* row = stdlib::find_type(Dialect::mysql, name);
  if (row == nullptr) {
    report_unknown(fold, written, type);
    return;
  }
  check_arguments(fold, written, *row);
  use_row(type, *row, Dialect::mysql);
  if (row->args == TypeArgs::labels && type.character_set != "binary") {
    // MySQL manual, 11.3.5: trailing blanks of labels are not kept.
    for (std::string& label : type.args) label.erase(label.find_last_not_of(' ') + 1);
  }
  if (is_national && row->category == "string") type.character_set = "utf8mb3";
  if (row->category == "number") resolve_mysql_number(type, *row, name);
  if (row->category == "string" || row->category == "binary") resolve_mysql_text(type, *row);
  if (row->category == "time" && type.args.size() == 1 && type.args.front() == "0") {
    type.args.clear();
  }
}

std::string mysql_labels(const std::vector<std::string>& labels) {
  std::string out = "(";
  for (const std::string& label : labels) {
    if (out.size() > 1) out += ',';
    out += '\'';
    for (const char c : label) out += c == '\'' ? "''" : std::string(1, c);
    out += '\'';
  }
  return out + ")";
}

std::string spell_mysql(const Type& type) {
  const TypeRow* row = stdlib::type_named(type.name);
  if (row == nullptr) return type.name;
  std::string out(row->spelling(Dialect::mysql));
  if (type.name == "json") return "longtext";
  if (row->args == TypeArgs::labels) return out + mysql_labels(type.args);
  if (!type.args.empty()) {
    out += "(" + joined(type.args, ",") + ")";
  } else if (row->width != 0) {
    out += "(" + std::to_string(type.is_unsigned ? row->unsigned_width : row->width) + ")";
  }
  if (type.is_unsigned) out += " unsigned";
  if (type.is_zerofill) out += " zerofill";
  return out;
}

// --- SQLite

/// Section 3.1 of SQLite's datatype3.html: what a declared text means.
std::string_view affinity_row(std::string_view lower) {
  const auto has = [&](std::string_view part) {
    return lower.find(part) != std::string_view::npos;
  };
  if (has("int")) return "bigint";
  if (has("char") || has("clob") || has("text")) return "text";
  if (lower.empty() || has("blob")) return "blob";
  if (has("real") || has("floa") || has("doub")) return "double precision";
  return "numeric";
}

// `text decimal(20, 5)`: how the service declares a column that it keeps as text, for SQLite would
// make a number of what looks like one. It is a `decimal(20, 5)`.
std::string_view without_storage(std::string_view spelled) {
  constexpr std::string_view kText = "text ";
  if (!spelled.starts_with(kText)) return spelled;
  const std::string_view rest = spelled.substr(kText.size());
  return affinity_row(to_lower(rest)) == "numeric" ? rest : spelled;
}

// A type in quotes is what stands between the first two (sqlite3Dequote).
std::string_view without_quotes(std::string_view spelled) {
  if (spelled.empty() || std::string_view("'\"`[").find(spelled.front()) == std::string_view::npos)
    return spelled;
  const std::size_t end = spelled.find(spelled.front() == '[' ? ']' : spelled.front(), 1);
  const std::string_view inside = spelled.substr(1, end == std::string_view::npos ? end : end - 1);
  const bool is_plain = std::ranges::all_of(
      inside, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == ' '; });
  return is_plain && !inside.empty() ? inside : spelled;
}

void resolve_sqlite(Fold& fold, const ast::TypeName& written, Type& type) {
  type.spelled = without_storage(without_quotes(written.spelled));
  std::string lower = to_lower(type.spelled);
  for (const std::string_view standard : {"any", "blob", "int", "integer", "real", "text"}) {
    if (lower != standard) continue;
    std::ranges::transform(type.spelled, type.spelled.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    });
  }
  if (lower.empty()) return;
  lower = lower.substr(0, lower.find('('));
  while (lower.ends_with(' ')) lower.pop_back();
  const TypeRow* row = stdlib::find_type(Dialect::sqlite, lower);
  (void)fold;
  type.name = row != nullptr ? row->name : std::string(affinity_row(lower));
}

}  // namespace

const TypeEntry* find_type_entry(const Fold& fold, const ast::Path& path) {
  const auto look = [&](std::string_view schema) {
    const auto found = fold.types.find(key_of(fold, schema, path.last()));
    return found == fold.types.end() ? nullptr : &found->second;
  };
  if (path.names.size() >= 2) return look(schema_spelled(fold, path.qualifier()));
  for (const std::string& schema : fold.search_path) {
    if (const TypeEntry* entry = look(schema)) return entry;
  }
  return nullptr;
}

Type type_of_row(const Fold& fold, std::string_view name) {
  Type type;
  type.name = name;
  type.spelled = spell_type(fold, type);
  return type;
}

Type resolve_type(Fold& fold, const ast::TypeName& written) {
  if (written.is_column_reference) return resolve_column_reference(fold, written);
  Type type;
  type.args = written.args;
  type.array_dimensions = written.array_dimensions;
  type.is_unsigned = written.is_unsigned;
  type.is_zerofill = written.is_zerofill;
  type.character_set = to_lower(written.character_set);
  type.collation = written.collation;
  type.range = written.range;
  switch (fold.dialect()) {
    case Dialect::postgres: {
      resolve_postgres(fold, written, type);
      if (!written.interval_fields.empty()) {
        type.spelled = "interval " + written.interval_fields;
      }
      break;
    }
    case Dialect::mysql:
      resolve_mysql(fold, written, type);
      break;
    case Dialect::sqlite:
      resolve_sqlite(fold, written, type);
      break;
  }
  type.spelled = spell_type(fold, type);
  return type;
}

std::string spell_type(const Fold& fold, const Type& type) {
  if (!type.is_known) return type.name;
  switch (fold.dialect()) {
    case Dialect::postgres:
      return spell_postgres(type, type.spelled);
    case Dialect::mysql:
      return spell_mysql(type);
    case Dialect::sqlite:
      return type.spelled;
  }
  return {};
}

RoutineType routine_type(Fold& fold, const ast::TypeName& written) {
  RoutineType out;
  const bool is_known = written.is_column_reference ||
                        find_type_entry(fold, written.path) != nullptr ||
                        stdlib::find_type(fold.dialect(), written.path.last()) != nullptr;
  const Id<Table> table = find_table(fold, written.path);
  if (table.is_valid() && find_type_entry(fold, written.path) == nullptr) {
    out.row = table;
    out.type.name = fold.table(table).name;
    out.type.schema = fold.table(table).schema;
    out.type.array_dimensions = written.array_dimensions;
    out.type.is_known = false;
  } else if (is_known) {
    out.type = resolve_type(fold, written);
  } else {
    out.type.name = written.path.last();
    out.type.schema = written.path.qualifier();
    out.type.array_dimensions = written.array_dimensions;
    out.type.is_known = false;
  }
  if (out.type.spelled.empty()) out.type.spelled = out.type.name;
  return out;
}

}  // namespace sqlxc::catalog
