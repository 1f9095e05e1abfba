#include <algorithm>

#include "compiler/syntax/build.h"
#include "compiler/syntax/cut_names.h"

// Names, strings and types.
namespace sqlxc::syntax {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | ((c >> 18) & 0x07));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Up to `most` digits of a base at `at`, which moves behind them.
std::uint32_t read_digits(std::string_view text, std::size_t& at, std::size_t most, int base) {
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < most && at < text.size(); ++n, ++at) {
    const int digit = digit_value(text[at]);
    if (digit < 0 || digit >= base) break;
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  return value;
}

// Behind a backslash of PostgreSQL's E'' (manual, 4.1.2.2) or of MySQL's strings (manual, 9.1.1).
void append_escape(std::string& out, std::string_view text, std::size_t& at, Dialect dialect) {
  const char c = text[at++];
  switch (c) {
    case 'n':
      out += '\n';
      return;
    case 't':
      out += '\t';
      return;
    case 'r':
      out += '\r';
      return;
    case 'b':
      out += '\b';
      return;
    default:
      break;
  }
  if (dialect == Dialect::mysql) {
    if (c == '0') {
      out += '\0';
    } else if (c == 'Z') {
      out += '\x1A';
    } else {
      if (c == '%' || c == '_') out += '\\';
      out += c;
    }
    return;
  }
  if (c == 'f') {
    out += '\f';
  } else if (c == 'x' && at < text.size() && digit_value(text[at]) >= 0) {
    out += static_cast<char>(read_digits(text, at, 2, 16));
  } else if (c == 'u') {
    append_utf8(out, read_digits(text, at, 4, 16));
  } else if (c == 'U') {
    append_utf8(out, read_digits(text, at, 8, 16));
  } else if (c >= '0' && c <= '7') {
    --at;
    out += static_cast<char>(read_digits(text, at, 3, 8));
  } else {
    out += c;
  }
}

// U&'d\0061t' (manual, 4.1.2.3).
void append_unicode_escape(std::string& out, std::string_view text, std::size_t& at) {
  if (at < text.size() && text[at] == '\\') {
    out += text[at++];
  } else if (at < text.size() && text[at] == '+') {
    ++at;
    append_utf8(out, read_digits(text, at, 6, 16));
  } else {
    append_utf8(out, read_digits(text, at, 4, 16));
  }
}

// One quoted piece that begins at `at`, which moves behind it.
void append_quoted(std::string& out, std::string_view text, std::size_t& at, Dialect dialect,
                   bool backslashes, bool unicode) {
  const char quote = text[at++];
  while (at < text.size()) {
    const char c = text[at++];
    if (c == quote) {
      if (at >= text.size() || text[at] != quote) return;
      out += quote;
      ++at;
    } else if (c == '\\' && unicode) {
      append_unicode_escape(out, text, at);
    } else if (c == '\\' && backslashes && at < text.size()) {
      append_escape(out, text, at, dialect);
    } else {
      out += c;
    }
  }
}

}  // namespace

std::string decode_string(std::string_view literal, Dialect dialect, std::string& prefix) {
  std::string out;
  if (literal.starts_with('$')) {
    const std::size_t tag = literal.find('$', 1) + 1;
    return std::string(literal.substr(tag, literal.size() - 2 * tag));
  }
  std::size_t at = 0;
  while (at < literal.size()) {
    const char c = literal[at];
    if (c != '\'' && c != '"') {
      // A prefix, or blanks and comments between neighbours.
      if (at == 0) {
        const std::size_t quote = literal.find_first_of("'\"");
        prefix = std::string(literal.substr(0, quote));
        at = quote == std::string_view::npos ? literal.size() : quote;
        const std::string lower = lower_case(prefix);
        const bool is_mysql = dialect == Dialect::mysql;
        if (at < literal.size()) {
          append_quoted(out, literal, at, dialect, is_mysql || lower == "e", lower == "u&");
        }
      } else {
        ++at;
      }
      continue;
    }
    append_quoted(out, literal, at, dialect,
                  dialect == Dialect::mysql || prefix == "E" || prefix == "e", false);
  }
  return out;
}

