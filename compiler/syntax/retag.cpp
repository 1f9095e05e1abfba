#include "compiler/syntax/retag.h"

#include <algorithm>
#include <initializer_list>

namespace sqlxc::syntax {

namespace {

using namespace sym;

class Retagger {
 public:
  Retagger(std::string_view text, const std::vector<RawToken>& raw, Dialect dialect)
      : text_(text), raw_(raw), dialect_(dialect) {}

  TokenList run();

 private:
  struct Bracket {
    std::uint16_t opened_by = 0;                  // the token before the bracket
    std::uint32_t betweens = 0;                   // BETWEENs whose AND has not come
    std::uint32_t cases = 0;                      // CASEs that are open
    std::vector<std::uint32_t> betweens_outside;  // of the CASEs round this place
  };

  void push(std::uint16_t type, std::size_t index) {
    list_.tokens.push_back({type, raw_[index].begin, raw_[index].end});
  }
  std::string_view word(std::size_t index) const {
    if (index >= raw_.size() || raw_[index].type != IDENTIFIER) return {};
    return text_.substr(raw_[index].begin, raw_[index].end - raw_[index].begin);
  }
  bool next_is(std::initializer_list<std::string_view> words) const {
    return word_is(i_ + 1, words);
  }
  bool word_is(std::size_t index, std::initializer_list<std::string_view> words) const {
    const std::string_view w = word(index);
    return !w.empty() && std::any_of(words.begin(), words.end(),
                                     [&](std::string_view x) { return is_word(w, x); });
  }
  bool prev_word_is(std::initializer_list<std::string_view> words) const {
    return i_ > 0 && word_is(i_ - 1, words);
  }
  std::uint16_t next_type(std::size_t ahead = 1) const {
    return i_ + ahead < raw_.size() ? raw_[i_ + ahead].type : static_cast<std::uint16_t>(0);
  }
  std::uint16_t prev(std::size_t back = 1) const {
    return list_.tokens.size() >= back ? list_.tokens[list_.tokens.size() - back].type
                                       : static_cast<std::uint16_t>(0);
  }
  bool is_after_operand() const;
  bool is_name(std::uint16_t type) const {
    return type == IDENTIFIER || type == QUOTED_IDENTIFIER || type == TYPE_TAIL;
  }
  bool is_postgres() const { return dialect_ == Dialect::postgres; }
  bool is_mysql() const { return dialect_ == Dialect::mysql; }
  bool is_sqlite() const { return dialect_ == Dialect::sqlite; }
  bool starts_with(std::initializer_list<std::string_view> words) const {
    return word_is(0, words);
  }

  void shape();
  void open_bracket(bool is_query);
  void close_bracket();
  std::uint16_t classify();
  std::uint16_t classify_by_neighbours(std::uint16_t keyword);
  std::uint16_t string_type() const;
  bool adds_type_tail() const;
  void find_query_brackets();
  bool starts_query(std::size_t index) const;
  bool writes_behind_with(std::size_t index) const;
  bool holds_word(std::size_t index, std::string_view searched) const;
  bool is_in_parameters() const;
  bool is_in_window() const;
  void deepen();

