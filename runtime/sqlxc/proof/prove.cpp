#include <sqlxc/proof/prove.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sqlxc/core/hash.h>
#include <sqlxc/core/text.h>
#include <sqlxc/proof/judge.h>
#include <sqlxc/proof/record.h>
#include <sqlxc/proof/rows.h>

namespace sqlxc::proof {
namespace {

using Outcome = Judgement::Outcome;

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kChanged = 4;  // one change for so many new rows
constexpr std::size_t kShown = 12;   // disagreements of one table

struct Options {
  std::size_t rows = 20'000;  // of all tables
  std::uint64_t seed = 1;
  std::string database;  // a URL of PostgreSQL or an SQLite file; none: SQLite in memory
  std::string record;    // a file for every row and what the service says of it
};

constexpr const char* kHelp =
    "usage: rules_test [--rows N] [--seed N] [--database URL|FILE] [--record FILE]\n"
    "Makes rows from the rules of the schema, checks them as the service does and inserts them\n"
    "into a database, which then holds what it held before: SQLite in memory or in a file (whose\n"
    "triggers are lost), PostgreSQL by its URL (also TEST_DATABASE_URL). --record writes each row\n"
    "with its verdict, for tests/faces.mjs.\n";

std::optional<Options> read_options(int argc, char** argv) {
  Options options;
  if (const char* url = std::getenv("TEST_DATABASE_URL")) options.database = url;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    if (i + 1 == argc) return std::nullopt;
    const std::string_view text = argv[i + 1];
    if (name == "--rows") {
      const auto rows = parse_number<std::size_t>(text);
      if (!rows) return std::nullopt;
      options.rows = *rows;
    } else if (name == "--seed") {
      const auto seed = parse_number<std::uint64_t>(text);
      if (!seed) return std::nullopt;
      options.seed = *seed;
    } else if (name == "--database") {
      options.database = text;
    } else if (name == "--record") {
      options.record = text;
    } else {
      return std::nullopt;
    }
  }
  return options;
}

// What the comparison of rows came to.
struct Tally {
  std::size_t rows = 0;
  std::size_t judged = 0;
  std::size_t refused = 0;  // by both
  std::size_t left = 0;     // refused by the database alone, as claimed
  std::size_t refused_wrongly = 0;
  std::size_t let_through = 0;  // by an exact rule

  std::size_t disagreements() const { return refused_wrongly + let_through; }
  void add(const Tally& other) {
    rows += other.rows;
    judged += other.judged;
    refused += other.refused;
    left += other.left;
    refused_wrongly += other.refused_wrongly;
    let_through += other.let_through;
  }
};

bool is_of_type(std::string_view rule) {
  constexpr std::string_view kRules[] = {"type", "range", "length", "precision", "label", "nul"};
  return std::ranges::find(kRules, rule) != std::end(kRules);
}

// What the row's own values are to blame for least: types of which only the database knows what
// their texts mean, and columns that it computes.
bool has_foreign_value(const query::Entity& entity, const Row& row) {
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.fields[i].generated) return true;
    const value::Type type = entity.fields[i].type;
    const bool is_foreign = type == value::Type::other || type == value::Type::array;
    if (is_foreign && row.values[i].has_value()) return true;
  }
  return false;
}

class Prover {
 public:
  Prover(const query::Model& model, std::span<const Claim> claims, Judge& judge, Record* record,
         Random& random)
      : model_(model), claims_(claims), judge_(judge), record_(record), random_(random) {}

  Result<Tally> run(const query::Entity& entity, std::size_t count) {
    Tally tally;
    Rows rows(entity, random_);
    if (auto kept = keep_taken(entity, rows); !kept) return std::unexpected(kept.error());
    shown_.clear();
    while (tally.rows < count) {
      std::vector<Row> batch;
      const std::size_t size = std::min(kBatch, count - tally.rows);
      for (std::size_t i = 0; i < size; ++i) batch.push_back(rows.next(rules::Write::insert));
      const auto judgements = judge_.judge(entity, batch);
      if (!judgements) return std::unexpected(judgements.error());
      for (std::size_t i = 0; i < size; ++i) compare(entity, batch[i], (*judgements)[i], tally);
      if (auto changed = change(entity, size / kChanged, rows, tally); !changed)
        return std::unexpected(changed.error());
      if (record_ != nullptr) record(entity, batch, rows);
      tally.rows += size;
    }
    return tally;
  }

