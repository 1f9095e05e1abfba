#include <charconv>
#include <utility>

#include "compiler/syntax/narrow.h"

// Tables, their constraints, and what else is created.
namespace sqlxc::syntax::narrow {

namespace {

bool is_postgres(Node node) { return node.context().dialect == Dialect::postgres; }
bool is_mysql(Node node) { return node.context().dialect == Dialect::mysql; }
bool is_sqlite(Node node) { return node.context().dialect == Dialect::sqlite; }

// ON DELETE and ON UPDATE of one reference, in the order in which they stand.
class Actions {
 public:
  Found add(Node on_clause) {
    bool& is_there = on_clause.has(sym::UPDATE) ? on_update_ : on_delete_;
    if (is_there && !is_sqlite(on_clause))
      return at(on_clause, "one action for each of `on delete` and `on update`");
    is_there = true;
    return columns(on_clause);
  }

 private:
  // PostgreSQL 15: SET NULL (a, b), for ON DELETE only.
  static Found columns(Node on_clause) {
    const Node list = on_clause.find(sym::RuleNameList);
    if (!list || (is_postgres(on_clause) && !on_clause.has(sym::UPDATE))) return {};
    return at(list, "the end of the action");
  }

  bool on_update_ = false;
  bool on_delete_ = false;
};

// MATCH PARTIAL is SQL, but PostgreSQL has it not; where it is read elsewhere it means nothing.
Found match(Node words) {
  if (!is_postgres(words)) return {};
  for (const Node child : words) {
    if (child.is(sym::RuleIdentifier) && child.is_word("partial"))
      return at(child, "`full` or `simple`");
  }
  return {};
}

// What stands behind a constraint of a table, word by word, as PostgreSQL's processCASbits (gram.y)
// judges it.
class Attributes {
 public:
  Attributes(bool may_be_deferred, bool may_be_not_valid, bool may_be_no_inherit)
      : may_be_deferred_(may_be_deferred),
        may_be_not_valid_(may_be_not_valid),
        may_be_no_inherit_(may_be_no_inherit) {}

  Found add(Node part) {
    const Node word = part.first().is(sym::RuleConstraintTime) ? part.first() : part;
    const bool is_negated = word.has(sym::NOT);
    if (word.has(sym::DEFERRABLE)) {
      if (is_negated ? is_deferrable_ : is_not_deferrable_) return at(part, "one of the two");
      (is_negated ? is_not_deferrable_ : is_deferrable_) = true;
      if (!is_negated && !may_be_deferred_) return at(part, "another constraint");
    }
    if (word.has(sym::DEFERRED)) {
      if (is_immediate_) return at(part, "one of the two");
      is_deferred_ = true;
      if (!may_be_deferred_) return at(part, "another constraint");
    }
    if (word.has(sym::IMMEDIATE)) {
      if (is_deferred_) return at(part, "one of the two");
      is_immediate_ = true;
    }
    if (is_deferred_ && is_not_deferrable_) return at(part, "`deferrable`");
    if (word.has(sym::VALID) && !may_be_not_valid_) return at(part, "another constraint");
    if (word.has(sym::NO) && !may_be_no_inherit_) return at(part, "another constraint");
    return {};
  }

