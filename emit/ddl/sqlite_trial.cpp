#include <sqlite3.h>

#include <algorithm>

#include "compiler/syntax/print.h"
#include "emit/ddl/queries.h"
#include "emit/ddl/runtime_functions.h"
#include "emit/ddl/sqlite_plan.h"

// The last word has SQLite itself: every statement is tried on an empty database in memory, so that
// what is emitted loads. The functions of the runtime stand there by name only; nothing is ever
// computed.
namespace sqlxc::emit::ddl {
namespace {

using ast::Constraint;

class Trial {
 public:
  Trial() {
    sqlite3_open(":memory:", &db_);
    for (const RuntimeFunction& function : kRuntimeFunctions) {
      const int flags = SQLITE_UTF8 | (function.is_deterministic ? SQLITE_DETERMINISTIC : 0);
      if (function.is_aggregate) {
        sqlite3_create_function(db_, function.name, function.arguments, flags, nullptr, nullptr,
                                step, finish);
      } else {
        sqlite3_create_function(db_, function.name, function.arguments, flags, nullptr, step,
                                nullptr, nullptr);
      }
    }
    sqlite3_create_collation(db_, "sqlxc_decimal", SQLITE_UTF8, nullptr, compare);
  }
  ~Trial() { sqlite3_close(db_); }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  /// What SQLite says against it, empty where it takes it.
  std::string run(const std::string& sql) {
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK ? std::string()
                                                                                  : error();
  }
  std::string prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr);
    sqlite3_finalize(statement);
    return code == SQLITE_OK ? std::string() : error();
  }

 private:
  static void step(sqlite3_context*, int, sqlite3_value**) {}
  static void finish(sqlite3_context*) {}
  static int compare(void*, int a_size, const void*, int b_size, const void*) {
    return a_size - b_size;
  }
  std::string error() const {
    const char* text = sqlite3_errmsg(db_);
    return text == nullptr ? "it is out of memory" : text;
  }

  sqlite3* db_ = nullptr;
};

std::string sql_of(const ast::Statement& statement) {
  return syntax::print(statement, Dialect::sqlite);
}

std::string quoted(std::string_view name) { return syntax::print_name(name, Dialect::sqlite); }

// Its defaults and checks are looked at when a row is added.
std::string try_table(Trial& trial, const ast::CreateTable& table) {
  ast::Statement statement;
  statement.node = table;
  const std::string name = quoted(table.name.last());
  std::string error = trial.run(sql_of(statement));
  if (!error.empty() || table.is_virtual) return error;
  error = trial.prepare("insert into " + name + " default values");
  if (!error.empty()) trial.run("drop table " + name);
  return error;
}

bool has_expression(const Constraint& constraint) {
  return constraint.kind == Constraint::Kind::check ||
         constraint.kind == Constraint::Kind::default_ ||
         constraint.kind == Constraint::Kind::generated;
}

// The table with no expression but that one: does SQLite take it?
std::string try_alone(Trial& trial, ast::CreateTable table, const Constraint& kept, int column) {
  std::erase_if(table.constraints, [](const Constraint&) { return true; });
  for (auto& one : table.columns) one.constraints.clear();
  if (column < 0) {
    table.constraints.push_back(kept);
  } else {
    table.columns[static_cast<std::size_t>(column)].constraints.push_back(kept);
  }
  const std::string error = try_table(trial, table);
  if (error.empty()) trial.run("drop table " + quoted(table.name.last()));
  return error;
}

class Mender {
 public:
  Mender(Trial& trial, Piece& piece, HeldTable& held, Diagnostics& diagnostics)
      : trial_(trial),
        piece_(piece),
        held_(held),
        table_(std::get<ast::CreateTable>(piece.statement.node)),
        diagnostics_(diagnostics) {}

  /// Takes out each expression that SQLite refuses by itself.
  void run() {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      mend(table_.columns[i].constraints, static_cast<int>(i));
    }
    mend(table_.constraints, -1);
  }

 private:
  void mend(std::vector<Constraint>& constraints, int column) {
    std::erase_if(constraints, [&](const Constraint& one) {
      if (!has_expression(one)) return false;
      const std::string error = try_alone(trial_, table_, one, column);
      if (!error.empty()) report(one, column, "it says `" + error + "`");
      return !error.empty();
    });
  }

  void report(const Constraint& constraint, int column, const std::string& error) {
    const std::string name =
        column < 0 ? std::string() : table_.columns[static_cast<std::size_t>(column)].name.text;
    switch (constraint.kind) {
      case Constraint::Kind::default_:
        held_.lost_defaults[static_cast<std::size_t>(column)] = true;
        diagnostics_.report<diag::DefaultNotHeld>(piece_.range, name, error);
        return;
      case Constraint::Kind::generated:
        diagnostics_.report<diag::GeneratedNotHeld>(piece_.range, name, error);
        return;
      default:
        diagnostics_.report<diag::CheckNotHeld>(
            piece_.range, constraint.name ? constraint.name->text : name, piece_.name, error);
        return;
    }
  }

  Trial& trial_;
  Piece& piece_;
  HeldTable& held_;
  ast::CreateTable& table_;
  Diagnostics& diagnostics_;
};

// Foreign keys to tables that fell away.
void drop_references(Planner& plan, const std::string& gone) {
  for (Piece& piece : plan.table_pieces) {
    auto& table = std::get<ast::CreateTable>(piece.statement.node);
    std::erase_if(table.constraints, [&](const Constraint& one) {
      return one.kind == Constraint::Kind::foreign_key && one.references->table.last() == gone;
    });
  }
}

