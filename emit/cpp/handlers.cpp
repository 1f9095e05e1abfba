#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/cpp/rest_view.h"

// api/rest/handlers.cpp: the media types that aggregates of the schema make of rows.
namespace sqlxc::emit {

File emit_handlers(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      #include "api/rest/rest.h"

      // What rows can be had in beside JSON and CSV, and what makes it.
      namespace $service$::rest {
      namespace {

      constexpr Handler kHandlers[] = {
          $items$
      };

      }  // namespace

      std::span<const Handler> handlers() { return kHandlers; }

      }  // namespace $service$::rest
      )",
      {{"service", service_namespace(module)},
       {"items", [&] {
          for (const ir::Handler& handler : module.handlers) {
            std::vector<std::string> lines = {member("media_type", cpp_string(handler.media_type)),
                                              member("sql", cpp_string(handler.function))};
            if (handler.entity.is_valid()) {
              lines.push_back(
                  member("entity", "at::" + entity_name(at(module.entities, handler.entity))));
            }
            if (handler.gives_bytes) lines.push_back(member("gives_bytes", "true"));
            out.emit("{\n    $lines$\n},\n", {{"lines", [&] { print_lines(out, lines); }}});
          }
        }}});
  return {"api/rest/handlers.cpp", out.take()};
}

}  // namespace sqlxc::emit
