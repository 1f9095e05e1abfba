#pragma once

// The functions that the runtime adds to SQLite's own (docs/sqlite.md), by name and number of
// arguments. A unit test holds the list against what a connection of the runtime really has.
namespace sqlxc::emit::ddl {

struct RuntimeFunction {
  const char* name;
  int arguments;  // -1: any number
  bool is_deterministic = true;
  bool is_aggregate = false;
};

inline constexpr RuntimeFunction kRuntimeFunctions[] = {
    {"gen_random_uuid", 0, false},
    {"uuid_generate_v4", 0, false},
    {"uuid", 0, false},
    {"now", 0, false},
    {"transaction_timestamp", 0, false},
    {"statement_timestamp", 0, false},
    {"clock_timestamp", 0, false},
    {"next_value", 2, false},
    {"ilike", 2},
    {"ilike", 3},
    {"like_case", 2},
    {"like_case", 3},
    {"regexp", 2},
    {"iregexp", 2},
    {"dec_add", 2},
    {"dec_sub", 2},
    {"dec_mul", 2},
    {"dec_cmp", 2},
    {"dec_sum", 1, true, true},
    {"concat", -1},
    {"concat_ws", -1},
    {"char_length", 1},
    {"octet_length", 1},
    {"text_left", 2},
    {"text_right", 2},
    {"lpad", 2},
    {"lpad", 3},
    {"rpad", 2},
    {"rpad", 3},
    {"repeat", 2},
    {"reverse", 1},
    {"split_part", 3},
    {"initcap", 1},
    {"starts_with", 2},
    {"btrim", 1},
    {"btrim", 2},
    {"strpos", 2},
    {"greatest", -1},
    {"least", -1},
    {"md5", 1},
};

}  // namespace sqlxc::emit::ddl