 private:
  bool may_be_deferred_;
  bool may_be_not_valid_;
  bool may_be_no_inherit_;
  bool is_deferrable_ = false;
  bool is_not_deferrable_ = false;
  bool is_deferred_ = false;
  bool is_immediate_ = false;
};

bool is_attribute(Node part) {
  if (part.first().is(sym::RuleConstraintTime)) return true;
  return part.first().is_token() && (part.token_type() == sym::NOT || part.token_type() == sym::NO);
}

bool is_reference_action(Node on_clause) {
  const Node word = on_clause.children()[2];
  return !word.is_token(sym::NILADIC) && !word.is_token(sym::IDENTIFIER);
}

// MySQL's and SQLite's defaults without brackets are a literal, signed or not, or what is called.
Found plain_value(Node operand) {
  const Node sign = operand.find(sym::RulePrefix);
  if (!sign) return {};
  const Node primary = operand.find(sym::RulePrimary);
  const bool is_sign = sign.token_type() == sym::PLUS || sign.token_type() == sym::MINUS;
  if (!primary || (!is_sign && !is_sqlite(operand))) return {};
  const Node literal = primary.find(sym::RuleLiteral);
  const bool is_number = literal && literal.token_type() == sym::NUMBER;
  // SQLite takes a sign before any literal.
  const bool is_term = is_sqlite(operand) && (literal || primary.has(sym::NILADIC));
  if (is_sign && (is_number || is_term)) return {};
  if (!is_sign) return at(sign, "a value");
  return at(primary, "a number");
}

// A parameter's value is not known when a table is made.
Found parameter(Node node) {
  if (!is_mysql(node)) return {};
  for (std::uint32_t i = node.first_token(); i < node.end_token(); ++i) {
    if (node.token(i).type == sym::PARAMETER && node.token_text(i) == "?")
      return Refusal{i, "a value"};
  }
  return {};
}

// MySQL's DOUBLE (m, d) and its kin take what fits 31 bits.
Found digits(Node type) {
  if (!type || !is_mysql(type)) return {};
  if (!type.is_word("double") && !type.is_word("float") && !type.is_word("real")) return {};
  const Node args = type.find(sym::RuleTypeArgs);
  if (!args) return {};
  for (const Node arg : args) {
    if (!arg.is(sym::RuleTypeArg) || arg.token_type() != sym::NUMBER) continue;
    std::int32_t digits = 0;
    const std::string_view text = arg.word();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digits);
    if (error == std::errc::result_out_of_range) return at(arg, "a number of digits");
  }
  return {};
}

Found modifiers(Node table) {
  Node scope;
  bool is_given = false;
  for (const Node child : table) {
    if (!child.is(sym::RuleTableModifier)) continue;
    const std::uint16_t word = child.token_type();
    const bool is_scope = word == sym::GLOBAL || word == sym::LOCAL;
    if (is_given) return at(child, "`table`");
    if (scope && word != sym::TEMP && word != sym::TEMPORARY) return at(child, "`temporary`");
    if (is_scope) scope = child;
    is_given = !is_scope;
  }
  if (scope && !is_given) return at(table.find_token(sym::TABLE), "`temporary`");
  return {};
}

}  // namespace

Found table(Node node) {
  if (Found found = modifiers(node)) return found;
  if (const Node replace = node.find_token(sym::REPLACE); replace && !is_mysql(node))
    return at(node.find_token(sym::OR), "`table`");
  if (Found found = path(node.find(sym::RulePath), "a table name")) return found;
  return parameter(node);
}

Found column(Node node) {
  // MySQL's t.c may end in any word.
  if (Found found = name(node.find(sym::RuleIdentifier), "a column name")) return found;
  if (const Node type = node.find(sym::RuleTypeName);
      type && is_mysql(node) && type.is_word("json")) {
    for (const Node suffix : type) {
      if (suffix.is(sym::RuleTypeSuffix) && suffix.has(sym::CHARSET))
        return at(suffix, "a constraint");
    }
  }
  if (Found found = digits(node.find(sym::RuleTypeName))) return found;
  Actions actions;
  bool is_behind_reference = false;
  for (const Node part : node) {
    if (!part.is(sym::RuleColumnPart)) continue;
    const Node first = part.first();
    const bool may_act = std::exchange(is_behind_reference, false);
    if (first.is(sym::RuleReferences)) {
      actions = {};
      is_behind_reference = true;
      if (Found found = match(first)) return found;
    } else if (first.is(sym::RuleOnClause) && is_reference_action(first)) {
      if (!may_act) return at(first, "a constraint");
      is_behind_reference = true;
      if (Found found = actions.add(first)) return found;
    } else if (first.is_token(sym::MATCH_OP)) {
      if (!may_act || !is_sqlite(node)) return at(part, "a constraint");
      is_behind_reference = true;
    } else if (is_postgres(node) && part.has(sym::NOT) && part.has(sym::VALID)) {
      return at(part, "a constraint");
    }
  }
  return {};
}

