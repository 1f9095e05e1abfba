#include <algorithm>
#include <array>

#include "compiler/translate/translator.h"

// Dates and times: SQLite computes with texts and modifiers, so an interval must be written where
// it is used.
namespace sqlxc::translate {
namespace {

using ast::Expr;
using Kinds = Expr::Kind;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const Expr* literal_text(const Expr& expr) {
  if (expr.kind == Kinds::string || expr.kind == Kinds::number) return &expr;
  const bool is_cast = expr.kind == Kinds::cast || expr.kind == Kinds::typed_literal;
  return is_cast && !expr.args.empty() ? literal_text(expr.args[0]) : nullptr;
}

// `amount unit` as a modifier: a literal is one text, an expression is put before it.
std::optional<Expr> unit_modifier(Translator& t, const Expr& amount, std::string unit,
                                  bool is_negative) {
  unit = lower(unit);
  if (const Expr* literal = literal_text(amount)) {
    const auto words = interval_modifiers(literal->text + " " + unit, is_negative);
    if (!words || words->size() != 1) return std::nullopt;
    return string_of(words->front());
  }
  const auto one = interval_modifiers("1 " + unit, false);
  if (!one || one->size() != 1) return std::nullopt;
  // "+7 days": the factor, then the unit.
  const std::string_view text = one->front();
  const std::size_t blank = text.find(' ');
  const std::string_view factor = text.substr(1, blank - 1);
  Expr count = t.expr(amount);
  if (factor != "1") count = binary(std::move(count), "*", number_of(factor));
  if (is_negative) count = unary("-", std::move(count));
  return binary(std::move(count), "||", string_of(text.substr(blank)));
}

std::string interval_text(const Expr& expr) {
  const Expr* literal = literal_text(expr);
  if (literal == nullptr) return {};
  std::string text = literal->text;
  // interval '3' day
  const bool has_unit = expr.kind == Kinds::typed_literal && !expr.type.empty() &&
                        !expr.type.front().interval_fields.empty();
  if (has_unit) text += " " + expr.type.front().interval_fields;
  return text;
}

// The modifiers of an interval expression; none where it is not written out.
std::optional<std::vector<Expr>> modifiers_of(Translator& t, const Expr& expr, bool is_negative) {
  if (expr.kind == Kinds::interval) {
    auto one = unit_modifier(t, expr.args[0], expr.name, is_negative);
    if (!one) return std::nullopt;
    return std::vector<Expr>{*std::move(one)};
  }
  if (expr.kind == Kinds::binary && expr.name == "*") {
    const bool is_left = t.type_of(expr.args[0]).kind == Kind::interval;
    const std::string text = interval_text(expr.args[is_left ? 0 : 1]);
    const std::size_t blank = text.find(' ');
    if (blank == std::string::npos || text.substr(0, blank) != "1") return std::nullopt;
    auto one = unit_modifier(t, expr.args[is_left ? 1 : 0], text.substr(blank + 1), is_negative);
    if (!one) return std::nullopt;
    return std::vector<Expr>{*std::move(one)};
  }
  const std::string text = interval_text(expr);
  const auto words = interval_modifiers(text, is_negative);
  if (!words) return std::nullopt;
  std::vector<Expr> out;
  for (const std::string& word : *words) out.push_back(string_of(word));
  return out;
}

bool has_clock_unit(const std::vector<Expr>& modifiers) {
  return std::ranges::any_of(modifiers, [](const Expr& modifier) {
    const std::string& text =
        modifier.kind == Kinds::string ? modifier.text : modifier.args.back().text;
    return text.find("hour") != std::string::npos || text.find("minute") != std::string::npos ||
           text.find("second") != std::string::npos || text.find(':') != std::string::npos;
  });
}

// A moment moved by modifiers. PostgreSQL's keep their fraction of a second.
Expr moved(Translator& t, Expr moment, Kind kind, std::vector<Expr> modifiers) {
  const bool stays_date =
      kind == Kind::date && t.from() == Dialect::mysql && !has_clock_unit(modifiers);
  modifiers.insert(modifiers.begin(), std::move(moment));
  if (stays_date) return call("date", std::move(modifiers));
  if (kind == Kind::time || kind == Kind::timetz) return call("time", std::move(modifiers));
  if (kind == Kind::date || t.from() == Dialect::mysql) {
    return call("datetime", std::move(modifiers));
  }
  modifiers.insert(modifiers.begin(), string_of("%Y-%m-%d %H:%M:%f"));
  Expr text = call("strftime", std::move(modifiers));
  return call("rtrim", {call("rtrim", {std::move(text), string_of("0")}), string_of(".")});
}

Expr days_moved(Translator& t, const Expr& date, const Expr& days, bool is_negative) {
  const auto modifier = unit_modifier(t, days, "day", is_negative);
  return call("date", {t.expr(date), modifier.value_or(null_value())});
}

std::optional<Expr> rewrite_arithmetic(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary || (expr.name != "+" && expr.name != "-")) return std::nullopt;
  const bool is_minus = expr.name == "-";
  const Kind a = t.type_of(expr.args[0]).kind;
  const Kind b = t.type_of(expr.args[1]).kind;
  if (b == Kind::interval && a != Kind::interval) {
    auto modifiers = modifiers_of(t, expr.args[1], is_minus);
    if (!modifiers) return t.refuse(expr, "an interval that is not written in the schema");
    return moved(t, t.expr(expr.args[0]), a, *std::move(modifiers));
  }
  if (a == Kind::interval && is_moment(b) && !is_minus) {
    return rewrite_arithmetic(t, binary(expr.args[1], "+", expr.args[0]));
  }
  if (a == Kind::date && b == Kind::integer && t.from() == Dialect::postgres) {
    return days_moved(t, expr.args[0], expr.args[1], is_minus);
  }
  if (a == Kind::date && b == Kind::date && is_minus) {
    Expr days = binary(call("julianday", {t.expr(expr.args[0])}), "-",
                       call("julianday", {t.expr(expr.args[1])}));
    return cast_to(std::move(days), "integer");
  }
  if (is_moment(a) && is_moment(b)) return t.refuse(expr, "the interval between two moments");
  if (a == Kind::interval || b == Kind::interval) {
    return t.refuse(expr, "arithmetic of intervals");
  }
  return std::nullopt;
}

struct FieldForm {
  std::string_view field;
  std::string_view format;
};

constexpr std::array<FieldForm, 7> kFields = {{{"year", "%Y"},
                                               {"month", "%m"},
                                               {"day", "%d"},
                                               {"hour", "%H"},
                                               {"minute", "%M"},
                                               {"dow", "%w"},
                                               {"doy", "%j"}}};

Expr part(std::string_view format, Expr moment) {
  return cast_to(call("strftime", {string_of(format), std::move(moment)}), "integer");
}

// extract(epoch from a - b)
std::optional<Expr> seconds_between(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::binary || expr.name != "-") return std::nullopt;
  if (!is_moment(t.type_of(expr.args[0]).kind) || !is_moment(t.type_of(expr.args[1]).kind)) {
    return std::nullopt;
  }
  Expr days = binary(call("julianday", {t.expr(expr.args[0])}), "-",
                     call("julianday", {t.expr(expr.args[1])}));
  return binary(std::move(days), "*", number_of("86400.0"));
}