void try_tables(Trial& trial, Planner& plan, Diagnostics& diagnostics) {
  std::vector<std::string> gone;
  std::erase_if(plan.table_pieces, [&](Piece& piece) {
    auto& table = std::get<ast::CreateTable>(piece.statement.node);
    if (try_table(trial, table).empty()) return false;
    if (!table.is_virtual) Mender(trial, piece, plan.tables[piece.table.index], diagnostics).run();
    const std::string error = try_table(trial, table);
    if (error.empty()) return false;
    diagnostics.report<diag::TableNotHeld>(piece.range, piece.name, error);
    plan.tables[piece.table.index].is_held = false;
    gone.emplace_back(table.name.last());
    return true;
  });
  for (const std::string& name : gone) drop_references(plan, name);
}

void try_indexes(Trial& trial, Planner& plan, Diagnostics& diagnostics) {
  std::erase_if(plan.index_pieces, [&](const Piece& piece) {
    if (!plan.tables[piece.table.index].is_held) return true;
    const std::string error = trial.run(sql_of(piece.statement));
    if (error.empty()) return false;
    diagnostics.report<diag::IndexNotHeld>(piece.range, piece.name, "it says `" + error + "`");
    return true;
  });
}

std::string try_view(Trial& trial, const Piece& piece, const std::string& name) {
  const std::string error = trial.run(sql_of(piece.statement));
  return error.empty() ? trial.prepare("select * from " + name + " limit 0") : error;
}

// A view may stand on one that comes later: again until nothing more falls.
void try_views(Trial& trial, Planner& plan, Diagnostics& diagnostics) {
  for (const Piece& piece : plan.view_pieces) trial.run(sql_of(piece.statement));
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    std::erase_if(plan.view_pieces, [&](const Piece& piece) {
      HeldTable& held = plan.tables[piece.table.index];
      trial.run("drop view if exists " + quoted(held.name));
      const std::string error = try_view(trial, piece, quoted(held.name));
      if (error.empty()) return false;
      trial.run("drop view if exists " + quoted(held.name));
      diagnostics.report<diag::ViewNotHeld>(piece.range, piece.name, "it says `" + error + "`")
          .help("it is served from the other targets only");
      held.is_held = false;
      has_changed = true;
      return true;
    });
  }
}

// What writes to the table or view, so that its triggers are looked at.
std::string try_writes(Trial& trial, const ast::CreateTrigger& trigger, const HeldTable& held) {
  const std::string name = quoted(held.name);
  for (const std::string& event : trigger.events) {
    std::string error;
    if (event == "insert") {
      error = trial.prepare("insert into " + name + " default values");
    } else if (event == "delete") {
      error = trial.prepare("delete from " + name);
    } else if (!held.columns.empty()) {
      const std::string column = trigger.update_columns.empty()
                                     ? held.columns.front()
                                     : trigger.update_columns.front().text;
      error = trial.prepare("update " + name + " set " + quoted(column) + " = null");
    }
    if (!error.empty()) return error;
  }
  return {};
}

void try_triggers(Trial& trial, Planner& plan, Diagnostics& diagnostics) {
  std::erase_if(plan.trigger_pieces, [&](const Piece& piece) {
    const HeldTable& held = plan.tables[piece.table.index];
    if (!held.is_held) return true;
    const auto& trigger = std::get<ast::CreateTrigger>(piece.statement.node);
    std::string error = trial.run(sql_of(piece.statement));
    if (error.empty()) error = try_writes(trial, trigger, held);
    if (error.empty()) return false;
    trial.run("drop trigger if exists " + quoted(trigger.name.last()));
    diagnostics.report<diag::TriggerNotHeld>(piece.range, piece.name, held.name).help(error);
    return true;
  });
}

// An index of words and the triggers that keep it stand or fall together.
void try_searches(Trial& trial, Planner& plan, Diagnostics& diagnostics) {
  std::erase_if(plan.searches, [&](const std::vector<Piece>& search) {
    HeldTable& held = plan.tables[search.front().table.index];
    if (!held.is_held) return true;
    std::string error;
    for (const Piece& piece : search) {
      if (error.empty()) error = trial.run(sql_of(piece.statement));
      const auto* trigger = std::get_if<ast::CreateTrigger>(&piece.statement.node);
      if (error.empty() && trigger != nullptr) error = try_writes(trial, *trigger, held);
    }
    if (error.empty()) return false;
    diagnostics.report<diag::SearchNotHeld>(search.front().range, search.front().name,
                                            "it says `" + error + "`");
    held.search.clear();
    return true;
  });
}

void try_queries(Trial& trial, Planner& plan, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < plan.queries.size(); ++i) {
    HeldQuery& query = plan.queries[i];
    if (query.sql.empty()) continue;
    std::string error = trial.prepare("select * from (" + query.sql + ")");
    for (const std::string& value : query.defaults) {
      if (error.empty() && !value.empty()) error = trial.prepare("select " + value);
    }
    if (error.empty()) continue;
    query = {};
    report_not_held(plan.catalog().queries[i], {}, Dialect::sqlite, "it says `" + error + "`",
                    diagnostics);
  }
}

}  // namespace

void try_in_sqlite(Planner& plan, Diagnostics& diagnostics) {
  Trial trial;
  try_tables(trial, plan, diagnostics);
  try_indexes(trial, plan, diagnostics);
  try_views(trial, plan, diagnostics);
  try_triggers(trial, plan, diagnostics);
  try_searches(trial, plan, diagnostics);
  try_queries(trial, plan, diagnostics);
}

}  // namespace sqlxc::emit::ddl
