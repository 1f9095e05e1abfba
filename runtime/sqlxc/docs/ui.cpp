#include <sqlxc/docs/ui.h>

#include <cstddef>

// The assembler copies the files into the read-only data of the program: no compile time, and no
// memory until a browser asks.
#define SQLXC_INCLUDE_FILE(SYMBOL, PATH)          \
  __asm__(                                        \
      ".section .rodata\n"                        \
      ".global sqlxc_" #SYMBOL                    \
      "_begin\n"                                  \
      "sqlxc_" #SYMBOL                            \
      "_begin:\n"                                 \
      ".incbin \"" PATH                           \
      "\"\n"                                      \
      ".global sqlxc_" #SYMBOL                    \
      "_end\n"                                    \
      "sqlxc_" #SYMBOL                            \
      "_end:\n"                                   \
      ".previous\n");                             \
  extern "C" const char sqlxc_##SYMBOL##_begin[]; \
  extern "C" const char sqlxc_##SYMBOL##_end[];

SQLXC_INCLUDE_FILE(ui_script, SQLXC_UI_DIR "/swagger-ui/swagger-ui-bundle.js.gz")
SQLXC_INCLUDE_FILE(ui_style, SQLXC_UI_DIR "/swagger-ui/swagger-ui.css.gz")
SQLXC_INCLUDE_FILE(graphiql_script, SQLXC_UI_DIR "/graphiql/graphiql.js.gz")
SQLXC_INCLUDE_FILE(graphiql_style, SQLXC_UI_DIR "/graphiql/graphiql.css.gz")

namespace sqlxc::docs {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

const Asset* find_asset(std::string_view name) {
  static const Asset kAssets[] = {
      {"swagger-ui-bundle.js", "text/javascript; charset=utf-8",
       between(sqlxc_ui_script_begin, sqlxc_ui_script_end)},
      {"swagger-ui.css", "text/css; charset=utf-8",
       between(sqlxc_ui_style_begin, sqlxc_ui_style_end)},
      {"graphiql.js", "text/javascript; charset=utf-8",
       between(sqlxc_graphiql_script_begin, sqlxc_graphiql_script_end)},
      {"graphiql.css", "text/css; charset=utf-8",
       between(sqlxc_graphiql_style_begin, sqlxc_graphiql_style_end)},
  };
  for (const Asset& asset : kAssets) {
    if (asset.name == name) return &asset;
  }
  return nullptr;
}

}  // namespace sqlxc::docs
