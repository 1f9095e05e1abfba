#include "emit/openapi/calls.h"

#include <algorithm>
#include <string_view>

#include "emit/openapi/filters.h"

namespace sqlxc::emit {
namespace {

/// The media type that a result is named for, `"text/html"`; empty if it is none.
std::string_view media_type_of(std::string_view pg_type) {
  if (!pg_type.ends_with('"') || pg_type.find('/') == std::string_view::npos) return {};
  pg_type.remove_suffix(1);
  return pg_type.substr(pg_type.rfind('"') + 1);
}

std::string code(const std::string& text) { return "`" + text + "`"; }

class CallPrinter {
 public:
  CallPrinter(const ir::Module& module, OpenApi version, Operations& operations, Json& paths)
      : module_(module), version_(version), operations_(operations), paths_(paths) {}

  void add(const ir::Function& function) {
    const std::string path = "/api/rpc/" + function.name;
    if (paths_.contains(path)) return widen(paths_[path], function);
    Json& methods = paths_[path] = Json::object();
    if (is_named(function)) {
      Json get = begin("get", function);
      add_profile(get, module_, true);
      for (Json& argument : arguments_of(function)) get["parameters"].push_back(argument);
      add_answers(get, function);
      methods["get"] = std::move(get);
    }
    Json call = begin("call", function);
    add_profile(call, module_, false);
    call["requestBody"] = {
        {"required", false},
        {"content",
         content("application/json", is_named(function) ? object_of(function) : Json::object())}};
    add_answers(call, function);
    if (function.volatility == ir::Volatility::changes && !function.is_query) {
      call["parameters"].push_back(ref("parameters", "idempotencyKey"));
      for (const char* status : {"200", "204", "206"}) add_replayed(call["responses"][status]);
    }
    methods["post"] = std::move(call);
  }

 private:
  static bool is_named(const ir::Function& function) {
    return std::ranges::none_of(function.parameters, [](const ir::Parameter& parameter) {
      return parameter.field.name.empty();
    });
  }

  const ir::Entity& result_of(const ir::Function& function) const {
    return function.entity.is_valid() ? at(module_.entities, function.entity)
                                      : module_.results[function.result];
  }

  Json begin(const char* verb, const ir::Function& function) {
    const std::string what = function.is_query ? "The named query " : "The function ";
    Json made = operations_.begin(verb, "rpc", function.name, what + code(function.name));
    if (!function.description.empty()) made["description"] = function.description;
    made["parameters"] = refs(
        "parameters", {"select", "order", "limit", "offset", "or", "and", "preferRead", "range"});
    return made;
  }

  // ---- what it takes

  Json schema_of_parameter(const ir::Parameter& parameter) const {
    ir::Entity alone;
    alone.fields.push_back(parameter.field);
    return schema_of(module_, alone, 0, version_);
  }

  Json object_of(const ir::Function& function) const {
    Json schema = {{"type", "object"}};
    Json required = Json::array();
    for (const ir::Parameter& parameter : function.parameters) {
      schema["properties"][parameter.field.name] = schema_of_parameter(parameter);
      if (!parameter.is_optional && !parameter.is_variadic)
        required.push_back(parameter.field.name);
    }
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
  }

  /// What stands in a URL is a value, never null; of lists and documents it is the text.
  Json in_url(ir::Parameter parameter) const {
    using ir::TypeKind;
    parameter.field.is_nullable = false;
    if (parameter.is_variadic && !parameter.field.type.element.empty()) {
      parameter.field.type = ir::Type(parameter.field.type.element.front());
      return array_of(schema_of_parameter(parameter));
    }
    const TypeKind kind = parameter.field.type.kind;
    if (kind == TypeKind::array || kind == TypeKind::json) return text_schema();
    return schema_of_parameter(parameter);
  }

  static std::string description_of(const ir::Parameter& parameter) {
    using ir::TypeKind;
    std::string text = "The argument " + code(parameter.field.name);
    if (parameter.is_variadic) {
      text += ", as often as one likes";
    } else if (parameter.field.type.kind == TypeKind::array) {
      text += ", a list as `{a,b}`";
    } else if (parameter.field.type.kind == TypeKind::json) {
      text += ", JSON";
    }
    text += ".";
    if (!parameter.default_sql.empty())
      text += " Where it is not given: " + code(parameter.default_sql) + ".";
    return text;
  }

