#include "compiler/syntax/retag.h"

#include "compiler/syntax/retagger.h"

namespace sqlxc::syntax {

using namespace sym;

// The brackets `(` that hold a query: what stands in them begins with SELECT, and behind a nested
// one comes nothing that would make it an operand, a list or a join.
void Retagger::find_query_brackets() {
  is_query_bracket_.assign(raw_.size(), false);
  duplicate_at_ = 0;
  while (duplicate_at_ < raw_.size() && !word_is(duplicate_at_, {"duplicate"})) ++duplicate_at_;
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
      const bool is_call = i > 0 && raw_[i - 1].type == IDENTIFIER && !makes_table &&
                           (raw_[i - 1].word_class == WordClass::N || word_is(i - 1, {"row"}) ||
                            word_is(i - 2, {"collation"}));
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
    return behind == LPAREN ? !is_mysql() || index < duplicate_at_
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

// In the brackets of CREATE TABLE, where a column's name or a constraint stands.
bool Retagger::defines_columns() const {
  const bool is_table = word_is(1, {"table"}) || word_is(2, {"table"});
  return starts_with({"create"}) && is_table && brackets_.size() == 2 && !seen_select_ &&
         (prev() == LPAREN || prev() == COMMA);
}

// Where no statement and no action begins: (a, set, b), SELECT set FROM t, ORDER BY set, set > 0.
bool Retagger::is_named_by_neighbours() const {
  const std::uint16_t before = prev();
  const std::uint16_t behind = next_type();
  if (before == COLUMN || before == BY) return true;
  const bool is_compared = behind == EQ || behind == OP || behind == TYPECAST ||
                           next_is({"is", "in", "between", "like", "ilike"});
  if (is_compared && raw_[i_].keyword != BETWEEN) return true;
  const bool is_in_list = before == SELECT || before == COMMA || before == LPAREN;
  if (!is_in_list || (brackets_.size() == 1 && !seen_select_)) return false;
  return behind == COMMA || behind == RPAREN || (next_is({"from"}) && before != LPAREN);
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

// A keyword that the grammar also takes for a name: type NOT IN (1, 2).
bool Retagger::is_after_name() const {
  return i_ > 0 && raw_[i_ - 1].type == IDENTIFIER && raw_[i_ - 1].word_class == WordClass::S;
}

// The words of joins are names in SQLite but where a join is: in front of JOIN or another of them.
bool Retagger::joins() const {
  return seen_from_ && prev() != AS && (next_is({"join"}) || is_join_word(i_ + 1));
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
    if (next_type() == DOT || is_behind_new_column()) return QUOTED_IDENTIFIER;
    if (adds_type_tail()) return TYPE_TAIL;
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

// Where a column's type may stand, behind its name.
bool Retagger::is_behind_new_column() const {
  const bool is_name_before = is_name(prev()) || (i_ > 0 && raw_[i_ - 1].type == IDENTIFIER);
  if (!is_name_before || seen_select_) return false;
  if (starts_with({"alter"})) return prev(2) == ADD || prev(2) == COLUMN;
  const bool is_table = word_is(1, {"table"}) || word_is(2, {"table"});
  return starts_with({"create"}) && is_table && brackets_.size() == 2 &&
         (prev(2) == LPAREN || prev(2) == COMMA);
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

TokenList retag(std::string_view text, const std::vector<RawToken>& raw, Dialect dialect) {
  return Retagger(text, raw, dialect).run();
}

}  // namespace sqlxc::syntax
