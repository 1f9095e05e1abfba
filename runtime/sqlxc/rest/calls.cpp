#include <sqlxc/rest/calls.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/rest/csv.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/url.h>
#include <sqlxc/value/parse.h>

namespace sqlxc::rest {
namespace {

using http::Method;
using http::Problem;
using query::Function;
using value::Value;

// A named argument as it came: JSON of a body, or text of a URL or form.
struct Argument {
  std::string name;
  std::string value;
  bool is_json = false;
};

// What a request brings for a call.
struct Given {
  std::vector<Argument> arguments;
  std::vector<Parameter> filters;  // and select, order, ...: for the rows that come back
  // For a function of one unnamed parameter, and the types that it may have.
  std::optional<std::string> body;
  std::span<const std::string_view> body_types = {};
};

constexpr std::array kReserved = {"select", "order",   "limit",  "offset",  "after",      "and",
                                  "or",     "not.and", "not.or", "columns", "on_conflict"};

// What a body of a media type may be passed to.
constexpr std::string_view kJsonTypes[] = {"json", "jsonb"};
constexpr std::string_view kTextTypes[] = {"text"};
constexpr std::string_view kXmlTypes[] = {"xml"};
constexpr std::string_view kByteTypes[] = {"bytea"};
constexpr std::span<const std::string_view> kJson = kJsonTypes;
constexpr std::span<const std::string_view> kText = kTextTypes;
constexpr std::span<const std::string_view> kXml = kXmlTypes;
constexpr std::span<const std::string_view> kBytes = kByteTypes;

bool is_reserved(std::string_view name) {
  return std::ranges::find(kReserved, name) != kReserved.end() || name.ends_with(".order") ||
         name.ends_with(".limit") || name.ends_with(".offset") || name.ends_with(".and") ||
         name.ends_with(".or");
}

// `gt.5`, `not.in.(1,2)`, `eq(any).{1}`: what can only be meant for the rows.
bool is_condition(std::string_view value) {
  constexpr std::array kOperators = {"not",   "eq",    "neq",   "gt",     "gte",       "lt", "lte",
                                     "like",  "ilike", "match", "imatch", "in",        "is", "fts",
                                     "plfts", "phfts", "wfts",  "cs",     "cd",        "ov", "sl",
                                     "sr",    "nxr",   "nxl",   "adj",    "isdistinct"};
  const std::size_t end = value.find_first_of(".(");
  if (end == std::string_view::npos) return false;
  return std::ranges::find(kOperators, value.substr(0, end)) != kOperators.end();
}

bool has_parameter(const Function& function, std::string_view name) {
  return std::ranges::any_of(function.parameters, [&](const query::Parameter& parameter) {
    return parameter.field.name == name;
  });
}

bool takes_body(const Function& function) {
  return function.parameters.size() == 1 && function.parameters[0].field.name.empty();
}

bool takes_body(const Function& function, const Given& given) {
  return takes_body(function) && given.body &&
         std::ranges::find(given.body_types, function.parameters[0].field.pg_type) !=
             given.body_types.end();
}

// Whether the function can be called with these names: all that it needs, none that it lacks.
bool fits(const Function& function, const Given& given) {
  const auto is_given = [&](const query::Parameter& parameter) {
    return std::ranges::any_of(given.arguments, [&](const Argument& argument) {
      return argument.name == parameter.field.name;
    });
  };
  if (takes_body(function)) return false;
  return std::ranges::all_of(function.parameters,
                             [&](const query::Parameter& parameter) {
                               return parameter.is_optional || parameter.is_variadic ||
                                      is_given(parameter);
                             }) &&
         std::ranges::all_of(given.arguments, [&](const Argument& argument) {
           return has_parameter(function, argument.name);
         });
}

Problem unknown_function(const query::Model& model, std::string_view name, const Given& given) {
  Problem problem = make_problem(404, "PGRST202", "there is no function " + quoted(name));
  std::vector<std::string_view> names;
  for (const Function& function : model.functions) names.push_back(function.name);
  std::string arguments;
  for (const Argument& argument : given.arguments) {
    arguments += arguments.empty() ? "" : ", ";
    arguments += argument.name;
  }
  if (std::ranges::find(names, name) != names.end()) {
    problem.message += arguments.empty() ? " without arguments" : " that takes these arguments";
    problem.details = arguments;
  } else if (const std::string_view near = nearest(name, names); !near.empty()) {
    problem.hint = "did you mean " + quoted(near) + "?";
  }
  return problem;
}

std::expected<std::size_t, Problem> choose(const query::Model& model, std::string_view name,
                                           std::string_view schema, const Given& given) {
  std::vector<std::size_t> named;
  std::vector<std::size_t> whole;
  for (std::size_t i = 0; i < model.functions.size(); ++i) {
    const Function& function = model.functions[i];
    if (function.name != name) continue;
    if (!schema.empty() && function.schema != schema &&
        !(function.schema.empty() && schema == model.schemas.front())) {
      continue;
    }
    if (fits(function, given)) named.push_back(i);
    if (takes_body(function, given)) whole.push_back(i);
  }
  // Without a schema named, the default one's come first.
  const bool has_default =
      std::ranges::any_of(named, [&](std::size_t i) { return model.functions[i].schema.empty(); });
  if (has_default) {
    std::erase_if(named, [&](std::size_t i) { return !model.functions[i].schema.empty(); });
  }
  // Of those that fit, one that needs no default is nearer.
  if (named.size() > 1) {
    const auto exact = [&](std::size_t i) {
      return model.functions[i].parameters.size() == given.arguments.size();
    };
    if (std::ranges::count_if(named, exact) == 1) {
      std::erase_if(named, [&](std::size_t i) { return !exact(i); });
    }
  }
  const std::vector<std::size_t>& found = named.empty() ? whole : named;
  if (found.size() == 1) return found[0];
  if (found.empty()) return std::unexpected(unknown_function(model, name, given));
  return std::unexpected(make_problem(
      300, "PGRST203", "more than one function " + quoted(name) + " takes these arguments",
      "rename one of them, or its parameters"));
}

std::expected<Value, Problem> value_of(const query::Parameter& parameter,
                                       const Argument& argument) {
  if (!argument.is_json) {
    auto value = value::parse_text(parameter.field, argument.value);
    if (value) return std::move(*value);
    return std::unexpected(not_a_value(parameter.field, argument.value, value.error()));
  }
  json::Reader reader(argument.value);
  reader.next();
  auto value = value::parse_json(parameter.field, reader);
  if (value) return std::move(*value);
  return std::unexpected(not_a_value(parameter.field, argument.value, value.error()));
}

// `v=a&v=b`, one after another, is the array of a variadic parameter.
std::string array_of(const std::vector<Argument>& arguments, std::string_view name) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  for (const Argument& argument : arguments) {
    if (argument.name == name) writer.string(argument.value);
  }
  writer.end_array();
  return text;
}

std::expected<std::vector<Value>, Problem> bind(const Function& function, const Given& given) {
  std::vector<Value> values(function.parameters.size());
  if (takes_body(function)) {
    auto value = value_of(function.parameters[0], {.name = {}, .value = *given.body});
    if (!value) return std::unexpected(std::move(value.error()));
    values[0] = std::move(*value);
    return values;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const query::Parameter& parameter = function.parameters[i];
    const auto is_named = [&](const Argument& argument) {
      return argument.name == parameter.field.name;
    };
    // The last of several counts.
    const auto found = std::find_if(given.arguments.rbegin(), given.arguments.rend(), is_named);
    if (found == given.arguments.rend()) continue;
    Argument argument = *found;
    const bool is_list = argument.is_json || argument.value.starts_with('{');
    if (parameter.is_variadic && !is_list) {
      argument = {.name = argument.name,
                  .value = array_of(given.arguments, argument.name),
                  .is_json = true};
    }
    auto value = value_of(parameter, argument);
    if (!value) return std::unexpected(std::move(value.error()));
    values[i] = std::move(*value);
  }
  return values;
}

std::unexpected<Problem> bad_body(const json::Reader& reader) {
  Problem problem = make_problem(400, "PGRST102", "the body is not JSON: ");
  problem.message += reader.error().message;
  return std::unexpected(std::move(problem));
}

// The members of an object, or of the first object of an array.
std::expected<void, Problem> read_json(std::string_view body, Given& given) {
  json::Reader reader(body);
  reader.next();
  if (reader.token() == json::Token::error) return bad_body(reader);
  if (reader.token() == json::Token::begin_array) reader.next();
  if (reader.token() == json::Token::begin_object) {
    while (reader.next() == json::Token::key) {
      Argument argument{.name = std::string(reader.text()), .value = {}, .is_json = true};
      reader.next();
      argument.value = reader.raw();
      if (reader.token() == json::Token::error) return bad_body(reader);
      given.arguments.push_back(std::move(argument));
    }
  }
  while (reader.token() != json::Token::end) {
    if (reader.token() == json::Token::error) return bad_body(reader);
    reader.next();
  }
  given.body = std::string(body);
  return {};
}

// The first row's values, by the names in the header.
std::expected<void, Problem> read_csv(std::string_view body, Given& given) {
  CsvReader csv(body);
  std::vector<CsvField> names;
  std::vector<CsvField> values;
  const bool has_row = csv.next(names) && csv.next(values);
  if (csv.has_failed() || (has_row && names.size() != values.size())) {
    return std::unexpected(make_problem(400, "PGRST102", "the body is not CSV"));
  }
  for (std::size_t i = 0; has_row && i < names.size(); ++i) {
    given.arguments.push_back(
        {.name = std::string(names[i].text), .value = std::string(values[i].text)});
  }
  return {};
}

// `columns=a,b`: the other members of a body are no arguments.
void keep_columns(Given& given) {
  const auto columns = std::ranges::find(given.filters, "columns", &Parameter::name);
  if (columns == given.filters.end()) return;
  std::vector<std::string> names;
  for (std::string_view left = columns->value; !left.empty();) {
    names.emplace_back(trim(split_off(left, ',')));
  }
  given.filters.erase(columns);
  std::erase_if(given.arguments, [&](const Argument& argument) {
    return std::ranges::find(names, argument.name) == names.end();
  });
}

std::expected<void, Problem> read_post(const http::Request& request,
                                       std::vector<Parameter> parameters, Given& given) {
  given.filters = std::move(parameters);
  const std::string_view type = request.content_type();
  const auto is = [&](std::string_view name) { return equals_ignoring_case(type, name); };
  if (is("application/x-www-form-urlencoded")) {
    auto form = parse_query_string(request.body);
    if (!form) return std::unexpected(std::move(form.error()));
    for (Parameter& parameter : *form) {
      given.arguments.push_back(
          {.name = std::move(parameter.name), .value = std::move(parameter.value)});
    }
    return {};
  }
  if (is("text/plain") || is("text/xml") || is("application/octet-stream")) {
    given.body = std::string(request.body);
    given.body_types = is("text/plain") ? kText : is("text/xml") ? kXml : kBytes;
    return {};
  }
  if (is("text/csv")) return read_csv(request.body, given);
  // Of any other type nothing is known: there are no arguments in it.
  if (!type.empty() && !is("application/json") && !type.ends_with("+json")) return {};
  given.body_types = kJson;
  if (trim(request.body).empty()) return {};
  return read_json(request.body, given);
}

void read_get(const query::Model& model, std::string_view name, std::vector<Parameter> parameters,
              Given& given) {
  // `id=5&id=gt.2`: an argument, and a condition on the column of its name.
  std::vector<std::string> given_plainly;
  for (const Parameter& parameter : parameters) {
    if (!is_condition(parameter.value)) given_plainly.push_back(parameter.name);
  }
  for (Parameter& parameter : parameters) {
    const bool is_second = is_condition(parameter.value) &&
                           std::ranges::find(given_plainly, parameter.name) != given_plainly.end();
    const bool is_argument =
        !is_second && std::ranges::any_of(model.functions, [&](const Function& function) {
          return function.name == name && has_parameter(function, parameter.name);
        });
    const bool is_filter =
        !is_argument && (is_reserved(parameter.name) || is_condition(parameter.value) ||
                         parameter.name.find_first_of(".>") != std::string::npos);
    if (is_filter) {
      given.filters.push_back(std::move(parameter));
    } else {
      given.arguments.push_back(
          {.name = std::move(parameter.name), .value = std::move(parameter.value)});
    }
  }
}

// A function whose result names a media type answers in it; all answer in those of rows.
std::expected<Media, Problem> media_of(const query::Model& model, const Function& function,
                                       const http::Request& request) {
  const query::Entity& result = model.entities[function.result];
  if (function.returns == Function::Returns::value && !result.fields.empty()) {
    const std::string_view type = media_type_of(result.fields[0].pg_type);
    if (!type.empty()) {
      if (const auto raw = negotiate_raw(request, type)) return *raw;
    }
  }
  const bool gives_rows =
      function.returns == Function::Returns::row || function.returns == Function::Returns::rows;
  if (!gives_rows || function.is_query || model.handlers.empty()) return negotiate(request);
  return negotiate(
      request,
      {.all = model.handlers, .entity = function.result, .is_whole = selects_all(request.query)});
}

}  // namespace