  Json arguments_of(const ir::Function& function) const {
    Json list = Json::array();
    for (const ir::Parameter& parameter : function.parameters) {
      if (!has_filter(parameter.field)) continue;
      list.push_back({{"name", parameter.field.name},
                      {"in", "query"},
                      {"description", description_of(parameter)},
                      {"required", !parameter.is_optional && !parameter.is_variadic},
                      {"schema", in_url(parameter)}});
    }
    return list;
  }

  // ---- what it gives

  Json value_of(const ir::Function& function) const {
    const ir::Entity& result = result_of(function);
    const std::string name =
        function.entity.is_valid() ? result.cpp_name : result_schema_name(module_, function.result);
    switch (function.returns) {
      case ir::Returns::nothing:
        return Json::object();
      case ir::Returns::value:
        return schema_of(module_, result, 0, version_);
      case ir::Returns::values:
        return array_of(schema_of(module_, result, 0, version_));
      case ir::Returns::row:
        return ref("schemas", name);
      case ir::Returns::rows:
        return array_of(ref("schemas", name));
    }
    return Json::object();
  }

  Json types_of(const ir::Function& function) const {
    Json value = value_of(function);
    const Json row = value.contains("items") ? value["items"] : value;
    Json types = media_types(std::move(value), row);
    const bool gives_rows =
        function.returns == ir::Returns::row || function.returns == ir::Returns::rows;
    if (gives_rows && !function.is_query) add_handlers(types, module_, function.entity);
    if (function.returns == ir::Returns::value && !result_of(function).fields.empty()) {
      const std::string_view type = media_type_of(result_of(function).fields.front().pg_type);
      if (!type.empty())
        types[std::string(type)]["schema"] =
            type.ends_with("json") ? Json::object() : text_schema();
    }
    return types;
  }

  void add_answers(Json& operation, const ir::Function& function) const {
    const char* words =
        function.is_query ? "The rows that the query finds." : "What the function gives.";
    const Json answer = {{"description", words},
                         {"headers", {{"Content-Range", ref("headers", "ContentRange")}}},
                         {"content", types_of(function)}};
    operation["responses"]["200"] = answer;
    operation["responses"]["206"] = answer;
    if (!function.is_query) operation["responses"]["204"] = {{"description", "It gives nothing."}};
    add_write_problems(operation);
    operation["responses"]["416"] = ref("responses", "RangeNotSatisfiable");
  }

  // ---- functions of one name

  /// They share a path: what one of them takes and gives, all of them may.
  void widen(Json& path, const ir::Function& other) const {
    for (auto& [method, operation] : path.items()) {
      if (operation.contains("requestBody"))
        operation["requestBody"]["content"] = content("application/json", Json::object());
      for (const char* status : {"200", "206"}) {
        for (auto& [type, media] : operation["responses"][status]["content"].items())
          media["schema"] = Json::object();
      }
    }
    if (!path.contains("get") || !is_named(other)) return;
    Json& parameters = path["get"]["parameters"];
    for (Json& parameter : parameters) {
      if (parameter.contains("required")) parameter["required"] = false;
    }
    for (Json& argument : arguments_of(other)) {
      argument["required"] = false;
      const auto same = std::ranges::find_if(parameters, [&](const Json& parameter) {
        return parameter.value("name", "") == argument.value("name", "");
      });
      if (same == parameters.end()) {
        parameters.push_back(argument);
      } else if ((*same)["schema"] != argument["schema"]) {
        (*same)["schema"] = text_schema();
      }
    }
  }

  const ir::Module& module_;
  OpenApi version_;
  Operations& operations_;
  Json& paths_;
};

}  // namespace

void add_calls(const ir::Module& module, OpenApi version, Operations& operations, Json& paths) {
  CallPrinter printer(module, version, operations, paths);
  for (const ir::Function& function : module.functions) printer.add(function);
}

}  // namespace sqlxc::emit