 private:
  // Of the rows that the service takes, those that the database takes, too, are changed.
  Result<void> keep_taken(const query::Entity& entity, Rows& rows) {
    std::vector<Row> good;
    for (const Cells& cells : rows.good())
      good.push_back(read_row(entity, cells, rules::Write::insert));
    const auto judgements = judge_.judge(entity, good);
    if (!judgements) return std::unexpected(judgements.error());
    std::vector<Cells> kept;
    for (std::size_t i = 0; i < good.size(); ++i) {
      if ((*judgements)[i].outcome == Outcome::taken) kept.push_back(good[i].cells);
    }
    has_taken_ = !kept.empty();
    if (has_taken_) rows.keep_good(std::move(kept));
    return {};
  }

  // A change is held against the rules without the row that it changes; the database sees what
  // comes of it: a row that it took, with the change in it.
  Result<void> change(const query::Entity& entity, std::size_t count, Rows& rows, Tally& tally) {
    if (!has_taken_) return {};
    std::vector<Row> changed;
    std::vector<Cells> changes;
    for (std::size_t i = 0; i < count; ++i) {
      Cells named = rows.next(rules::Write::update).cells;
      for (Cell& cell : named) {
        if (random_.once_in(2)) cell = {};
      }
      Row change = read_row(entity, std::move(named), rules::Write::update);
      if (!change.is_read) continue;
      Cells cells = random_.pick(rows.good());
      for (std::size_t field = 0; field < cells.size(); ++field) {
        if (change.cells[field].kind != Cell::Kind::absent) cells[field] = change.cells[field];
      }
      Row whole = read_row(entity, std::move(cells), rules::Write::insert);
      whole.violations = std::move(change.violations);
      whole.json = std::move(change.json);
      changed.push_back(std::move(whole));
      changes.push_back(std::move(change.cells));
    }
    const auto judgements = judge_.judge(entity, changed);
    if (!judgements) return std::unexpected(judgements.error());
    for (std::size_t i = 0; i < changed.size(); ++i) {
      const Judgement& judged = (*judgements)[i];
      if (is_whole(entity, changes[i], changed[i], judged)) {
        compare(entity, changed[i], judged, tally);
      } else {
        ++tally.judged;
        ++tally.left;
      }
    }
    tally.rows += changed.size();
    return {};
  }

  // Whether what the database has to say of a changed row hangs on the change alone: a rule that
  // reads more is left to it.
  bool is_whole(const query::Entity& entity, const Cells& change, const Row& row,
                const Judgement& judged) const {
    if (!row.violations.empty() || judged.outcome == Outcome::taken) return true;
    if (judged.outcome != Outcome::check) return judged.outcome == Outcome::not_asked;
    const auto rule = std::ranges::find_if(entity.rules, [&](const rules::Rule& one) {
      return one.name == judged.what || bare_words(one.sql) == bare_words(judged.what);
    });
    if (rule == entity.rules.end()) return false;
    return std::ranges::all_of(rule->fields, [&](std::uint16_t field) {
      return change[field].kind != Cell::Kind::absent;
    });
  }

  // For the other faces: what may be inserted, and what may be changed.
  void record(const query::Entity& entity, const std::vector<Row>& batch, Rows& rows) {
    for (const Row& row : batch) record_->insert(entity, row);
    for (std::size_t i = 0; i < batch.size() / 4; ++i)
      record_->update(entity, rows.next(rules::Write::update));
  }

  std::optional<Verdict> verdict_of(const query::Entity& entity, std::string_view rule) const {
    const auto index = static_cast<query::EntityIndex>(&entity - model_.entities.data());
    for (const Claim& claim : claims_) {
      if (claim.entity == index && claim.rule == rule) return claim.verdict;
    }
    // SQLite calls a CHECK without a name by its words.
    for (const rules::Rule& known : entity.rules) {
      if (known.name != rule && bare_words(known.sql) == bare_words(rule))
        return verdict_of(entity, known.name);
    }
    return std::nullopt;
  }

  // Whether a violation names what this database holds, too.
  bool is_shared(const query::Entity& entity, const rules::Violation& violation) {
    const std::string_view rule = violation.rule;
    if (rule == "not_null") return judge_.refuses_null(entity, violation.fields.front());
    if (is_of_type(rule)) return judge_.has_types();
    const auto verdict = verdict_of(entity, rule);
    return verdict && *verdict != Verdict::service_only && judge_.has_constraint(entity, rule);
  }

