# Run after ANTLR, on its output.
# 1. symbols.h: the numbers of tokens and rules, without ANTLR's headers.
# 2. The parser's tables are read at its first use, not before main: a static constructor would cost every start.
file(READ ${GENERATED}/SqlParser.h header)
string(REGEX MATCHALL "enum {[^}]*}" enums "${header}")
list(GET enums 0 tokens)
list(GET enums 1 rules)
string(REPLACE "enum {" "enum TokenType : std::uint16_t {\n    END_OF_TEXT = 0," tokens "${tokens}")
string(REPLACE "enum {" "enum Rule : std::uint16_t {" rules "${rules}")
file(WRITE ${GENERATED}/symbols.h
     "#pragma once\n\n#include <cstdint>\n\nnamespace sqlxc::syntax::sym {\n\n${tokens};\n\n${rules};\n\n}\n")

string(REPLACE "  static Initializer _init;" "public:\n  static void initialize() { static Initializer once; }\nprivate:"
       header "${header}")
file(WRITE ${GENERATED}/SqlParser.h "${header}")
file(READ ${GENERATED}/SqlParser.cpp source)
string(REPLACE "SqlParser::Initializer SqlParser::_init;" "" source "${source}")
file(WRITE ${GENERATED}/SqlParser.cpp "${source}")