std::optional<Expr> extracted(const std::string& field, Expr moment) {
  const auto found = std::ranges::find(kFields, field, &FieldForm::field);
  if (found != kFields.end()) return part(found->format, std::move(moment));
  if (field == "second") {
    return cast_to(call("strftime", {string_of("%f"), std::move(moment)}), "real");
  }
  if (field == "epoch") {
    Expr days = binary(call("julianday", {std::move(moment)}), "-", number_of("2440587.5"));
    return binary(std::move(days), "*", number_of("86400.0"));
  }
  if (field == "quarter") {
    return binary(binary(part("%m", std::move(moment)), "+", number_of("2")), "/", number_of("3"));
  }
  if (field == "isodow") {
    Expr monday = binary(part("%w", std::move(moment)), "+", number_of("6"));
    return binary(binary(std::move(monday), "%", number_of("7")), "+", number_of("1"));
  }
  if (field == "week") {
    Expr thursday = call("date", {std::move(moment), string_of("-3 days"), string_of("weekday 4")});
    Expr day = binary(part("%j", std::move(thursday)), "-", number_of("1"));
    return binary(binary(std::move(day), "/", number_of("7")), "+", number_of("1"));
  }
  return std::nullopt;
}

std::optional<Expr> rewrite_extract(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call || expr.args.size() != 2) return std::nullopt;
  const std::string name = lower(expr.path.last());
  if (name != "extract" && name != "date_part") return std::nullopt;
  const Expr* literal = literal_text(expr.args[0]);
  const std::string field = literal ? lower(literal->text) : std::string();
  if (field == "epoch") {
    if (auto seconds = seconds_between(t, expr.args[1])) return seconds;
  }
  const bool is_interval = t.type_of(expr.args[1]).kind == Kind::interval;
  auto out = is_interval ? std::nullopt : extracted(field, t.expr(expr.args[1]));
  if (out) return out;
  return t.refuse(expr, "`extract(" + field + ")`");
}

