#include "compiler/syntax/classify.h"

#include <algorithm>
#include <array>
#include <span>

#include "compiler/base/nearest.h"

namespace sqlxc::syntax {

namespace {

struct Object {
  std::string_view word;
  std::uint16_t create;  // entries; 0: not by the grammar
  std::uint16_t alter;
  bool is_dropped;  // DROP is read by the grammar
};

constexpr std::uint16_t kNone = UINT16_MAX;  // no rule: a rule's number may be 0
constexpr Object kObjects[] = {
    {"table", sym::RuleCreateTableEntry, sym::RuleAlterTableEntry, true},
    {"tables", kNone, kNone, true},
    {"view", sym::RuleCreateViewEntry, sym::RuleAlterTableEntry, true},
    {"index", sym::RuleCreateIndexEntry, sym::RuleAlterTableEntry, true},
    {"type", sym::RuleCreateTypeEntry, sym::RuleAlterTypeEntry, true},
    {"domain", sym::RuleCreateDomainEntry, sym::RuleAlterDomainEntry, true},
    {"sequence", sym::RuleCreateSequenceEntry, sym::RuleCreateSequenceEntry, true},
    {"schema", sym::RuleCreateSchemaEntry, kNone, true},
    {"database", sym::RuleCreateSchemaEntry, kNone, true},
    {"function", sym::RuleCreateFunctionEntry, kNone, true},
    {"procedure", sym::RuleCreateFunctionEntry, kNone, true},
    {"routine", kNone, kNone, true},
    {"trigger", sym::RuleCreateTriggerEntry, kNone, true},
};

// CREATE of what has a meaning that is not read.
constexpr std::string_view kUnsupported[] = {"rule",      "policy",  "event",
                                             "operator",  "cast",    "aggregate",
                                             "collation", "package", "assertion"};
// Of these, what the catalog keeps as it was written.
constexpr std::string_view kKeptByPostgres[] = {"rule", "policy",    "operator",
                                                "cast", "aggregate", "collation"};
// CREATE of what changes no table.
constexpr std::string_view kIgnored[] = {
    "extension",    "role",         "user",       "group",     "server",     "statistics",
    "tablespace",   "publication",  "language",   "transform", "conversion", "text",
    "access",       "subscription", "foreign",    "default",   "logfile",    "procedural",
    "large",        "system",       "owned",      "instance",  "resource",   "mapping",
    "materialized", "prepare",      "constraint", "spatial",   "temporary",  "server"};

constexpr std::string_view kModifiers[] = {
    "or",           "replace",      "temp",      "temporary", "global",  "local",      "unlogged",
    "virtual",      "materialized", "unique",    "fulltext",  "spatial", "constraint", "recursive",
    "trusted",      "online",       "offline",   "ignore",    "sql",     "security",   "invoker",
    "algorithm",    "merge",        "temptable", "undefined", "if",      "not",        "exists",
    "concurrently", "bitmap",       "hash",      "vector"};

constexpr std::string_view kQueries[] = {"select", "values", "with", "insert",
                                         "update", "delete", "table"};

constexpr std::string_view kIgnoredVerbs[] = {
    "grant",    "revoke",     "begin",   "start",    "commit",    "rollback",  "savepoint",
    "release",  "end",        "abort",   "vacuum",   "analyze",   "analyse",   "lock",
    "unlock",   "truncate",   "copy",    "call",     "execute",   "prepare",   "deallocate",
    "declare",  "fetch",      "move",    "close",    "listen",    "notify",    "unlisten",
    "discard",  "checkpoint", "cluster", "reindex",  "refresh",   "load",      "security",
    "reassign", "explain",    "show",    "describe", "desc",      "flush",     "kill",
    "optimize", "check",      "repair",  "checksum", "handler",   "change",    "purge",
    "install",  "uninstall",  "attach",  "detach",   "xa",        "help",      "signal",
    "resignal", "get",        "cache",   "shutdown", "source",    "delimiter", "comment",
    "binlog",   "open",       "import",  "warnings", "nowarning", "print",     "exit",
    "quit"};
constexpr std::string_view kUnsupportedVerbs[] = {"merge", "do"};
// A routine's statements, where they stand alone.
constexpr std::string_view kFlow[] = {"if",    "elseif", "else",    "case",  "loop",  "while",
                                      "until", "repeat", "iterate", "leave", "return"};
// PostgreSQL's objects whose ALTER wants an action behind the name.
constexpr std::string_view kAltered[] = {"server", "wrapper", "extension", "publication",
                                         "subscription"};
constexpr std::string_view kVerbs[] = {"create", "alter", "drop",   "comment", "rename",
                                       "set",    "use",   "pragma", "reset",   "replace"};

template <typename List>
bool is_one_of(std::string_view word, const List& list) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](std::string_view w) { return is_word(word, w); });
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

