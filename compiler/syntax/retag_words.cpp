#include "compiler/syntax/retagger.h"

// Words: a keyword, a name, or what only its neighbours make of it.
namespace sqlxc::syntax {

using namespace sym;

std::uint16_t Retagger::classify() {
  const RawToken& raw = raw_[i_];
  if (prev() == DOT || prev() == FIELD_DOT) return IDENTIFIER;
  // UPDATE t SET first = 1
  if (prev() == SET && next_type() == EQ && starts_with({"update"})) return IDENTIFIER;
  if (is_sqlite() && is_join_word(i_) && !joins()) return adds_type_tail() ? TYPE_TAIL : IDENTIFIER;
  switch (raw.word_class) {
    case WordClass::N:
      break;
    case WordClass::R:
    case WordClass::S:
    case WordClass::X:
      return classify_by_neighbours(raw.keyword);
    case WordClass::F:
      if (next_type() == LPAREN && i_ > 0) return IDENTIFIER;
      return classify_by_neighbours(raw.keyword);
    case WordClass::A:
      if (is_after_operand()) return classify_by_neighbours(raw.keyword);
      break;
    case WordClass::B:
      if (is_after_operand() || prev() == SET || prev() == NO || prev() == DROP) {
        return raw.keyword;
      }
      break;
    case WordClass::V:
      if (defines_columns() || is_named_by_neighbours()) return IDENTIFIER;
      // hstore's delete(h, 'a')
      if (raw.keyword == DELETE_ && next_type() == LPAREN) return IDENTIFIER;
      return classify_by_neighbours(raw.keyword);
    case WordClass::P:
      if (next_type() != LPAREN) break;
      // A table may bear the word: CREATE TABLE json_table (...), REFERENCES overlay (id).
      if (prev() == TABLE || prev() == EXISTS || prev() == INTO || prev() == REFERENCES) break;
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
      // SQLite's types are any words: timestamp with time zone.
      if (next_is({"time"}) && adds_type_tail()) return TYPE_TAIL;
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
      if (next_is({"time"}) && adds_type_tail()) return TYPE_TAIL;
      return is_postgres() && next_is({"time"}) ? WITH_TZ : WITHOUT;
    case NULLS:
      if (next_is({"first", "last"})) return NULLS_LA;
      return keep_if(next_is({"not", "distinct"}) || before == IGNORE_NULLS);
    case NOT:
      if ((is_after_operand() || is_after_name()) && before != DEFAULT &&
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
      if (is_mysql()) return BY;
      return keep_if(before != COMMA && before != LPAREN && before != COLUMN && before != SELECT);
    case COLUMN:
      if (!is_sqlite()) return COLUMN;
      return keep_if(before == ADD || before == DROP || before == RENAME);
    case FOR:
      return is_sqlite() ? keep_if(next_is({"each"})) : static_cast<std::uint16_t>(FOR);
    case UNSIGNED:
      if (is_word(word(i_), "unsigned")) return UNSIGNED;
      return keep_if(before == AS || is_after_operand() ||
                     (before == COMMA && brackets_.back().opened_by == CONVERT));
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
      return keep_if((before == LPAREN && word_is(i_ - 2, {"raise"})) || before == OR);
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
      return keep_if(
          next_is({"action", "inherit", "minvalue", "maxvalue", "cycle", "data", "key", "cache",
                   "depends", "wait", "order"}) ||
          (behind == END_OF_TEXT && is_postgres() && starts_with({"alter"}) && before != COLUMN));
    case OF:
      return keep_if(before == UPDATE || before == INSTEAD || before == PARTITION ||
                     before == NOT || before == MEMBER || before == CURRENT || is_after_operand());
    case OPERATOR:
      return keep_if(behind == LPAREN && before != TABLE && before != DOT);
    case OPTIONS:
      // CREATE TABLE options (...)
      return keep_if(before == WITH ? !next_is({"as"})
                                    : behind == LPAREN && before != TABLE && before != EXISTS &&
                                          before != INTO && before != REFERENCES && before != ON);
    case OVER:
      return keep_if(before == RPAREN || before == NULLS);
    case OVERRIDING:
      return keep_if(next_is({"user", "system"}));
    case OWNED:
      return keep_if(next_is({"by"}));
    case OWNER:
      return keep_if((next_is({"to"}) && before != COLUMN && before != RENAME) || behind == EQ);
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
      if (is_sqlite() && (defines_columns() || before == TABLE)) return IDENTIFIER;
      return keyword;
    case ASC:
    case DESC:
      if (is_sqlite() && (defines_columns() || before == SET || before == DISTINCT)) {
        return IDENTIFIER;
      }
      return keyword;
    case CHARSET:
      if (is_word(word(i_), "character")) {
        if (!next_is({"set"})) break;
        ++i_;
        return CHARSET;
      }
      return keep_if(behind != LPAREN && behind != COMMA && behind != RPAREN &&
                     !defines_columns() && before != COLUMN && before != SELECT &&
                     before != WHERE && before != BY && before != ADD && before != MODIFY &&
                     before != CHANGE && before != INDEX && before != TABLE);
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
  return classify_in_phrase();
}

// A word that is no keyword, but stands in a phrase.
std::uint16_t Retagger::classify_in_phrase() {
  const std::uint16_t before = prev();
  const std::uint16_t behind = next_type();
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
      (is_word(w, "varchar") || is_word(w, "varbinary") || is_word(w, "byte"))) {
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

}  // namespace sqlxc::syntax