void add_request(const http::Request& request,
                 std::vector<std::pair<std::string, std::string>>& settings) {
  settings.emplace_back("request.method", http::name_of(request.method));
  settings.emplace_back("request.path", request.path.substr(std::string_view("/api").size()));
  std::string headers;
  json::Writer writer(headers);
  writer.begin_object();
  for (const http::Header& header : request.headers) {
    std::string name(header.name);
    for (char& c : name) c = to_lower(c);
    if (!is_utf8(header.value)) continue;
    writer.key(name);
    writer.string(header.value);
  }
  writer.end_object();
  settings.emplace_back("request.headers", std::move(headers));
  std::string cookies;
  json::Writer cookie_writer(cookies);
  cookie_writer.begin_object();
  std::string_view left = request.header("Cookie").value_or("");
  while (!left.empty() && is_utf8(left)) {
    std::string_view pair = split_off(left, ';');
    const std::string_view name = trim(split_off(pair, '='));
    if (name.empty()) continue;
    cookie_writer.key(name);
    cookie_writer.string(pair);
  }
  cookie_writer.end_object();
  settings.emplace_back("request.cookies", std::move(cookies));
}

std::expected<ReadTask, Problem> make_call(const query::Model& model, const http::Request& request,
                                           std::string_view name, std::string_view schema,
                                           query::Dialect dialect) {
  auto preferences = parse_preferences(request);
  if (!preferences) return std::unexpected(std::move(preferences.error()));
  const bool is_post = request.method == Method::post;
  // A Range is of what is read (RFC 9110, section 14.2).
  const auto range = is_post ? decltype(parse_range(request))() : parse_range(request);
  if (!range) return std::unexpected(range.error());
  auto parameters = parse_query_string(request.query);
  if (!parameters) return std::unexpected(std::move(parameters.error()));
  Given given;
  if (is_post) {
    if (auto read = read_post(request, std::move(*parameters), given); !read) {
      return std::unexpected(std::move(read.error()));
    }
    keep_columns(given);
  } else {
    read_get(model, name, std::move(*parameters), given);
  }
  const auto index = choose(model, name, schema, given);
  if (!index) return std::unexpected(index.error());
  const Function& function = model.functions[*index];
  const bool gives_many =
      function.returns == Function::Returns::rows || function.returns == Function::Returns::values;
  if (preferences->max_affected && !gives_many) {
    return std::unexpected(make_problem(400, "PGRST128",
                                        "max-affected counts rows, and the function gives none",
                                        "have it return a set, or a table"));
  }
  const bool is_elsewhere =
      function.is_query &&
      (dialect == query::Dialect::postgres ? function.only_sqlite : function.sql.empty());
  if (is_elsewhere) {
    return std::unexpected(
        make_problem(404, "PGRST202", "the query " + quoted(name) + " has no form in this database",
                     "the service is to be started on the other one"));
  }
  const auto media = media_of(model, function, request);
  if (!media) return std::unexpected(media.error());
  auto arguments = bind(function, given);
  if (!arguments) return std::unexpected(std::move(arguments.error()));
  auto parsed = parse_query(model, function.result, given.filters, Shape::list, dialect);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  if (function.returns == Function::Returns::nothing) {
    parsed->query.items.clear();
    parsed->query.embeds.clear();
    parsed->query.order.clear();
  }
  if (function.is_query) {
    // Its rows come in the order that it says, unless the request says one.
    const bool has_order = std::ranges::any_of(
        given.filters, [](const Parameter& one) { return one.name == "order"; });
    if (!has_order && !query::is_grouped(model, parsed->query)) {
      parsed->query.order.clear();
      for (const query::Order& order : function.order) {
        parsed->query.order.push_back({.field = order.field, .descending = order.descending});
      }
    }
  }
  parsed->query.call = query::Call{.function = *index, .arguments = std::move(*arguments)};
  PlanRequest asked;
  asked.text = request.query;
  asked.count = preferences->count;
  asked.range = *range;
  asked.dialect = dialect;
  asked.handler = media->handler;
  asked.changes =
      is_post && function.volatility == query::Volatility::changes && !function.is_query;
  asked.as_text = media->format == Media::Format::csv || media->format == Media::Format::raw;
  auto plan = plan_call(model, std::move(*parsed), asked);
  if (!plan) return std::unexpected(std::move(plan.error()));
  ReadTask task;
  task.plan = std::make_shared<ReadPlan>(std::move(*plan));
  task.media = *media;
  task.changes = asked.changes;
  task.rolls_back = preferences->rolls_back;
  task.max_affected = preferences->max_affected;
  task.applied = preferences->applied;
  task.is_function = !function.is_query;
  task.is_void = function.returns == Function::Returns::nothing;
  if (!preferences->time_zone.empty())
    task.settings.emplace_back("TimeZone", preferences->time_zone);
  if (dialect == query::Dialect::postgres && task.is_function) {
    add_request(request, task.settings);
  }
  return task;
}

}  // namespace sqlxc::rest
