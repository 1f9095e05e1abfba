#include <algorithm>
#include <array>

#include "compiler/stdlib/functions.h"
#include "compiler/syntax/parse.h"
#include "compiler/translate/translator.h"

// Expressions: the rewrites first, then the rows of functions, then the same shape with translated
// parts.
namespace sqlxc::translate {
namespace {

using ast::Expr;
using Kinds = Expr::Kind;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// $1, $2, ... of a row's form, replaced by the arguments.
Expr fill(const Expr& form, const std::vector<Expr>& args) {
  if (form.kind == Kinds::parameter && form.text.starts_with('$')) {
    const auto at = static_cast<std::size_t>(std::stoi(form.text.substr(1)) - 1);
    return at < args.size() ? args[at] : null_value();
  }
  Expr out = form;
  for (Expr& arg : out.args) arg = fill(arg, args);
  return out;
}

std::optional<Expr> run(std::span<const NamedRewrite> rewrites, Translator& t, const Expr& expr) {
  for (const NamedRewrite& rewrite : rewrites) {
    auto result = rewrite.run(t, expr);
    if (result) return result;
  }
  return std::nullopt;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Translator::Translator(const Request& request) : request_(request), flags_(flags_of(request.from)) {
  if (request.row == nullptr) return;
  Scope scope;
  Source source;
  source.name = request.row->name;
  source.columns = request.row->columns;
  scope.sources.push_back(std::move(source));
  scopes_.push_back(std::move(scope));
}

void Translator::refuse(SourceRange range, std::string what) {
  if (!refusal_) refusal_ = Refusal{range, std::move(what)};
}

Expr Translator::refuse(const Expr& where, std::string what) {
  refuse(where.range, std::move(what));
  return null_value();
}

void Translator::weaken(std::string what) {
  if (request_.weaker == nullptr) return;
  auto& list = *request_.weaker;
  if (std::ranges::find(list, what) == list.end()) list.push_back(std::move(what));
}

Translator::Found Translator::find_column(const ast::Path& path) const {
  if (path.is_empty()) return {};
  const std::string_view name = path.last();
  const std::string_view table = path.qualifier();
  const bool ignores_case = from() != Dialect::postgres;
  const auto same = [&](std::string_view a, std::string_view b) {
    return ignores_case ? equal_ignoring_case(a, b) : a == b;
  };
  for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
    for (const Source& source : scope->sources) {
      if (!table.empty() && !same(source.name, table)) continue;
      for (const Column& column : source.columns) {
        if (same(column.name, name)) return {&source, &column};
      }
      if (!table.empty()) return {&source, nullptr};
    }
  }
  return {};
}

Expr Translator::column(const Expr& from) {
  const Found found = find_column(from.path);
  const auto& names = from.path.names;
  // SQLite reads "x" as a string where no column has that name.
  const bool is_misused_string = this->from() == Dialect::sqlite && names.size() == 1 &&
                                 names.front().quoted && found.column == nullptr;
  if (is_misused_string && !scopes_.empty()) return string_of(names.front().text);
  if (found.source == nullptr) {
    if (names.size() > 2) return column_of({names[names.size() - 2].text, names.back().text});
    return from;
  }
  const std::string name = found.column ? found.column->target : names.back().text;
  Expr out = names.size() > 1 && !found.source->target.empty()
                 ? column_of({found.source->target, name})
                 : column_of({name});
  out.range = from.range;
  return out;
}

std::vector<Expr> Translator::exprs(const std::vector<Expr>& from) {
  std::vector<Expr> out;
  out.reserve(from.size());
  for (const Expr& one : from) out.push_back(expr(one));
  return out;
}

Expr Translator::expr(const Expr& from) {
  if (refusal_) return null_value();
  if (this->from() == request_.to) return generic(from);
  if (request_.to == Dialect::postgres) {
    if (auto out = run(postgres_rewrites(), *this, from)) return *std::move(out);
    return generic(from);
  }
  if (auto out = run(cast_rewrites(), *this, from)) return *std::move(out);
  if (auto out = run(time_rewrites(), *this, from)) return *std::move(out);
  if (auto out = run(operator_rewrites(), *this, from)) return *std::move(out);
  return generic(from);
}

Expr Translator::generic(const Expr& from) {
  switch (from.kind) {
    case Kinds::column:
      return column(from);
    case Kinds::call:
      return call(from);
    case Kinds::exists:
    case Kinds::subquery:
    case Kinds::in_query: {
      if (place() != Place::value && place() != Place::trigger) {
        return refuse(from, "a subquery");
      }
      Expr out = from;
      out.args = exprs(from.args);
      for (ast::Query& query : out.query) query = subquery(query);
      return out;
    }
    case Kinds::star: {
      Expr out = from;
      if (from.path.is_empty()) return out;
      const std::string_view name = from.path.last();
      for (const Scope& scope : scopes_) {
        for (const Source& source : scope.sources) {
          if (source.name == name && !source.target.empty()) out = make(Kinds::star);
          if (source.name == name) out.path = column_of({source.target}).path;
        }
      }
      return out;
    }
    case Kinds::opaque:
      if (this->from() == request_.to) return from;
      return refuse(from, "`" + from.text.substr(0, from.text.find('(')) + "`");
    case Kinds::field:
      return refuse(from, "a field of a composite value");
    case Kinds::match_against:
      return refuse(from, "`match ... against`");
    case Kinds::assignment:
      return refuse(from, "a user variable");
    case Kinds::values_function:
      return refuse(from, "`values()`");
    case Kinds::raise:
      return from;
    default: {
      Expr out = from;
      out.args = exprs(from.args);
      return out;
    }
  }
}

void Translator::call_clauses(const Expr& from, Expr& to) {
  if (!from.within_group.empty()) refuse(from, "`within group`");
  to.is_distinct = from.is_distinct;
  to.is_star = from.is_star;
  to.filter = exprs(from.filter);
  for (const ast::Window& over : from.over) to.over.push_back(window(over));
  if (request_.to == Dialect::postgres) {
    to.order_by = order(from.order_by);
    return;
  }
  if (!from.order_by.empty()) weaken("the order inside `" + std::string(from.path.last()) + "`");
}

Expr Translator::known_call(const Expr& from, std::string_view form) {
  const auto parsed = syntax::parse_expression_text(form, request_.to);
  if (!parsed) return refuse(from, "the function `" + std::string(from.path.last()) + "`");
  Expr out = fill(*parsed, exprs(from.args));
  if (out.kind == Kinds::call) call_clauses(from, out);
  return out;
}

Expr Translator::call(const Expr& from) {
  const bool is_to_sqlite = request_.to == Dialect::sqlite;
  if (is_to_sqlite) {
    if (auto out = run(call_rewrites(), *this, from)) return *std::move(out);
  }
  const std::string name = lower(from.path.last());
  if (this->from() == request_.to) {
    Expr out = from;
    out.args = exprs(from.args);
    out.filter = exprs(from.filter);
    out.over.clear();
    for (const ast::Window& over : from.over) out.over.push_back(window(over));
    return out;
  }
  const stdlib::FunctionRow* row = stdlib::find_function(this->from(), name);
  if (row != nullptr) {
    const std::string_view form = row->form(request_.to, from.args.size());
    if (!form.empty()) return known_call(from, form);
    const auto& spellings = row->spellings[static_cast<std::size_t>(request_.to)];
    if (!spellings.empty()) {
      Expr out = translate::call(spellings.front(), exprs(from.args));
      call_clauses(from, out);
      out.range = from.range;
      return out;
    }
  }
  return refuse(from, "the function `" + name + "`");
}

Expr Translator::condition(const Expr& from) {
  Expr out = expr(from);
  const bool is_strict = request_.to == Dialect::postgres && this->from() != request_.to;
  if (!is_strict || !is_number(type_of(from).kind)) return out;
  return binary(std::move(out), "<>", number_of("0"));
}

std::vector<Expr> Translator::conditions(const std::vector<Expr>& from) {
  std::vector<Expr> out;
  for (const Expr& one : from) out.push_back(condition(one));
  return out;
}

Result<Expr> translate(const Expr& expr, const Request& request) {
  Translator translator(request);
  Expr out = request.place == Place::check ? translator.condition(expr) : translator.expr(expr);
  if (translator.refusal()) return std::unexpected(*translator.refusal());
  return out;
}

Result<ast::Query> translate(const ast::Query& query, const Request& request) {
  Translator translator(request);
  ast::Query out = translator.query(query);
  if (translator.refusal()) return std::unexpected(*translator.refusal());
  return out;
}

bool is_known(Dialect from, Dialect to) { return from == to || to != Dialect::mysql; }

}  // namespace sqlxc::translate
