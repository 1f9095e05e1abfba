#pragma once

#include <cstddef>
#include <string_view>

// SQLXC_EMBED(name, "path"): at namespace scope, the bytes of a file as `std::string_view name()`.
// The assembler copies them into the read-only data of the program, so they cost the C++ compiler
// nothing, however many there are, and no memory until somebody reads them. The path is looked up
// in the folders that the assembler is given (-Wa,-I).
#define SQLXC_EMBED(NAME, PATH)                                                             \
  __asm__(                                                                                  \
      ".pushsection .rodata\n"                                                              \
      ".global sqlxc_embedded_" #NAME                                                       \
      "\n"                                                                                  \
      "sqlxc_embedded_" #NAME                                                               \
      ":\n"                                                                                 \
      ".incbin \"" PATH                                                                     \
      "\"\n"                                                                                \
      ".global sqlxc_embedded_" #NAME                                                       \
      "_end\n"                                                                              \
      "sqlxc_embedded_" #NAME                                                               \
      "_end:\n"                                                                             \
      ".byte 0\n"                                                                           \
      ".popsection\n");                                                                     \
  extern "C" const char sqlxc_embedded_##NAME[];                                            \
  extern "C" const char sqlxc_embedded_##NAME##_end[];                                      \
  std::string_view NAME() {                                                                 \
    return {sqlxc_embedded_##NAME,                                                          \
            static_cast<std::size_t>(sqlxc_embedded_##NAME##_end - sqlxc_embedded_##NAME)}; \
  }                                                                                         \
  static_assert(true)
