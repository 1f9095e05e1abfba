#include "emit/docs/page.h"

#include "compiler/base/printer.h"

namespace sqlxc::emit {
namespace {

std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

std::string docs_page(const ir::Module& module) {
  Printer out;
  out.emit(R"(
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>$title$</title>
          <link rel="icon" href="data:,">
          <link rel="stylesheet" href="docs/swagger-ui.css">
        </head>
        <body>
          <div id="docs">
            <noscript>The documentation needs JavaScript; the document itself is <a href="openapi.json">openapi.json</a>.</noscript>
          </div>
          <script src="docs/swagger-ui-bundle.js"></script>
          <script>
            SwaggerUIBundle({
              url: "openapi.json",
              dom_id: "#docs",
              deepLinking: true,
              defaultModelsExpandDepth: 0,
              docExpansion: "list",
              tryItOutEnabled: true,
              validatorUrl: null,
            });
          </script>
        </body>
      </html>
  )",
           {{"title", html(module.name)}});
  return out.take();
}

}  // namespace sqlxc::emit