Found constraint(Node node) {
  if (const Node given = node.find(sym::RuleIdentifier)) {
    if (Found found = name(given, "a name")) return found;
  }
  const Node body = node.find(sym::RuleConstraintBody);
  const std::uint16_t word = body.token_type();
  if (const Node method = body.find(sym::RuleIndexMethod); method && word == sym::FULLTEXT)
    return at(method, "`(`");
  if (const Node of = body.find(sym::RuleReferences)) {
    if (Found found = match(of)) return found;
  }
  Actions actions;
  Attributes attributes(word != sym::CHECK_, word == sym::CHECK_ || word == sym::FOREIGN,
                        word == sym::CHECK_ || word == sym::NOT);
  bool has_action = false;
  for (const Node part : node) {
    if (!part.is(sym::RuleConstraintPart)) continue;
    if (part.first().is(sym::RuleOnClause)) {
      has_action = true;
      if (Found found = actions.add(part.first())) return found;
    } else if (part.token_type() == sym::MATCH_OP && !is_sqlite(node)) {
      return at(part, has_action ? "`,` or `)`" : "one `match`");
    } else if (is_postgres(node) && is_attribute(part)) {
      if (Found found = attributes.add(part)) return found;
    }
  }
  return {};
}

Found alter_action(Node node) {
  if (Found found = parameter(node)) return found;
  const auto parts = node.children();
  const std::uint16_t verb = node.token_type();
  if (verb == sym::DROP || verb == sym::RENAME || verb == sym::ALTER || verb == sym::CHANGE) {
    for (const Node part : parts) {
      if (!part.is(sym::RuleIdentifier)) continue;
      if (Found found = name(part, "a name")) return found;
    }
  }
  if (is_postgres(node) && parts[0].is_token(sym::ALTER) && node.has(sym::CONSTRAINT)) {
    Attributes attributes(true, false, true);
    for (const Node part : node) {
      if (!part.is(sym::RuleConstraintPart) || !is_attribute(part)) continue;
      if (Found found = attributes.add(part)) return found;
    }
  }
  if (is_postgres(node) && parts[0].is_token(sym::SET) && parts.size() > 1 &&
      parts[1].token_type() == sym::WITH) {
    return at(parts[1], "`without`");
  }
  if (const Node number = node.find_token(sym::NUMBER); number && parts[0].is_token(sym::ALTER)) {
    int column = 0;
    const std::string_view text = number.word();
    std::from_chars(text.data(), text.data() + text.size(), column);
    if (column < 1 || column > 32767) return at(number, "a number from 1 to 32767");
  }
  const Node set = node.find(sym::RuleAlterColumn);
  const Node value = set ? set.find(sym::RuleExpr) : Node{};
  if (value && set.has(sym::DEFAULT) && is_mysql(node)) {
    if (const Node infix = value.find(sym::RuleInfix))
      return at(infix, "`,` or the end of the statement");
    return plain_value(value.first());
  }
  return {};
}

Found default_value(Node node) {
  if (is_postgres(node)) return {};
  if (const Node infix = node.find(sym::RuleDefaultInfix)) return at(infix, "a constraint");
  return plain_value(node.first());
}

Found view(Node node) {
  if (Found found = path(node.find(sym::RulePath), "a name")) return found;
  const Node materialized = node.find_token(sym::MATERIALIZED);
  const Node replace = node.find_token(sym::REPLACE);
  if (replace && (materialized || is_sqlite(node)))
    return at(materialized ? materialized : node.find_token(sym::OR), "`view`");
  if (!is_postgres(node) || materialized) return {};
  if (const Node absent = node.find(sym::RuleIfNotExists)) return at(absent, "a name");
  for (const Node option : node) {
    if (!option.is(sym::RuleViewOption)) continue;
    if (option.token_type() == sym::USING || option.token_type() == sym::TABLESPACE)
      return at(option, "`as` or `with`");
  }
  return {};
}