std::string decode_string(std::string_view literal, Dialect dialect) {
  std::string prefix;
  return decode_string(literal, dialect, prefix);
}

std::string Node::words() const {
  std::string out;
  for (std::uint32_t i = first_token(); i < end_token(); ++i) {
    const std::uint16_t type = token(i).type;
    const std::string_view text = token_text(i);
    const bool no_blank_before = type == sym::COMMA || type == sym::RPAREN || type == sym::DOT ||
                                 type == sym::TYPECAST || type == sym::RBRACKET ||
                                 type == sym::FIELD_DOT;
    const std::uint16_t before =
        i > first_token() ? token(i - 1).type : static_cast<std::uint16_t>(0);
    const bool no_blank_behind = before == sym::LPAREN || before == sym::LPAREN_Q ||
                                 before == sym::DOT || before == sym::TYPECAST ||
                                 before == sym::LBRACKET || before == sym::FIELD_DOT;
    if (i > first_token() && !no_blank_before && !no_blank_behind) out += ' ';
    const bool is_quoted = type == sym::QUOTED_IDENTIFIER || type == sym::STRING ||
                           type == sym::STRING_ALIAS || type == sym::BIT_STRING;
    out += is_quoted ? std::string(text) : lower_case(text);
  }
  return out;
}

namespace build {

namespace {

std::string unquote(std::string_view text, Dialect dialect) {
  if (text.starts_with('U') || text.starts_with('u')) return decode_string(text, dialect);
  std::string out;
  const char close = text.front() == '[' ? ']' : text.front();
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    out += text[i];
    if (text[i] == close) ++i;
  }
  return out;
}

}  // namespace

ast::Name name_of_token(const BuildContext& context, std::uint32_t index) {
  const Token& token = context.tree->tokens[index];
  const std::string_view text = text_of(context.text, token);
  ast::Name made;
  made.range = {context.source, token.begin, token.end};
  const char first = text.empty() ? '\0' : text.front();
  const char last = text.empty() ? '\0' : text.back();
  if (token.type == sym::STRING || token.type == sym::STRING_ALIAS ||
      (first == '\'' && last == '\'')) {
    made.text = decode_string(text, context.dialect);
    made.quoted = true;
  } else if (text.size() >= 2 && (last == '"' || last == '`' || (first == '[' && last == ']'))) {
    made.text = kept_of_name(context, unquote(text, context.dialect), made.range);
    made.quoted = true;
  } else if (context.dialect == Dialect::postgres) {
    made.text = kept_of_name(context, lower_case(text), made.range);
  } else {
    made.text = text;
  }
  return made;
}

ast::Name name(Node identifier) {
  return name_of_token(identifier.context(), identifier.first_token());
}

ast::Path path(Node node) {
  ast::Path made;
  made.range = node.range();
  for (const Node child : node) {
    if (child.is(sym::RuleIdentifier)) made.names.push_back(name(child));
  }
  return made;
}

std::vector<ast::Name> names(Node list) {
  std::vector<ast::Name> made;
  if (!list) return made;
  for (const Node child : list) {
    if (child.is(sym::RuleIdentifier)) made.push_back(name(child));
  }
  return made;
}

std::string string_value(Node text) { return decode_string(text.word(), text.context().dialect); }

std::string option_value(Node value) {
  switch (value.token_type()) {
    case sym::STRING:
    case sym::STRING_ALIAS:
      return string_value(value);
    case sym::QUOTED_IDENTIFIER:
      return name_of_token(value.context(), value.first_token()).text;
    default:
      return std::string(value.text());
  }
}

ast::Options definitions(Node list) {
  ast::Options made;
  if (!list) return made;
  for (const Node child : list) {
    if (!child.is(sym::RuleDefinition)) continue;
    std::string key;
    std::string value;
    bool has_value = false;
    for (const Node part : child) {
      if (part.is(sym::RuleLoose) && part.token_type() == sym::EQ && !has_value) {
        has_value = true;
        continue;
      }
      std::string& to = has_value ? value : key;
      const std::uint16_t type = part.token_type();
      const bool is_dot = type == sym::DOT || to.ends_with('.');
      if (!to.empty() && !is_dot) {
        // OPTIONS (name 'value') has no sign between the two.
        if (!has_value && (type == sym::STRING)) {
          has_value = true;
          value = string_value(part.first());
          continue;
        }
        to += ' ';
      }
      to += type == sym::STRING ? string_value(part.first()) : lower_case(part.text());
    }
    made.emplace_back(std::move(key), std::move(value));
  }
  return made;
}