  void compare(const query::Entity& entity, const Row& row, const Judgement& judged, Tally& tally) {
    if (judged.outcome == Outcome::not_asked) return;
    ++tally.judged;
    const auto& violations = row.violations.list();
    if (judged.outcome == Outcome::taken) {
      const auto shared = std::ranges::find_if(violations, [&](const rules::Violation& violation) {
        return is_shared(entity, violation);
      });
      if (shared == violations.end()) return;
      ++tally.refused_wrongly;
      show(entity, row, "refused by the service alone: " + std::string(shared->rule),
           shared->message);
    } else if (!violations.empty()) {
      ++tally.refused;
    } else if (is_left(entity, row, judged)) {
      ++tally.left;
    } else {
      ++tally.let_through;
      const bool is_named = judged.outcome != Outcome::error;
      show(entity, row,
           "let through by the service: " + (is_named ? judged.what : judged.what.substr(0, 5)),
           judged.what);
    }
  }

  // Whether the compiler said that the database alone refuses this.
  bool is_left(const query::Entity& entity, const Row& row, const Judgement& judged) const {
    if (judged.outcome == Outcome::error) return has_foreign_value(entity, row);
    if (judged.outcome != Outcome::check) return false;
    const auto verdict = verdict_of(entity, judged.what);
    return verdict && (*verdict == Verdict::weaker || *verdict == Verdict::server_only);
  }

  // The first row of each kind of disagreement.
  void show(const query::Entity& entity, const Row& row, const std::string& kind,
            const std::string& words) {
    if (shown_.size() == kShown || !shown_.insert(kind).second) return;
    std::printf("%.*s: %s (%s: %s)\n  %.600s\n", static_cast<int>(entity.name.size()),
                entity.name.data(), kind.c_str(), std::string(judge_.name()).c_str(), words.c_str(),
                row.json.c_str());
  }

  const query::Model& model_;
  std::span<const Claim> claims_;
  Judge& judge_;
  Record* record_;
  Random& random_;
  std::set<std::string> shown_;
  bool has_taken_ = false;  // the database takes the rows that are changed
};

// Tables with rules of their own get eight times as many rows as those with types alone.
std::size_t weight_of(const query::Entity& entity) { return entity.rules.empty() ? 1 : 8; }

int complain(const Error& error) {
  std::fprintf(stderr, "rules_test: %s\n", error.message.c_str());
  return 3;
}

bool is_table(const query::Entity& entity) { return !entity.is_view && !entity.is_result; }

Result<Tally> prove_all(const query::Model& model, std::span<const Claim> claims,
                        const Options& options, Judge& judge, Record* record) {
  std::size_t weights = 0;
  std::vector<const query::Entity*> entities;
  for (const query::Entity& entity : model.entities) {
    if (!is_table(entity)) continue;
    const auto known = judge.knows(entity);
    if (!known) return std::unexpected(known.error());
    if (!*known) {
      std::printf("%.*s: %s has no such table\n", static_cast<int>(entity.name.size()),
                  entity.name.data(), std::string(judge.name()).c_str());
      continue;
    }
    entities.push_back(&entity);
    weights += weight_of(entity);
  }
  Tally all;
  for (const query::Entity* entity : entities) {
    // Each table's rows are the same, whatever other tables there are.
    Random random(options.seed ^ hash(entity->name));
    Prover prover(model, claims, judge, record, random);
    const auto tally = prover.run(*entity, options.rows * weight_of(*entity) / weights);
    if (!tally) return std::unexpected(tally.error());
    if (tally->disagreements() > 0) {
      std::printf("%.*s: %zu disagreements of %zu rows\n", static_cast<int>(entity->name.size()),
                  entity->name.data(), tally->disagreements(), tally->judged);
    }
    all.add(*tally);
  }
  return all;
}

}  // namespace

int prove(int argc, char** argv, const query::Model& model, std::span<const Claim> claims) {
  const std::optional<Options> options = read_options(argc, argv);
  if (!options) {
    std::fputs(kHelp, stderr);
    return 2;
  }
  const bool is_server = options->database.starts_with("postgres");
  auto judge =
      is_server ? postgres_judge(model, options->database) : sqlite_judge(model, options->database);
  if (!judge) return complain(judge.error());
  std::optional<Record> record;
  if (!options->record.empty()) {
    record.emplace(options->record);
    if (!record->is_open()) return complain({"cannot write " + options->record});
  }
  const auto tally = prove_all(model, claims, *options, **judge, record ? &*record : nullptr);
  if (!tally) return complain(tally.error());
  std::printf(
      "%zu rows, %zu judged by %s: %zu refused by both, %zu left to the database, %zu refused "
      "wrongly, %zu let through\n",
      tally->rows, tally->judged, std::string((*judge)->name()).c_str(), tally->refused,
      tally->left, tally->refused_wrongly, tally->let_through);
  return tally->disagreements() == 0 ? 0 : 1;
}

}  // namespace sqlxc::proof
