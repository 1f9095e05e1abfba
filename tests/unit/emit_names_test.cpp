#include "emit/cpp/names.h"

#include <catch2/catch.hpp>

using namespace sqlxc::emit;

TEST_CASE("a string literal is raw only where that is safe") {
  CHECK(cpp_string("plain") == "\"plain\"");
  CHECK(cpp_string("say \"hi\"") == "R\"(say \"hi\")\"");
  CHECK(cpp_string("ends )\" here") == "\"ends )\\\" here\"");
  CHECK(cpp_string("a\nb") == "\"a\\nb\"");
}

TEST_CASE("bytes that are no text, and marks that turn it round, are escaped") {
  CHECK(cpp_string(std::string("\x01", 1)) == "\"\\001\"");
  CHECK(cpp_string("\xFF") == "\"\\377\"");
  CHECK(cpp_string("\xE2\x80\xAE") == "\"\\342\\200\\256\"");
  CHECK(cpp_string("\xC3\xA9") == "\"\xC3\xA9\"");
}

TEST_CASE("no comment goes on where its line ends") {
  CHECK(cpp_comment("one\\\ntwo") == "/// one\n/// two\n");
  CHECK(cpp_comment("*/ int x;") == "/// */ int x;\n");
  CHECK(cpp_comment("") == "");
  CHECK(cpp_comment("a\xE2\x80\xAE"
                    "b") == "/// a b\n");
}

TEST_CASE("long comments are broken at words") {
  const std::string text = cpp_comment(std::string(60, 'a') + ' ' + std::string(60, 'b'));
  CHECK(text == "/// " + std::string(60, 'a') + "\n/// " + std::string(60, 'b') + '\n');
}

TEST_CASE("a taken name gets an underscore") {
  CHECK(cpp_name("at", {"at"}) == "at_");
  constexpr std::string_view kTaken[] = {"length"};
  CppNames names(kTaken);
  CHECK(names.take("length") == "length_");
  CHECK(names.take("length") == "length_2");
}