std::string collation(Node node) {
  std::string made;
  for (const Node child : node) {
    if (child.is_token(sym::DOT)) continue;
    if (!made.empty()) made += '.';
    made += child.is(sym::RuleIdentifier) || child.is(sym::RuleText)
                ? name_of_token(child.context(), child.first_token()).text
                : lower_case(child.text());
  }
  return made;
}

namespace {

void add_type_args(Node args, ast::TypeName& made) {
  for (const Node arg : args) {
    if (!arg.is(sym::RuleTypeArg)) continue;
    const bool is_text = arg.first().is(sym::RuleText);
    made.args.push_back(is_text ? string_value(arg.first()) : std::string(arg.text()));
  }
}

void add_type_suffix(Node suffix, ast::TypeName& made) {
  switch (suffix.first().token_type()) {
    case sym::WITH_TZ:
      made.with_time_zone = suffix.is_word("with");
      return;
    case sym::TYPE_PERCENT:
      made.is_column_reference = true;
      return;
    case sym::LBRACKET:
    case sym::ARRAY:
      ++made.array_dimensions;
      return;
    case sym::INTERVAL_FIELD:
      for (const Node part : suffix) {
        if (part.is(sym::RuleTypeArgs)) {
          add_type_args(part, made);
          continue;
        }
        if (!made.interval_fields.empty()) made.interval_fields += ' ';
        made.interval_fields += lower_case(part.text());
      }
      return;
    case sym::UNSIGNED:
      made.is_unsigned = made.is_unsigned || suffix.is_word("unsigned");
      return;
    case sym::ZEROFILL:
      // MySQL manual, 11.1.6: ZEROFILL makes it unsigned.
      made.is_zerofill = made.is_unsigned = true;
      return;
    case sym::BINARY:
      // The attribute means the binary collation of the column's character set.
      made.collation = (made.character_set.empty() ? "utf8mb4" : made.character_set) + "_bin";
      return;
    case sym::CHARSET:
      made.character_set = option_value(suffix.last());
      return;
    default:
      return;
  }
}

std::string single_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (is_blank && (out.empty() || out.back() == ' ')) continue;
    out += is_blank ? ' ' : c;
  }
  return out;
}

}  // namespace

ast::TypeName type(Node node) {
  ast::TypeName made;
  made.range = node.range();
  const bool is_sqlite = node.context().dialect == Dialect::sqlite;
  if (is_sqlite) made.spelled = single_spaces(node.text());
  for (const Node child : node) {
    if (child.is_token(sym::SETOF)) {
      made.is_setof = true;
    } else if (child.is(sym::RuleTypePath)) {
      made.path.range = child.range();
      for (const Node part : child) {
        if (part.is(sym::RuleIdentifier)) {
          made.path.names.push_back(name(part));
        } else if (!part.is_token(sym::DOT)) {
          ast::Name word;
          word.text = lower_case(part.word());
          word.range = part.range();
          made.path.names.push_back(std::move(word));
        }
      }
      if (made.path.names.size() == 1 && !made.path.names[0].quoted) {
        made.path.names[0].text = lower_case(made.path.names[0].text);
      }
    } else if (child.is_token(sym::TYPE_TAIL)) {
      made.path.names.back().text += ' ';
      made.path.names.back().text +=
          lower_case(name_of_token(child.context(), child.first_token()).text);
    } else if (child.is(sym::RuleTypeArgs)) {
      add_type_args(child, made);
    } else if (child.is(sym::RuleTypeSuffix)) {
      add_type_suffix(child, made);
    }
  }
  return made;
}

}  // namespace build
}  // namespace sqlxc::syntax
