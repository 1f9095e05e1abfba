#include <algorithm>
#include <array>

#include "compiler/base/json_text.h"
#include "compiler/translate/translator.h"

// Casts, typed literals and array constructors: SQLite has three casts that matter; the rest is a
// question of storage.
namespace sqlxc::translate {
namespace {

using ast::Expr;
using Kinds = Expr::Kind;

bool is_literal(const Expr& expr) {
  switch (expr.kind) {
    case Kinds::null_literal:
    case Kinds::boolean:
    case Kinds::number:
    case Kinds::string:
    case Kinds::bit_string:
      return true;
    default:
      return false;
  }
}

}  // namespace

// `('M'::bpchar)::text`: the literal inside. A negative number is one.
std::optional<Expr> literal_in(const Expr& expr) {
  if (is_literal(expr)) return expr;
  const bool is_cast = expr.kind == Kinds::cast || expr.kind == Kinds::typed_literal;
  if (is_cast && !expr.args.empty()) return literal_in(expr.args[0]);
  const bool is_negative = expr.kind == Kinds::unary && expr.name == "-" && !expr.args.empty() &&
                           expr.args[0].kind == Kinds::number;
  if (is_negative) return number_of("-" + expr.args[0].text);
  return std::nullopt;
}

namespace {

bool is_now(const Expr& literal) {
  return literal.kind == Kinds::string && (literal.text == "now" || literal.text == "now()");
}

Expr now_as(Kind kind) {
  if (kind == Kind::date) return call("date", {call("now")});
  if (kind == Kind::time || kind == Kind::timetz) return call("time", {call("now")});
  return call("now");
}

Expr to_text(Translator& t, const Expr& from, Expr value, Kind kind) {
  switch (kind) {
    case Kind::integer:
    case Kind::real:
    case Kind::decimal:
    case Kind::unknown:
      return cast_to(std::move(value), "text");
    case Kind::boolean: {
      Expr out = make(Kinds::case_when,
                      {value, string_of("true"), unary("not", value), string_of("false")});
      return out;
    }
    case Kind::bytes:
    case Kind::array:
      return t.refuse(from, "the cast of an array or bytea to text");
    default:
      return value;
  }
}

Expr to_number(Expr value, Kind from, Kind to) {
  if (to == Kind::real) return from == Kind::real ? value : cast_to(std::move(value), "real");
  if (to == Kind::integer) {
    if (from == Kind::integer || from == Kind::boolean) return value;
    const bool rounds = from == Kind::real || from == Kind::decimal || from == Kind::wide_decimal;
    if (rounds) value = call("round", {std::move(value)});
    return cast_to(std::move(value), "integer");
  }
  return is_text_like(from) ? cast_to(std::move(value), "numeric") : value;
}

Expr to_moment(Expr value, Kind from, Kind to) {
  if (from == to) return value;
  if (to == Kind::date) return call("date", {std::move(value)});
  if (to == Kind::time || to == Kind::timetz) return call("time", {std::move(value)});
  if (from == Kind::date) return binary(std::move(value), "||", string_of(" 00:00:00"));
  return value;
}

Expr to_boolean(Expr value, Kind from) {
  if (from == Kind::integer) return binary(std::move(value), "<>", number_of("0"));
  if (from != Kind::text) return value;
  Expr in = make(Kinds::in_list, {call("lower", {std::move(value)})});
  for (const auto* word : {"t", "true", "y", "yes", "on", "1"}) in.args.push_back(string_of(word));
  return in;
}

std::optional<Expr> cast_value(Translator& t, const Expr& expr) {
  const ValueType to = t.type_of(expr.type.front());
  if (to.kind == Kind::unknown && t.from() == Dialect::postgres) {
    return t.refuse(expr, "the cast to `" + std::string(expr.type.front().path.last()) + "`");
  }
  const ValueType from = t.type_of(expr.args[0]);
  Expr value = t.expr(expr.args[0]);
  switch (to.kind) {
    case Kind::text: {
      Expr text = to_text(t, expr, std::move(value), from.kind);
      const auto& args = expr.type.front().args;
      if (args.empty() || expr.args[0].kind == Kinds::column) return text;
      return call("substr", {std::move(text), number_of("1"), number_of(args[0])});
    }
    case Kind::integer:
    case Kind::real:
    case Kind::decimal:
    case Kind::wide_decimal:
      return to_number(std::move(value), from.kind, to.kind);
    case Kind::boolean:
      return to_boolean(std::move(value), from.kind);
    case Kind::date:
    case Kind::time:
    case Kind::timetz:
    case Kind::timestamp:
    case Kind::timestamptz:
      return to_moment(std::move(value), from.kind, to.kind);
    case Kind::interval:
      return from.kind == Kind::interval
                 ? value
                 : t.refuse(expr, "an interval that is not written in the schema");
    case Kind::bytes:
      return cast_to(std::move(value), "blob");
    default:
      return value;
  }
}

std::optional<Expr> rewrite_cast(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::cast && expr.kind != Kinds::typed_literal) return std::nullopt;
  if (expr.args.empty() || expr.type.empty()) return std::nullopt;
  const ValueType to = t.type_of(expr);
  const auto literal = literal_in(expr);
  if (literal && is_now(*literal) && is_moment(to.kind)) return now_as(to.kind);
  if (literal && to.kind != Kind::unknown) {
    if (auto stored = stored_literal(*literal, to)) return stored;
    return t.refuse(expr, "the value '" + literal->text + "'");
  }
  return cast_value(t, expr);
}

std::string json_of(const Expr& literal) {
  switch (literal.kind) {
    case Kinds::null_literal:
      return "null";
    case Kinds::number:
    case Kinds::boolean:
      return literal.text;
    default:
      return json_string(literal.text);
  }
}

std::optional<Expr> rewrite_array(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::array) return std::nullopt;
  if (!expr.query.empty()) {
    const ast::Query& query = expr.query.front();
    if (query.select.empty() || query.select.front().items.size() != 1) {
      return t.refuse(expr, "`array(query)`");
    }
    // array(select x from ...) is an aggregate of it.
    ast::Query aggregate = query;
    Expr& item = aggregate.select.front().items.front().expr;
    if (!query.order_by.empty() || !query.limit.empty()) return t.refuse(expr, "`array(query)`");
    Expr out = make(Kinds::subquery);
    item = call("array_agg", {item});
    out.query.push_back(std::move(aggregate));
    return t.expr(out);
  }
  std::string json = "[";
  for (const Expr& arg : expr.args) {
    const auto literal = literal_in(arg);
    if (!literal) return call("json_array", t.exprs(expr.args));
    if (json.size() > 1) json += ",";
    json += json_of(*literal);
  }
  return string_of(json + "]");
}