constexpr std::array<FieldForm, 6> kTruncations = {{{"year", "%Y-01-01 00:00:00"},
                                                    {"month", "%Y-%m-01 00:00:00"},
                                                    {"day", "%Y-%m-%d 00:00:00"},
                                                    {"hour", "%Y-%m-%d %H:00:00"},
                                                    {"minute", "%Y-%m-%d %H:%M:00"},
                                                    {"second", "%Y-%m-%d %H:%M:%S"}}};

std::optional<Expr> rewrite_trunc(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call || lower(expr.path.last()) != "date_trunc") return std::nullopt;
  const Expr* literal = expr.args.size() == 2 ? literal_text(expr.args[0]) : nullptr;
  if (literal == nullptr) return t.refuse(expr, "`date_trunc`");
  const std::string field = lower(literal->text);
  Expr moment = t.expr(expr.args[1]);
  if (field == "week") {
    Expr monday = call("date", {std::move(moment), string_of("weekday 0"), string_of("-6 days")});
    return binary(std::move(monday), "||", string_of(" 00:00:00"));
  }
  const auto found = std::ranges::find(kTruncations, field, &FieldForm::field);
  if (found == kTruncations.end()) return t.refuse(expr, "`date_trunc('" + field + "')`");
  return call("strftime", {string_of(found->format), std::move(moment)});
}

std::optional<Expr> rewrite_add(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call || expr.args.size() != 2) return std::nullopt;
  const std::string name = lower(expr.path.last());
  const bool is_add = name == "date_add" || name == "adddate";
  if (!is_add && name != "date_sub" && name != "subdate") return std::nullopt;
  if (t.from() != Dialect::mysql) return std::nullopt;
  const Kind kind = t.type_of(expr.args[0]).kind;
  if (t.type_of(expr.args[1]).kind != Kind::interval) {
    return days_moved(t, expr.args[0], expr.args[1], !is_add);
  }
  auto modifiers = modifiers_of(t, expr.args[1], !is_add);
  if (!modifiers) return t.refuse(expr, "an interval that is not written in the schema");
  return moved(t, t.expr(expr.args[0]), kind, *std::move(modifiers));
}

std::optional<Expr> rewrite_zone(Translator& t, const Expr& expr) {
  const bool is_call =
      expr.kind == Kinds::call && expr.path.last() == "timezone" && expr.args.size() == 2;
  if (expr.kind != Kinds::at_time_zone && !is_call) return std::nullopt;
  const Expr* zone = literal_text(expr.args[is_call ? 0 : 1]);
  const std::string name = zone ? lower(zone->text) : std::string();
  if (name == "utc" || name == "gmt" || name == "etc/utc" || name == "zulu") {
    return t.expr(expr.args[is_call ? 1 : 0]);
  }
  return t.refuse(expr, "a time zone other than UTC");
}

// Everything but a default says now(): SQLite's own words are barred from checks.
std::optional<Expr> rewrite_niladic(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call || expr.text != "niladic") return std::nullopt;
  const std::string name = lower(expr.path.last());
  if (name == "current_date") return call("date", {call("now")});
  if (name == "current_time" || name == "localtime") {
    const bool is_moment_of_mysql = t.from() == Dialect::mysql && name == "localtime";
    return call(is_moment_of_mysql ? "datetime" : "time", {call("now")});
  }
  if (name == "current_timestamp" || name == "localtimestamp") return call("now");
  return t.refuse(expr, "`" + name + "`");
}

// A moment with a precision: current_timestamp(3).
std::optional<Expr> rewrite_current(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::call || t.from() != Dialect::postgres) return std::nullopt;
  const std::string name = lower(expr.path.last());
  if (name == "current_timestamp" || name == "localtimestamp") return call("now");
  return std::nullopt;
}

std::optional<Expr> rewrite_interval(Translator& t, const Expr& expr) {
  if (expr.kind != Kinds::interval) return std::nullopt;
  return t.refuse(expr, "an interval by itself");
}

constexpr std::array<NamedRewrite, 8> kRewrites = {{{"arithmetic", rewrite_arithmetic},
                                                    {"extract", rewrite_extract},
                                                    {"date_trunc", rewrite_trunc},
                                                    {"date_add", rewrite_add},
                                                    {"time_zone", rewrite_zone},
                                                    {"niladic", rewrite_niladic},
                                                    {"current", rewrite_current},
                                                    {"interval", rewrite_interval}}};

}  // namespace

std::span<const NamedRewrite> time_rewrites() { return kRewrites; }

}  // namespace sqlxc::translate