class Classifier {
 public:
  Classifier(std::string_view text, const TokenList& list, Dialect dialect)
      : text_(text), tokens_(list.tokens), dialect_(dialect) {}

  Class run();

 private:
  std::string_view word(std::size_t i) const {
    if (i >= tokens_.size()) return {};
    return text_of(text_, tokens_[i]);
  }
  Class made(Class::Kind kind, std::uint16_t entry, std::string construct) const {
    Class c;
    c.kind = kind;
    c.entry = entry;
    c.construct = std::move(construct);
    return c;
  }
  Class unknown(std::size_t token, std::span<const std::string_view> candidates) const;
  Class object_statement(std::string_view verb);
  bool misses_action(std::uint32_t* at) const;
  Class of_object(std::string_view verb, std::size_t at);
  std::size_t skip_definer(std::size_t at) const;

  std::string_view text_;
  const std::vector<Token>& tokens_;
  Dialect dialect_;
};

Class Classifier::unknown(std::size_t token, std::span<const std::string_view> candidates) const {
  Class c;
  c.token = static_cast<std::uint32_t>(token);
  c.nearest = std::string(nearest(word(token), candidates));
  return c;
}

// DEFINER = `root`@`%`
std::size_t Classifier::skip_definer(std::size_t at) const {
  at += 3;
  while (at < tokens_.size() &&
         (tokens_[at].type == sym::PARAMETER || tokens_[at].type == sym::OTHER_CHAR ||
          tokens_[at].type == sym::LPAREN || tokens_[at].type == sym::RPAREN ||
          (at > 0 && tokens_[at - 1].type == sym::OTHER_CHAR))) {
    ++at;
  }
  return at;
}

Class Classifier::of_object(std::string_view verb, std::size_t at) {
  const std::string name = lower(word(at));
  const bool is_create = verb == "create";
  const std::string construct = std::string(verb) + " " + name;
  // PostgreSQL's databases are not schemas; ALL IN TABLESPACE moves files.
  const bool is_elsewhere = dialect_ == Dialect::postgres && name == "database";
  if (is_elsewhere || (verb == "alter" && is_word(word(at + 1), "all"))) {
    return made(Class::Kind::ignored, 0, construct);
  }
  for (const Object& object : kObjects) {
    if (name != object.word) continue;
    std::uint16_t entry = is_create ? object.create : object.alter;
    if (verb == "drop") entry = object.is_dropped ? std::uint16_t{sym::RuleDropEntry} : kNone;
    const bool is_alter_view = verb == "alter" && name == "view" && dialect_ == Dialect::mysql;
    if (is_alter_view) entry = sym::RuleCreateViewEntry;
    if (is_create && name == "table") {
      for (std::size_t i = at; i + 1 < tokens_.size(); ++i) {
        if (tokens_[i].type == sym::AS && tokens_[i + 1].type == sym::EXECUTE) {
          return made(Class::Kind::unsupported, 0, "create table as execute");
        }
      }
    }
    if (entry != kNone) return made(Class::Kind::grammar, entry, construct);
    const bool renames = std::any_of(tokens_.begin(), tokens_.end(),
                                     [](const Token& t) { return t.type == sym::RENAME; });
    return made(renames && name == "schema" ? Class::Kind::unsupported : Class::Kind::ignored, 0,
                construct);
  }
  const bool is_kept = dialect_ == Dialect::postgres && is_one_of(name, kKeptByPostgres);
  if (is_create && is_one_of(name, kUnsupported) && !is_kept)
    return made(Class::Kind::unsupported, 0, construct);
  if (is_one_of(name, kUnsupported) || is_one_of(name, kIgnored))
    return made(Class::Kind::ignored, 0, construct);
  return {};
}