Found index(Node node) {
  if (Found found = path(node.find(sym::RulePath), "a name")) return found;
  if (node.has(sym::REPLACE) && !is_mysql(node))
    return at(node.find_token(sym::OR), "`unique` or `index`");
  const Node method = node.find(sym::RuleIndexMethod);
  const bool is_before = method && node.find_token(sym::ON) &&
                         method.first_token() < node.find_token(sym::ON).first_token();
  if (is_before && node.has(sym::FULLTEXT)) return at(method, "`on`");
  return {};
}

// What has the names of functions and types may have more of them.
Found drop(Node node) {
  const Node object = node.find(sym::RuleDropObject);
  const bool is_relation = object.has(sym::TABLE) || object.has(sym::VIEW) ||
                           object.find(sym::RuleIndex) || object.has(sym::SEQUENCE);
  if (!is_relation) return {};
  for (const Node child : node) {
    if (!child.is(sym::RuleDropName)) continue;
    if (Found found = path(child.find(sym::RulePath), "a name")) return found;
  }
  return {};
}

// PostgreSQL manual, CREATE TRIGGER: FROM is a constraint trigger's, which fires AFTER.
Found trigger(Node node) {
  if (!is_postgres(node)) return {};
  const bool is_constraint = node.has(sym::CONSTRAINT);
  for (const Node child : node) {
    const bool is_other_time = child.is_token(sym::BEFORE) || child.is_token(sym::INSTEAD);
    if (is_constraint && is_other_time) return at(child, "`after`");
  }
  const Node prelude = node.find(sym::RuleTriggerPrelude);
  if (prelude && !is_constraint && prelude.end_token() > prelude.first_token() &&
      prelude.token_type() == sym::FROM) {
    return at(prelude, "`for`, `when` or `execute`");
  }
  return {};
}

// PostgreSQL before 8: ... LANGUAGE c WITH (isStrict).
Found function(Node node) {
  if (!is_postgres(node)) return {};
  const Node rest = node.find(sym::RuleFunctionRest);
  if (!rest) return {};
  for (std::uint32_t i = rest.first_token(); i + 1 < rest.end_token(); ++i) {
    if (is_word(rest.token_text(i), "begin") || is_word(rest.token_text(i), "return")) return {};
    if (rest.token(i).type == sym::WITH && rest.token(i + 1).type == sym::LPAREN)
      return Refusal{i, "the end of the statement"};
  }
  return {};
}

// MySQL's list of partitions: a name stands behind PARTITION, and MAXVALUE is no value of a list.
Found partitions(Node node) {
  if (!is_mysql(node) || node.token(node.first_token() + 1).type != sym::PARTITION_M) return {};
  int depth = 0;
  bool is_maxvalue_taken = true;
  for (std::uint32_t i = node.first_token(); i + 1 < node.end_token(); ++i) {
    const std::uint16_t type = node.token(i).type;
    if (type == sym::LPAREN || type == sym::LPAREN_Q) ++depth;
    if (type == sym::RPAREN) --depth;
    const std::string_view next = node.token_text(i + 1);
    if (depth == 1 && (type == sym::LPAREN || type == sym::COMMA)) {
      is_maxvalue_taken = true;
    }
    if (depth == 1 && type == sym::PARTITION_M &&
        (is_word(next, "partition") || is_word(next, "values")))
      return Refusal{i + 1, "a name"};
    if (depth == 1 && type == sym::IN_) is_maxvalue_taken = false;
    if (depth > 1 && !is_maxvalue_taken && is_word(next, "maxvalue"))
      return Refusal{i + 1, "a value"};
  }
  return {};
}

}  // namespace sqlxc::syntax::narrow