  std::string_view text_;
  const std::vector<RawToken>& raw_;
  Dialect dialect_;
  std::size_t i_ = 0;
  TokenList list_;
  std::vector<Bracket> brackets_{Bracket{}};
  std::vector<bool> is_query_bracket_;
  std::uint32_t open_cases_ = 0;
  bool seen_select_ = false;
  bool seen_values_ = false;
  bool seen_on_duplicate_ = false;
  bool seen_body_ = false;  // of a trigger
  bool seen_from_ = false;
};

// The brackets `(` that hold a query: what stands in them begins with SELECT, and behind a nested
// one comes nothing that would make it an operand, a list or a join.
void Retagger::find_query_brackets() {
  is_query_bracket_.assign(raw_.size(), false);
  std::vector<std::size_t> open;
  std::vector<std::size_t> close_of(raw_.size(), 0);
  for (std::size_t i = 0; i < raw_.size(); ++i) {
    if (raw_[i].type == LPAREN) open.push_back(i);
    if (raw_[i].type == RPAREN && !open.empty()) {
      close_of[open.back()] = i;
      open.pop_back();
    }
  }
  for (std::size_t i = raw_.size(); i-- > 0;) {
    if (raw_[i].type != LPAREN) continue;
    if (i + 1 < raw_.size() && raw_[i + 1].type == LPAREN) {
      const std::size_t behind = close_of[i + 1] + 1;
      // f((select ...)): the outer ones are the call's.
      const bool makes_table = is_mysql() && word_is(0, {"create"}) && i < 6;
      const bool is_call =
          i > 0 && raw_[i - 1].type == IDENTIFIER && !makes_table &&
          (raw_[i - 1].word_class == WordClass::N || word_is(i - 2, {"collation"}));
      is_query_bracket_[i] =
          !is_call && is_query_bracket_[i + 1] && behind < raw_.size() &&
          (raw_[behind].type == RPAREN ||
           word_is(behind, {"union", "intersect", "except", "order", "limit", "offset", "fetch"}));
    } else {
      is_query_bracket_[i] = starts_query(i + 1);
    }
  }
}

bool Retagger::starts_query(std::size_t index) const {
  if (word_is(index, {"select"})) return true;
  const std::uint16_t behind = index + 1 < raw_.size() ? raw_[index + 1].type : 0;
  if (word_is(index, {"with"})) {
    if (behind != IDENTIFIER && behind != QUOTED_IDENTIFIER) return false;
    return !is_postgres() || !writes_behind_with(index);
  }
  if (word_is(index, {"values"})) {
    return behind == LPAREN ? !is_mysql() || !seen_on_duplicate_
                            : is_mysql() && word_is(index + 1, {"row"});
  }
  return word_is(index, {"table"}) && is_postgres() &&
         (behind == IDENTIFIER || behind == QUOTED_IDENTIFIER);
}

// PostgreSQL lets INSERT, UPDATE and DELETE stand in WITH, and those with a WITH of their own.
bool Retagger::writes_behind_with(std::size_t index) const {
  std::size_t depth = 0;
  for (std::size_t i = index + 1; i < raw_.size(); ++i) {
    if (raw_[i].type == LPAREN) ++depth;
    if (raw_[i].type == RPAREN && depth-- == 0) return false;
    if (depth > 0 || raw_[i - 1].type != RPAREN) continue;
    if (word_is(i, {"insert", "update", "delete", "merge"})) return true;
    if (word_is(i, {"select", "values", "table"})) return false;
  }
  return false;
}

// Between the bracket at `index` and the one that closes it, outside of those inside.
bool Retagger::holds_word(std::size_t index, std::string_view searched) const {
  int depth = 0;
  for (std::size_t i = index; i < raw_.size(); ++i) {
    if (raw_[i].type == LPAREN) ++depth;
    if (raw_[i].type == RPAREN && --depth == 0) return false;
    if (depth == 1 && word_is(i, {searched})) return true;
  }
  return false;
}

// The parameters and the result of CREATE FUNCTION, where t.c % TYPE may have blanks.
bool Retagger::is_in_parameters() const {
  if (!starts_with({"create"}) || seen_body_) return false;
  const std::size_t object = word_is(1, {"or"}) ? 3 : 1;
  return word_is(object, {"function", "procedure"});
}

bool Retagger::is_in_window() const {
  const std::uint16_t opener = brackets_.back().opened_by;
  return brackets_.size() > 1 && (opener == OVER || (opener == AS && seen_select_));
}

bool Retagger::is_after_operand() const {
  switch (prev()) {
    case IDENTIFIER:
    case QUOTED_IDENTIFIER:
    case STRING:
    case STRING_ALIAS:
    case BIT_STRING:
    case NUMBER:
    case PARAMETER:
    case NILADIC:
    case RPAREN:
    case RBRACKET:
    case NULL_:
    case TRUE_:
    case FALSE_:
    case END:
    case KEY:
    case KEY_S:
    case UNIQUE:
    case DEFAULT:
    case AUTO_INCREMENT:
    case AUTOINCREMENT:
    case UNSIGNED:
    case ZEROFILL:
    case BINARY:
    case VISIBLE:
    case INVISIBLE:
    case STORED:
    case VIRTUAL:
    case PERSISTENT:
    case CASCADE:
    case RESTRICT:
    case ACTION:
    case TYPE_TAIL:
    case TYPE_PERCENT:
    case ZONE:
    case SERIAL_DEFAULT:
    case ASC:
    case DESC:
    case DISTINCT:
    case DEFERRABLE:
    case ENFORCED:
    case STAR:
    case COMPRESSED:
    case INTERVAL_FIELD:
    case SET:  // MySQL's type; else nothing of class A stands behind it
    case VALUES:
    case IDENTITY:
    case NOT:       // NOT ENFORCED
    case NOT_OP:    // NOT MATCH
    case INDEX_S:   // USING INDEX TABLESPACE
    case NULLS_LA:  // NULLS FIRST
    case INHERIT:
    case VALID:
      return true;
    default:
      return false;
  }
}

TokenList Retagger::run() {
  list_.tokens.reserve(raw_.size());
  find_query_brackets();
  for (i_ = 0; i_ < raw_.size(); ++i_) {
    // SQLite takes a constraint's name without a constraint.
    if (is_sqlite() && word_is(i_, {"constraint"}) && i_ + 2 < raw_.size() &&
        (raw_[i_ + 2].type == COMMA || raw_[i_ + 2].type == RPAREN ||
         word_is(i_ + 2, {"constraint"}))) {
      ++i_;
      continue;
    }
    if (raw_[i_].type == IDENTIFIER) {
      const std::size_t at = i_;
      const std::uint16_t chosen = classify();  // may take words behind it, too
      push(chosen, at);
      list_.tokens.back().end = raw_[i_].end;
      const std::uint16_t type = prev();
      if (type == SELECT) seen_select_ = true;
      if (type == FROM) seen_from_ = true;
      if (type == VALUES) seen_values_ = true;
      if (type == BEGIN_ || type == EXECUTE || type == CASE) seen_body_ = true;
    } else {
      shape();
    }
  }
  return std::move(list_);
}

void Retagger::deepen() {
  const std::uint32_t depth = static_cast<std::uint32_t>(brackets_.size()) + open_cases_;
  if (depth > list_.depth) {
    list_.depth = depth;
    list_.deepest_begin = raw_[i_].begin;
  }
}

void Retagger::open_bracket(bool is_query) {
  Bracket bracket;
  bracket.opened_by = prev();
  brackets_.push_back(bracket);
  deepen();
  push(is_query ? LPAREN_Q : LPAREN, i_);
}

void Retagger::close_bracket() {
  if (brackets_.size() > 1) {
    open_cases_ -= brackets_.back().cases;
    brackets_.pop_back();
  }
}

void Retagger::shape() {
  switch (raw_[i_].type) {
    case LPAREN:
      open_bracket(is_query_bracket_[i_]);
      return;
    case RPAREN:
    case RBRACKET:
      close_bracket();
      push(raw_[i_].type, i_);
      return;
    case LBRACKET:
      brackets_.push_back(Bracket{});
      deepen();
      push(LBRACKET, i_);
      return;
    case DOT:
      if (prev() == RPAREN || prev() == RBRACKET) {
        push(FIELD_DOT, i_);
      } else if (is_mysql() && (prev() == LPAREN || prev() == COMMA) && is_name(next_type())) {
        return;  // MySQL's names may begin with a dot: .t.a
      } else if (is_mysql() && starts_with({"delete"}) && !seen_from_ && next_type() == STAR) {
        push(DOT_STAR, i_);
        list_.tokens.back().end = raw_[i_ + 1].end;
        ++i_;
      } else {
        push(DOT, i_);
      }
      return;
    case STRING: {
      // Neighbouring strings are one.
      const std::uint16_t type = string_type();
      push(type, i_);
      while (next_type() == STRING && type == STRING) {
        ++i_;
        list_.tokens.back().end = raw_[i_].end;
      }
      return;
    }
    case QUOTED_IDENTIFIER:
      // PostgreSQL: a quoted name is not empty.
      if (is_postgres() && raw_[i_].end - raw_[i_].begin == 2) return push(OTHER_CHAR, i_);
      push(adds_type_tail() ? static_cast<std::uint16_t>(TYPE_TAIL)
                            : static_cast<std::uint16_t>(QUOTED_IDENTIFIER),
           i_);
      return;
    case OP:
      if (is_postgres() && raw_[i_].end - raw_[i_].begin == 1 && text_[raw_[i_].begin] == '%' &&
          next_is({"type", "rowtype"}) &&
          (raw_[i_].end == raw_[i_ + 1].begin || is_in_parameters())) {
        push(TYPE_PERCENT, i_);
        list_.tokens.back().end = raw_[i_ + 1].end;
        ++i_;
        return;
      }
      push(OP, i_);
      return;
    default:
      push(raw_[i_].type, i_);
  }
}

// SQLite takes 'x' for a name where only a name can stand; it and MySQL take it for an alias
// without AS.
std::uint16_t Retagger::string_type() const {
  if (is_postgres()) return STRING;
  const std::uint16_t before = prev();
  if (is_sqlite()) {
    if (next_type() == DOT) return QUOTED_IDENTIFIER;
    switch (before) {
      case TABLE:
      case INTO:
      case FROM:
      case UPDATE:
      case INDEX:
      case ON:
      case JOIN:
      case VIEW:
      case TRIGGER:
      case EXISTS:
      case REFERENCES:
      case CONSTRAINT:
      case DOT:
      case COLUMN:
      case ADD:
      case TO:
      case OF:
        return QUOTED_IDENTIFIER;
      case LPAREN:
      case COMMA: {
        if (!starts_with({"create", "insert", "replace", "alter"})) break;
        const std::uint16_t opener = brackets_.back().opened_by;
        const bool is_list = opener == KEY_S || opener == UNIQUE || opener == IDENTIFIER ||
                             opener == QUOTED_IDENTIFIER;
        if (is_list && brackets_.size() == 2 && !seen_values_ && !seen_select_) {
          return QUOTED_IDENTIFIER;
        }
        if ((opener == KEY_S || opener == UNIQUE) && !seen_select_) return QUOTED_IDENTIFIER;
        break;
      }
      default:
        break;
    }
  }
  const bool is_behind = before == RPAREN || before == IDENTIFIER || before == QUOTED_IDENTIFIER ||
                         before == NUMBER || before == END || before == NULL_;
  if (seen_select_ && is_behind &&
      !(is_mysql() && before == IDENTIFIER &&
        prev_word_is({"date", "time", "timestamp", "outfile"}))) {
    if (is_mysql() && before == IDENTIFIER && i_ > 0 && text_[raw_[i_ - 1].begin] == '_')
      return STRING;
    return STRING_ALIAS;
  }
  return STRING;
}

// A further word of a type: SQLite takes any number of them, behind a column's name or AS.
bool Retagger::adds_type_tail() const {
  if (!is_sqlite() || !is_name(prev())) return false;
  if (brackets_.back().opened_by == CAST)
    return is_name(prev()) && prev(2) != LPAREN && prev(2) != DOT &&
           (prev(2) == AS || prev() == TYPE_TAIL);
  if (starts_with({"create"}) && brackets_.size() == 2 && !seen_select_ &&
      word_is(1, {"table", "temp", "temporary"})) {
    const std::uint16_t before = prev(2);
    if (prev() == TYPE_TAIL) return true;
    return is_name(before);
  }
  if (starts_with({"alter"}))
    return is_name(prev(2)) && (prev(3) == ADD || prev(3) == COLUMN || prev() == TYPE_TAIL);
  return false;
}

std::uint16_t Retagger::classify() {
  const RawToken& raw = raw_[i_];
  if (prev() == DOT || prev() == FIELD_DOT) return IDENTIFIER;
  // Behind AS SQLite takes the words of joins for names.
  if (is_sqlite() && prev() == AS && seen_from_ &&
      word_is(i_, {"natural", "left", "right", "full", "inner", "outer", "cross"})) {
    return IDENTIFIER;
  }
  switch (raw.word_class) {
    case WordClass::N:
      break;
    case WordClass::R:
    case WordClass::S:
    case WordClass::X:
      return classify_by_neighbours(raw.keyword);
    case WordClass::F:
      if (next_type() == LPAREN && i_ > 0 && prev() != ON && prev() != OR) {
        return IDENTIFIER;
      }
      return classify_by_neighbours(raw.keyword);
    case WordClass::A:
      if (is_after_operand()) return classify_by_neighbours(raw.keyword);
      break;
    case WordClass::B:
      if (is_after_operand() || prev() == SET || prev() == NO || prev() == DROP) {
        return raw.keyword;
      }
      break;
    case WordClass::P:
      if (next_type() != LPAREN) break;
      // Without PLACING it is called as any function.
      if (raw.keyword == OVERLAY && !holds_word(i_ + 1, "placing")) return IDENTIFIER;
      return raw.keyword;
  }
  if (raw.word_class == WordClass::N && adds_type_tail()) return TYPE_TAIL;
  if (raw.word_class != WordClass::N)
    return adds_type_tail() ? static_cast<std::uint16_t>(TYPE_TAIL)
                            : static_cast<std::uint16_t>(IDENTIFIER);
  return classify_by_neighbours(0);
}

std::uint16_t Retagger::classify_by_neighbours(std::uint16_t keyword) {
  const std::uint16_t before = prev();
  const std::uint16_t behind = next_type();
  const auto keep_if = [&](bool condition) {
    if (condition) return keyword;
    return adds_type_tail() ? static_cast<std::uint16_t>(TYPE_TAIL)
                            : static_cast<std::uint16_t>(IDENTIFIER);
  };
  switch (keyword) {
    case 0:
      break;
    case WITH:
      if (next_is({"time"})) return is_postgres() ? WITH_TZ : WITH;
      if (next_is({"rollup"})) {
        ++i_;
        return WITH_ROLLUP;
      }
      if (before == RPAREN && next_is({"ordinality"})) {
        ++i_;
        return WITH_ORDINALITY;
      }
      return WITH;
    case WITHOUT:
      return is_postgres() && next_is({"time"}) ? WITH_TZ : WITHOUT;
    case NULLS:
      if (next_is({"first", "last"})) return NULLS_LA;
      return keep_if(next_is({"not", "distinct"}) || before == IGNORE_NULLS);
    case NOT:
      if (is_after_operand() && before != DEFAULT &&
          next_is(
              {"like", "ilike", "in", "between", "similar", "regexp", "rlike", "glob", "match"})) {
        return NOT_OP;
      }
      // SQLite's x NOT NULL, where it is no column's constraint.
      if (is_sqlite() && next_is({"null"}) && is_after_operand()) {
        const bool is_column =
            (starts_with({"create"}) && word_is(1, {"table", "temp", "temporary"}) &&
             brackets_.size() == 2) ||
            (starts_with({"alter"}) && brackets_.size() == 1);
        if (!is_column) return NOT_OP;
      }
      return NOT;
    case AND:
      if (brackets_.back().betweens > 0) {
        --brackets_.back().betweens;
        return BETWEEN_AND;
      }
      return AND;
    case BETWEEN:
      // In a window's frame it is one of many words.
      if (before != RANGE) ++brackets_.back().betweens;
      return BETWEEN;
    case CASE:
      brackets_.back().betweens_outside.push_back(brackets_.back().betweens);
      brackets_.back().betweens = 0;
      ++brackets_.back().cases;
      ++open_cases_;
      deepen();
      return CASE;
    case END:
      if (brackets_.back().cases == 0) return keep_if(false);
      --brackets_.back().cases;
      --open_cases_;
      brackets_.back().betweens = brackets_.back().betweens_outside.back();
      brackets_.back().betweens_outside.pop_back();
      return END;
    case ON:
      // ON conflict = 1 compares a column of that name.
      if (next_is({"conflict"}) && next_type(2) != EQ && next_type(2) != OP &&
          next_type(2) != DOT) {
        return ON_CONFLICT;
      }
      if (next_is({"duplicate"})) {
        seen_on_duplicate_ = true;
        return ON_DUPLICATE;
      }
      return ON;
    case CONFLICT:
      return keep_if(before == ON_CONFLICT);
    case IN_:
      if (next_is({"boolean", "natural"})) return IN_MODE;
      if (brackets_.back().opened_by == POSITION) return IN_POSITION;
      return IN_;
    case IF_LA:
      return keep_if(next_is({"not", "exists"}) && behind == IDENTIFIER);
    case QUANTIFIER:
      return keep_if(behind == LPAREN &&
                     (before == EQ || before == OP || before == LIKE || before == ILIKE ||
                      before == REGEXP || before == RPAREN || before == GLOB));
    case ALL:
      if (behind == LPAREN && (before == EQ || before == OP || before == LIKE || before == ILIKE)) {
        return QUANTIFIER;
      }
      return ALL;
    case AT:
      return keep_if(next_is({"time"}) && word_is(i_ + 2, {"zone"}));
    case TIME:
      return keep_if(before == WITH_TZ || before == AT);
    case ZONE:
      return keep_if(before == TIME);
    case ATTACH:
    case DETACH:
      return keep_if(next_is({"partition"}));
    case ATTRIBUTE:
      return keep_if(starts_with({"alter"}) &&
                     (before == ADD || before == DROP || before == ALTER));
    case BY:
      if (is_mysql() || is_sqlite()) return BY;
      return keep_if(before != COMMA && before != LPAREN);
    case COMMENT:
      if (is_postgres()) return keep_if(i_ == 0);
      return keep_if(behind == STRING || (behind == EQ && starts_with({"create", "alter"})));
    case CONVERT:
      return keep_if(behind == LPAREN || next_is({"to"}));
    case CURRENT:
      return keep_if(next_is({"of"}));
    case DEFINER:
      return keep_if(behind == EQ);
    case DO:
      return keep_if(next_is({"nothing", "update"}));
    case ENUM:
      return keep_if(before == AS && behind == LPAREN);
    case EXCLUDE:
      return keep_if(behind == LPAREN || next_is({"using"}));
    case FILTER:
      return keep_if(before == RPAREN && behind == LPAREN);
    case FULL:
      if (is_mysql()) return keep_if(next_is({"outer", "join"}));
      return FULL;
    case GENERATED:
      return keep_if(next_is({"always", "by"}));
    case IDENTITY:
      return keep_if(before == AS || before == DROP);
    case IGNORE:
      if (is_mysql()) return IGNORE;
      return keep_if(before == LPAREN || before == OR);
    case INCLUDE:
      return keep_if(before == RPAREN && behind == LPAREN);
    case INSTEAD:
      return keep_if(next_is({"of"}));
    case LATERAL:
      return is_postgres() ? static_cast<std::uint16_t>(LATERAL) : keep_if(behind == LPAREN);
    case KEY:
      if (is_mysql()) return KEY;
      return adds_type_tail() ? TYPE_TAIL : KEY_S;
    case INDEX:
      return is_postgres() ? INDEX_S : INDEX;
    case INDEXED:
      return keep_if(next_is({"by"}) || before == NOT);
    case TO:
      if (before == INTERVAL_FIELD && next_is({"month", "hour", "minute", "second"})) {
        return INTERVAL_FIELD;
      }
      return TO;
    case MATCH:
      if (next_is({"full", "partial", "simple"})) return MATCH_OP;
      if (is_mysql()) return MATCH;
      if (is_sqlite() && is_after_operand()) return MATCH_OP;
      return keep_if(false);
    case MEMBER:
      return keep_if(next_is({"of"}));
    case NOWAIT:
      return keep_if(before == RPAREN && starts_with({"create"}) && brackets_.size() == 1 &&
                     !seen_select_);
    case NO:
      return keep_if(next_is({"action", "inherit", "minvalue", "maxvalue", "cycle", "data", "key",
                              "cache", "depends", "wait", "order"}) ||
                     (behind == END_OF_TEXT && is_postgres() && starts_with({"alter"})));
    case OF:
      return keep_if(before == UPDATE || before == INSTEAD || before == PARTITION ||
                     before == NOT || before == MEMBER || before == CURRENT || is_after_operand());
    case OPERATOR:
      return keep_if(behind == LPAREN && before != TABLE && before != DOT);
    case OPTIONS:
      return keep_if(behind == LPAREN || before == WITH);
    case OVER:
      return keep_if(before == RPAREN || before == NULLS);
    case OVERRIDING:
      return keep_if(next_is({"user", "system"}));
    case OWNED:
      return keep_if(next_is({"by"}));
    case OWNER:
      return keep_if(next_is({"to"}) || behind == EQ);
    case PARTITION:
      if (is_mysql()) {
        return is_in_window() ? PARTITION : PARTITION_M;
      }
      return keep_if(next_is({"by", "of"}) || before == ATTACH || before == DETACH);
    case PERIOD:
      return keep_if(next_is({"for"}));
    case RANGE:
      if (before == AS && is_postgres() && starts_with({"create"}) && word_is(1, {"type"}))
        return RANGE;
      if (is_word(word(i_), "rows") && next_is({"from"}) && next_type(2) == LPAREN) {
        ++i_;
        return ROWS_FROM;
      }
      return keep_if(brackets_.size() > 1 && before != COMMA && before != DOT &&
                     (behind == NUMBER || behind == PARAMETER || behind == STRING ||
                      (behind == LPAREN && is_in_window() && is_after_operand()) ||
                      next_is({"between", "unbounded", "current", "interval"})));
    case RECURSIVE:
      return keep_if(before == WITH || next_is({"view"}));
    case ROW:
      return keep_if(behind == LPAREN || before == AS);
    case SEQUENCE:
      if (is_mysql())
        return keep_if(before == CREATE || before == DROP || before == ALTER ||
                       (before == REPLACE && starts_with({"create"})));
      return SEQUENCE;
    case SOUNDS:
      return keep_if(next_is({"like"}));
    case SQL:
      return keep_if(next_is({"security"}));
    case INTERVAL_M: {
      // INTERVAL(a, b, c) is a function: it has a comma.
      int depth = 0;
      for (std::size_t i = i_ + 1; behind == LPAREN && i < raw_.size(); ++i) {
        if (raw_[i].type == LPAREN) ++depth;
        if (raw_[i].type == RPAREN && --depth == 0) break;
        if (raw_[i].type == COMMA && depth == 1) return IDENTIFIER;
      }
      return INTERVAL_M;
    }
    case TRUE_:
    case FALSE_:
      if (behind == DOT) return IDENTIFIER;
      [[fallthrough]];
    case ASC:
    case DESC:
      if (is_sqlite() && starts_with({"create"}) && !seen_select_ &&
          (before == TABLE || ((before == LPAREN || before == COMMA) && brackets_.size() == 2 &&
                               word_is(1, {"table"})))) {
        return IDENTIFIER;
      }
      return keyword;
    case CHARSET:
      if (is_word(word(i_), "character")) {
        if (!next_is({"set"})) break;
        ++i_;
        return CHARSET;
      }
      return behind == LPAREN ? static_cast<std::uint16_t>(IDENTIFIER)
                              : static_cast<std::uint16_t>(CHARSET);
    case VALID:
      return keep_if(before == NOT);
    case VALUES:
      if (is_mysql() && seen_on_duplicate_ && behind == LPAREN) return VALUES_FN;
      if (is_mysql() && behind != LPAREN && !next_is({"row", "in", "less"}))
        return keep_if(before == DEFAULT);
      if (is_postgres()) return keep_if(behind == LPAREN || before == DEFAULT || before == FOR);
      return VALUES;
    case VIRTUAL:
      if (is_sqlite()) return keep_if(before == CREATE || is_after_operand());
      return VIRTUAL;
    case WHEN:
      if (starts_with({"create"}) && !seen_body_ && brackets_.back().cases == 0 &&
          open_cases_ == 0) {
        seen_body_ = true;
        return TRIGGER_WHEN;
      }
      return WHEN;
    case WITHIN:
      return keep_if(next_is({"group"}));
    case AS:
      if (is_mysql() && before == RPAREN && seen_values_ && brackets_.size() == 1 &&
          starts_with({"insert", "replace"})) {
        return ROW_AS;
      }
      return AS;
    case LIKE:
      if (is_sqlite() && behind == LPAREN && !is_after_operand() && before != NOT_OP)
        return IDENTIFIER;
      return LIKE;
    case DEFERRED:
    case ALWAYS:
    case AUTHORIZATION:
    default:
      return keyword;
  }
  // Words that are no keywords, but stand in a phrase.
  const std::string_view w = word(i_);
  if (is_word(w, "precision") && before == IDENTIFIER && prev_word_is({"double"})) return TYPE_TAIL;
  if (is_word(w, "varying") && before == IDENTIFIER &&
      (prev_word_is({"character", "char", "nchar", "bit"}))) {
    return TYPE_TAIL;
  }
  if (is_word(w, "varying") && before == TYPE_TAIL) return TYPE_TAIL;
  if (prev_word_is({"national"}) && before == IDENTIFIER && is_word(w, "character"))
    return TYPE_TAIL;
  if (prev_word_is({"national"}) && before == IDENTIFIER &&
      (is_word(w, "char") || is_word(w, "varchar"))) {
    return TYPE_TAIL;
  }
  if (is_mysql() && prev_word_is({"long"}) && before == IDENTIFIER &&
      (is_word(w, "varchar") || is_word(w, "varbinary"))) {
    return TYPE_TAIL;
  }
  // DELETE QUICK FROM t, but quick.* FROM ...: there it is a table.
  if (is_mysql() && is_word(w, "quick") && starts_with({"delete"}) && behind == IDENTIFIER &&
      (before == DELETE_ || before == LOW_PRIORITY || before == IGNORE)) {
    return LOW_PRIORITY;
  }
  if (is_mysql() && is_word(w, "char") && next_is({"set"})) {
    ++i_;
    return CHARSET;
  }
  if (is_mysql() && before == UNSIGNED && (is_word(w, "integer") || is_word(w, "int")))
    return TYPE_TAIL;
  if (is_mysql() && is_word(w, "serial") && next_is({"default"}) && word_is(i_ + 2, {"value"}) &&
      is_after_operand()) {
    i_ += 2;
    return SERIAL_DEFAULT;
  }
  if (is_postgres()) {
    const bool is_field = is_word(w, "year") || is_word(w, "month") || is_word(w, "day") ||
                          is_word(w, "hour") || is_word(w, "minute") || is_word(w, "second");
    if (is_field &&
        ((before == IDENTIFIER && prev_word_is({"interval"})) || before == INTERVAL_FIELD ||
         (before == STRING && list_.tokens.size() >= 2 &&
          is_word(text_of(text_, list_.tokens[list_.tokens.size() - 2]), "interval")))) {
      return INTERVAL_FIELD;
    }
  }
  if (brackets_.back().opened_by == TRIM && before == LPAREN &&
      (is_word(w, "leading") || is_word(w, "trailing") || is_word(w, "both"))) {
    return TRIM_SIDE;
  }
  if (next_type() == ARROW || (is_postgres() && next_type() == ASSIGN && brackets_.size() > 1 &&
                               (before == LPAREN || before == COMMA))) {
    return ARG_NAME;
  }
  if (is_word(w, "grouping") && next_is({"sets"})) {
    ++i_;
    return IDENTIFIER;
  }
  if (is_mysql() && is_word(w, "value") && starts_with({"insert", "replace"}) &&
      next_type() == LPAREN && brackets_.size() == 1 && is_after_operand()) {
    return VALUES;
  }
  if (is_postgres() && is_word(w, "collation") && next_is({"for"}) && next_type(2) == LPAREN) {
    ++i_;
    return IDENTIFIER;
  }
  if (next_is({"normalized"}) && (before == IS || before == NOT)) {
    ++i_;
    return IDENTIFIER;
  }
  if (is_mysql() && w.starts_with('_') && (next_type() == NUMBER || next_type() == BIT_STRING) &&
      w.size() > 1) {
    ++i_;
    return NUMBER;
  }
  if (next_is({"nulls"}) && before == RPAREN && (is_word(w, "ignore") || is_word(w, "respect"))) {
    return IGNORE_NULLS;
  }
  return IDENTIFIER;
}

}  // namespace

TokenList retag(std::string_view text, const std::vector<RawToken>& raw, Dialect dialect) {
  return Retagger(text, raw, dialect).run();
}

}  // namespace sqlxc::syntax