std::optional<Expr> rewrite_subscript(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::subscript) return std::nullopt;
  if (expr.is_slice || expr.args.size() != 2) return t.refuse(expr, "an array slice");
  Expr path;
  if (expr.args[1].kind == Kinds::number) {
    const long long index = std::atoll(expr.args[1].text.c_str()) - 1;
    path = string_of("$[" + std::to_string(index) + "]");
  } else {
    Expr index = binary(t.expr(expr.args[1]), "-", number_of("1"));
    path = binary(binary(string_of("$["), "||", std::move(index)), "||", string_of("]"));
  }
  return call("json_extract", {t.expr(expr.args[0]), std::move(path)});
}

bool is_current_moment(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames = {"now",
                                                              "current_timestamp",
                                                              "transaction_timestamp",
                                                              "statement_timestamp",
                                                              "clock_timestamp",
                                                              "localtimestamp",
                                                              "localtime",
                                                              "current_date",
                                                              "current_time",
                                                              "sysdate",
                                                              "utc_timestamp",
                                                              "curdate"};
  return std::ranges::find(kNames, name) != kNames.end();
}

// now(), current_timestamp, timezone('utc', now()), (now() at time zone 'utc')::timestamp
bool means_now(const Expr& expr) {
  const bool passes = expr.kind == Kinds::cast || expr.kind == Kinds::at_time_zone;
  if (passes && !expr.args.empty()) return means_now(expr.args[0]);
  if (expr.kind == Kinds::string) return is_now(expr);
  if (expr.kind == Kinds::typed_literal) return !expr.args.empty() && means_now(expr.args[0]);
  if (expr.kind != Kinds::call) return false;
  if (expr.path.last() == "timezone" && expr.args.size() == 2) return means_now(expr.args[1]);
  return is_current_moment(expr.path.last());
}

// The time now in SQLite's own words, milliseconds, as the service writes a moment: other programs
// insert rows, too, and they do not have the service's now().
Expr moment_now() {
  const Expr text = call("strftime", {string_of("%Y-%m-%d %H:%M:%f"), string_of("now")});
  return call("rtrim", {call("rtrim", {text, string_of("0")}), string_of(".")});
}

// Whole seconds: MySQL's CURRENT_TIMESTAMP without a precision.
Expr now_default(const Expr& expr, Kind kind, Dialect from) {
  if (kind == Kind::date) return niladic("current_date");
  if (kind == Kind::time || kind == Kind::timetz) return niladic("current_time");
  const bool is_whole = from == Dialect::mysql && expr.kind == Kinds::call && expr.args.empty();
  return is_whole ? niladic("current_timestamp") : moment_now();
}

bool holds_moment(Kind kind) { return is_moment(kind) || kind == Kind::text; }

constexpr std::array<NamedRewrite, 3> kRewrites = {
    {{"cast", rewrite_cast}, {"array", rewrite_array}, {"subscript", rewrite_subscript}}};

}  // namespace

std::span<const NamedRewrite> cast_rewrites() { return kRewrites; }

Result<Expr> translate_default(const Expr& expr, const ValueType& type, const Request& request) {
  if (request.to == Dialect::postgres) return postgres_default(expr, type, request);
  if (const auto literal = literal_in(expr)) {
    const bool is_now_text = is_now(*literal) && is_moment(type.kind);
    if (is_now_text) return now_default(expr, type.kind, request.from);
    if (auto stored = stored_literal(*literal, type)) return *stored;
    return std::unexpected(Refusal{expr.range, "the value '" + literal->text + "'"});
  }
  // SQLite takes a bare word for a string.
  if (request.from == Dialect::sqlite && expr.kind == Kinds::column) {
    return string_of(expr.path.last());
  }
  const bool is_other_dialect = request.from != Dialect::sqlite;
  if (is_other_dialect && holds_moment(type.kind) && means_now(expr)) {
    return now_default(expr, type.kind, request.from);
  }
  Request in_default = request;
  in_default.place = Place::default_value;
  return translate(expr, in_default);
}

}  // namespace sqlxc::translate