Class Classifier::object_statement(std::string_view verb) {
  std::size_t at = 1;
  while (at + 1 < tokens_.size()) {
    const std::string_view w = word(at);
    if (is_word(w, "definer")) {
      at = skip_definer(at);
    } else if (is_word(w, "algorithm") && tokens_[at + 1].type == sym::EQ) {
      at += 3;
    } else if (is_word(w, "aggregate") && is_word(word(at + 1), "function")) {
      ++at;
    } else if (is_word(w, "foreign") && is_word(word(at + 1), "table")) {
      ++at;
    } else if (is_word(w, "event") && is_word(word(at + 1), "trigger")) {
      return made(verb == "create" ? Class::Kind::unsupported : Class::Kind::ignored, 0,
                  std::string(verb) + " event trigger");
    } else if (is_word(w, "default") || !is_one_of(w, kModifiers)) {
      break;
    } else {
      ++at;
    }
  }
  Class found = of_object(verb, at);
  if (found.kind != Class::Kind::unknown) return found;
  static constexpr std::string_view kWords[] = {
      "table",  "view",         "index",     "type",      "domain",  "sequence",
      "schema", "database",     "function",  "procedure", "trigger", "temporary",
      "unique", "materialized", "extension", "or"};
  return unknown(at, kWords);
}

// ALTER SERVER s; ALTER EXTENSION e ADD PROCEDURAL;: the end came too early.
bool Classifier::misses_action(std::uint32_t* at) const {
  std::size_t object = 1;
  if (is_word(word(1), "foreign") && is_word(word(2), "data")) object = 3;
  if (dialect_ != Dialect::postgres || !is_one_of(word(object), kAltered)) return false;
  *at = static_cast<std::uint32_t>(tokens_.size() - 1);
  const bool is_bare = tokens_.size() == object + 3;
  return is_bare || is_word(word(*at - 1), "procedural");
}

Class Classifier::run() {
  if (tokens_.empty() || tokens_[0].type == sym::END_OF_TEXT)
    return made(Class::Kind::ignored, 0, "");
  const std::string first = lower(word(0));
  if (std::uint32_t at = 0; first == "alter" && misses_action(&at)) {
    Class made;
    made.token = at;
    made.expected = is_word(word(at - 1), "procedural") ? "`language`" : "what is to change";
    return made;
  }
  if (first == "create" || first == "alter" || first == "drop") {
    return object_statement(first);
  }
  if (first == "with") {
    for (std::size_t i = 1; i + 1 < tokens_.size(); ++i) {
      if (is_word(word(i), "merge") && tokens_[i + 1].type == sym::INTO) {
        return made(Class::Kind::unsupported, 0, "merge");
      }
    }
  }
  if (tokens_[0].type == sym::LPAREN_Q || tokens_[0].type == sym::LPAREN ||
      is_one_of(first, kQueries)) {
    return made(Class::Kind::grammar, sym::RuleWithEntry, first);
  }
  if (first == "replace" && dialect_ != Dialect::postgres)
    return made(Class::Kind::grammar, sym::RuleWithEntry, first);
  if (first == "comment" && is_word(word(1), "on"))
    return made(Class::Kind::grammar, sym::RuleCommentOnEntry, "comment on");
  if (first == "rename" && (is_word(word(1), "table") || is_word(word(1), "tables"))) {
    return made(Class::Kind::grammar, sym::RuleRenameTableEntry, "rename table");
  }
  if (first == "rename") return made(Class::Kind::ignored, 0, "rename");
  if (first == "set" || first == "use" || first == "pragma" || first == "reset") {
    return made(Class::Kind::setting, 0, first);
  }
  if (first == "import") return made(Class::Kind::unsupported, 0, "import foreign schema");
  if (dialect_ == Dialect::mysql) {
    if (is_one_of(first, kFlow)) return made(Class::Kind::unsupported, 0, first);
    if (tokens_.size() > 1 && tokens_[1].type == sym::COLON)
      return made(Class::Kind::unsupported, 0, "label");
  }
  if (is_one_of(first, kIgnoredVerbs)) return made(Class::Kind::ignored, 0, first);
  if (is_one_of(first, kUnsupportedVerbs)) return made(Class::Kind::unsupported, 0, first);
  std::vector<std::string_view> all(std::begin(kVerbs), std::end(kVerbs));
  all.insert(all.end(), std::begin(kQueries), std::end(kQueries));
  all.insert(all.end(), std::begin(kIgnoredVerbs), std::end(kIgnoredVerbs));
  return unknown(0, all);
}

}  // namespace

Class classify(std::string_view text, const TokenList& tokens, Dialect dialect) {
  return Classifier(text, tokens, dialect).run();
}

}  // namespace sqlxc::syntax
