#include <catch2/catch.hpp>

#include <sqlxc/db/functions.h>

#include <sqlite3.h>

#include <string>

namespace {

// A connection in memory with the functions.
class Memory {
 public:
  Memory() {
    REQUIRE(sqlite3_open(":memory:", &handle_) == SQLITE_OK);
    REQUIRE(sqlxc::db::register_functions(handle_) == SQLITE_OK);
  }
  ~Memory() { sqlite3_close(handle_); }

  std::string operator()(const std::string& expression) {
    sqlite3_stmt* statement = nullptr;
    const std::string sql = "SELECT " + expression;
    if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      return std::string("error: ") + sqlite3_errmsg(handle_);
    }
    std::string out;
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      out = text == nullptr ? "null" : text;
    } else {
      out = std::string("error: ") + sqlite3_errmsg(handle_);
    }
    sqlite3_finalize(statement);
    return out;
  }

 private:
  sqlite3* handle_ = nullptr;
};

TEST_CASE("SQL functions for identity and time have the stored form") {
  Memory sql;
  CHECK(sql("gen_random_uuid() REGEXP "
            "'^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'") == "1");
  CHECK(sql("gen_random_uuid() <> gen_random_uuid()") == "1");
  CHECK(sql("now() REGEXP '^2[0-9]{3}-[0-9]{2}-[0-9]{2} "
            "[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?$'") == "1");
  CHECK(sql("abs(julianday(now()) - julianday(CURRENT_TIMESTAMP)) < 0.001") == "1");
}

TEST_CASE("SQL patterns and regular expressions") {
  Memory sql;
  CHECK(sql("'abc' REGEXP '^a.c$'") == "1");
  CHECK(sql("'ABC' REGEXP '^a.c$'") == "0");
  CHECK(sql("iregexp('^a.c$', 'ABC')") == "1");
  CHECK(sql("NULL REGEXP 'a'") == "null");
  CHECK(sql("'a' REGEXP '(a)\\1'") == "error: the regular expression is not supported");
  CHECK(sql("ilike('%\u00c9COLE_', 'Grande \u00e9cole!')") == "1");
  CHECK(sql("ilike('a\\%', 'A%')") == "1");
  CHECK(sql("ilike('a!%', 'Ab', '!')") == "0");
  CHECK(sql("ilike(NULL, 'a')") == "null");
  CHECK(sql("like_case('A_', 'Ab')") == "1");
  CHECK(sql("like_case('a_', 'Ab')") == "0");
  CHECK(sql("like_case('A!_', 'A_', '!')") == "1");
  CHECK(sql("'Ab' like 'a_'") == "1");
}

TEST_CASE("decimals as texts add, multiply, sum and compare exactly") {
  Memory sql;
  CHECK(sql("dec_add('0.1', '0.2')") == "0.3");
  CHECK(sql("dec_sub('1', '0.01')") == "0.99");
  CHECK(sql("dec_mul('12345678901234567890', '1.10')") == "13580246791358024679.00");
  CHECK(sql("dec_cmp('10', '9.99')") == "1");
  CHECK(sql("dec_sum(value) FROM json_each('[\"0.1\", \"0.2\", null]')") == "0.3");
  CHECK(sql("dec_sum(value) FROM json_each('[]')") == "null");
  CHECK(sql("dec_add('x', '1')").starts_with("error: "));
  CHECK(sql("group_concat(value) FROM (SELECT value FROM json_each('[\"10\", \"9.5\", \"-2\", "
            "\"12345678901234567890\"]') ORDER BY value COLLATE sqlxc_decimal)") ==
        "-2,9.5,10,12345678901234567890");
  CHECK(sql("'1.50' = '1.5' COLLATE sqlxc_decimal") == "1");
}

TEST_CASE("functions of text count characters") {
  Memory sql;
  CHECK(sql("char_length('h\u00e9')") == "2");
  CHECK(sql("octet_length('h\u00e9')") == "3");
  CHECK(sql("text_left('h\u00e9llo', 2)") == "h\u00e9");
  CHECK(sql("text_left('hello', -2)") == "hel");
  CHECK(sql("text_right('h\u00e9llo', 4)") == "\u00e9llo");
  CHECK(sql("text_right('hello', -2)") == "llo");
  CHECK(sql("reverse('h\u00e9')") == "\u00e9h");
  CHECK(sql("repeat('ab', 3)") == "ababab");
  CHECK(sql("repeat('ab', 1000000000)") == "error: string or blob too big");
  CHECK(sql("lpad('7', 3, '0')") == "007");
  CHECK(sql("rpad('hello', 3)") == "hel");
  CHECK(sql("lpad('x', 4, 'ab')") == "abax");
  CHECK(sql("split_part('a,b,c', ',', 2)") == "b");
  CHECK(sql("split_part('a,b,c', ',', -1)") == "c");
  CHECK(sql("split_part('a,b,c', ',', 9)") == "");
  CHECK(sql("initcap('hello wORLD')") == "Hello World");
  CHECK(sql("starts_with('abc', 'ab')") == "1");
  CHECK(sql("strpos('h\u00e9llo', 'l')") == "3");
  CHECK(sql("btrim('  x ')") == "x");
  CHECK(sql("btrim('xyax', 'xy')") == "a");
  CHECK(sql("concat('a', NULL, 1)") == "a1");
  CHECK(sql("concat_ws('-', 'a', NULL, 'b')") == "a-b");
  CHECK(sql("greatest(1, NULL, 3.5, 2)") == "3.5");
  CHECK(sql("least('b', 'a')") == "a");
  CHECK(sql("char_length(NULL)") == "null");
  CHECK(sql("md5('')") == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(sql("md5('abc')") == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(sql("md5('12345678901234567890123456789012345678901234567890123456789012345678901234567890'"
            ")") == "57edf4a22be3c955ac49da2e2107b67a");
}

}  // namespace
