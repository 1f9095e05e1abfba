#include "compiler/catalog/introspect_postgres.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/catalog/fold.h"
#include "compiler/catalog/introspect.h"

namespace sqlxc::catalog {
namespace {

using Row = IntrospectedRow;
using Answers = std::span<const IntrospectedRows>;

const IntrospectedRows& rows_of(Answers answers, PostgresAnswer answer) {
  return answers[static_cast<std::size_t>(answer)];
}

const std::string& text(const Row& row, std::size_t at) {
  static const std::string kNone;
  return row[at] ? *row[at] : kNone;
}

bool is_true(const Row& row, std::size_t at) { return text(row, at) == "t"; }

/// Rows by the text of their first column.
std::map<std::string, std::vector<const Row*>> by_first(const IntrospectedRows& rows) {
  std::map<std::string, std::vector<const Row*>> out;
  for (const Row& row : rows) out[text(row, 0)].push_back(&row);
  return out;
}

/// A statement that others may need, by the object's oid.
struct Needed {
  std::string oid;
  std::string sql;
};

/// In the order given, but for what must stand before; each need is a row (who, on what).
class InOrder {
 public:
  InOrder(const std::vector<Needed>& things, const IntrospectedRows& needs) : things_(things) {
    for (std::size_t i = 0; i < things.size(); ++i) place_[things[i].oid] = i;
    for (const Row& row : needs) {
      const auto who = place_.find(text(row, 0));
      const auto what = place_.find(text(row, 1));
      if (who != place_.end() && what != place_.end()) needs_[who->second].insert(what->second);
    }
  }

  std::string print() {
    for (std::size_t i = 0; i < things_.size(); ++i) add(i);
    return std::move(out_);
  }

 private:
  void add(std::size_t i) {
    if (!added_.insert(i).second) return;
    for (const std::size_t need : needs_[i]) add(need);
    out_ += things_[i].sql;
  }

  const std::vector<Needed>& things_;
  std::map<std::string, std::size_t> place_;
  std::map<std::size_t, std::set<std::size_t>> needs_;
  std::set<std::size_t> added_;
  std::string out_;
};

class Source {
 public:
  explicit Source(Answers answers) : answers_(answers) {}

  std::string print() {
    for (const Row& row : rows(PostgresAnswer::schemas)) put("create schema " + text(row, 0));
    for (const Row& row : rows(PostgresAnswer::extensions)) {
      put("create extension if not exists " + text(row, 0) +
          (row[1] ? " with schema " + *row[1] : ""));
    }
    print_types();
    find_serials();
    print_sequences();
    print_tables();
    print_lines(PostgresAnswer::functions);
    print_lines(PostgresAnswer::aggregates);
    print_lines(PostgresAnswer::casts);
    print_views();
    print_indexes(true);
    print_lines(PostgresAnswer::rules);
    print_lines(PostgresAnswer::triggers);
    print_lines(PostgresAnswer::policies);
    print_lines(PostgresAnswer::comments);
    return std::move(out_);
  }

 private:
  const IntrospectedRows& rows(PostgresAnswer answer) const { return rows_of(answers_, answer); }

  void put(std::string_view statement) {
    while (statement.ends_with('\n') || statement.ends_with(';') || statement.ends_with(' ')) {
      statement.remove_suffix(1);
    }
    out_ += statement;
    out_ += ";\n";
  }

  void print_lines(PostgresAnswer answer) {
    for (const Row& row : rows(answer)) put(text(row, 0));
  }

  void print_indexes(bool of_views) {
    for (const Row& row : rows(PostgresAnswer::indexes)) {
      if (is_true(row, 1) == of_views) put(text(row, 0));
    }
  }

  void print_types() {
    const auto& labels = rows(PostgresAnswer::enums);
    for (std::size_t i = 0; i < labels.size();) {
      const std::string& name = text(labels[i], 0);
      std::string list;
      for (; i < labels.size() && text(labels[i], 0) == name; ++i) {
        list += (list.empty() ? "" : ", ") + text(labels[i], 1);
      }
      put("create type " + name + " as enum (" + list + ")");
    }
    std::vector<Needed> types;
    add_domains(types);
    add_composites(types);
    for (const Row& row : rows(PostgresAnswer::ranges)) {
      types.push_back(
          {text(row, 0), "create type " + text(row, 1) + " as range (" + text(row, 2) + ");\n"});
    }
    out_ += InOrder(types, rows(PostgresAnswer::type_needs)).print();
  }

  void add_domains(std::vector<Needed>& types) const {
    const auto checks = by_first(rows(PostgresAnswer::domain_checks));
    for (const Row& row : rows(PostgresAnswer::domains)) {
      std::string sql = "create domain " + text(row, 1) + " as " + text(row, 2);
      if (row[3]) sql += " collate " + *row[3];
      if (row[4]) sql += " default " + *row[4];
      if (is_true(row, 5)) sql += " not null";
      if (const auto own = checks.find(text(row, 0)); own != checks.end()) {
        for (const Row* check : own->second) {
          sql += "\n  constraint " + text(*check, 1) + " " + text(*check, 2);
        }
      }
      types.push_back({text(row, 0), sql + ";\n"});
    }
  }

  void add_composites(std::vector<Needed>& types) const {
    const auto& attributes = rows(PostgresAnswer::composites);
    for (std::size_t i = 0; i < attributes.size();) {
      const std::string& oid = text(attributes[i], 0);
      std::string list;
      const std::string& name = text(attributes[i], 1);
      for (; i < attributes.size() && text(attributes[i], 0) == oid; ++i) {
        if (!attributes[i][2]) continue;  // a type without attributes
        list += (list.empty() ? "" : ", ") + text(attributes[i], 2) + " " + text(attributes[i], 3);
      }
      types.push_back({oid, "create type " + name + " as (" + list + ");\n"});
    }
  }

  /// Which columns `serial` says all of: the sequence is the one that it would make.
  void find_serials() {
    std::map<std::string, const Row*> tables;
    for (const Row& row : rows(PostgresAnswer::tables)) tables[text(row, 0)] = &row;
    std::map<std::pair<std::string, std::string>, const Row*> columns;
    for (const Row& row : rows(PostgresAnswer::columns)) {
      columns[{text(row, 0), text(row, 1)}] = &row;
    }
    for (const Row& sequence : rows(PostgresAnswer::sequences)) {
      const auto table = tables.find(text(sequence, 3));
      const auto column = columns.find({text(sequence, 3), text(sequence, 4)});
      if (table == tables.end() || column == columns.end()) continue;
      owners_[text(sequence, 0)] = text(*table->second, 1) + "." + text(*column->second, 2);
      const std::string word = serial_word(sequence, *table->second, *column->second);
      if (word.empty()) continue;
      serials_[{text(sequence, 3), text(sequence, 4)}] = word;
      implied_.insert(text(sequence, 0));
    }
  }

  static std::string serial_word(const Row& sequence, const Row& table, const Row& column) {
    const std::string& type = text(column, 3);
    const std::string as = sequence[1] ? sequence[1]->substr(4) : "bigint";
    std::string quoted;
    for (const char c : text(sequence, 0))
      quoted += c == '\'' ? std::string("''") : std::string(1, c);
    const bool is_its_own =
        as == type && text(sequence, 2).empty() && is_true(column, 4) &&
        text(sequence, 6) == text(table, 8) &&
        text(sequence, 5) == make_object_name(text(table, 13), text(column, 9), "seq") &&
        text(column, 5) == "nextval('" + quoted + "'::regclass)";
    if (!is_its_own) return {};
    return type == "smallint" ? "smallserial" : type == "integer" ? "serial" : "bigserial";
  }

  void print_sequences() {
    for (const Row& row : rows(PostgresAnswer::sequences)) {
      if (implied_.contains(text(row, 0))) continue;
      put("create sequence " + text(row, 0) + text(row, 1) + text(row, 2));
    }
  }

  std::string column(const Row& row, const std::string& relation) const {
    std::string out = "\n  " + text(row, 2) + " ";
    if (const auto serial = serials_.find({text(row, 0), text(row, 1)}); serial != serials_.end()) {
      return out + serial->second + " not null";
    }
    out += text(row, 3);
    if (row[8]) out += " collate " + *row[8];
    const std::string& identity = text(row, 6);
    if (text(row, 7) == "s") {
      out += " generated always as (" + text(row, 5) + ") stored";
    } else if (!identity.empty()) {
      out += std::string(" generated ") + (identity == "a" ? "always" : "by default") +
             " as identity" + identity_options(row, relation);
    } else if (row[5]) {
      out += " default " + *row[5];
    }
    if (is_true(row, 4)) out += " not null";
    return out;
  }

  static std::string identity_options(const Row& row, const std::string& relation) {
    std::string options = text(row, 12);
    if (row[10] && *row[10] != make_object_name(relation, text(row, 9), "seq")) {
      options = " sequence name " + text(row, 11) + options;
    }
    return options.empty() ? options : " (" + options.substr(1) + ")";
  }

  void print_tables() {
    const auto columns = by_first(rows(PostgresAnswer::columns));
    const auto constraints = by_first(rows(PostgresAnswer::constraints));
    std::string behind;
    for (const Row& table : rows(PostgresAnswer::tables)) {
      const bool is_foreign = text(table, 2) == "f";
      std::string list;
      if (const auto own = columns.find(text(table, 0)); own != columns.end()) {
        for (const Row* row : own->second) {
          list += (list.empty() ? "" : ",") + column(*row, text(table, 13));
        }
      }
      if (const auto own = constraints.find(text(table, 0)); own != constraints.end()) {
        for (const Row* row : own->second) {
          const std::string constraint = "constraint " + text(*row, 2) + " " + text(*row, 3);
          if (text(*row, 1) == "f" || !is_true(*row, 4)) {
            behind += "alter table " + text(table, 1) + " add " + constraint + ";\n";
          } else {
            list += (list.empty() ? "" : ",") + ("\n  " + constraint);
          }
        }
      }
      std::string sql = is_true(table, 3) ? "create unlogged table " : "create table ";
      if (is_foreign) sql = "create foreign table ";
      sql += text(table, 1) + " (" + list + ")";
      if (table[5]) sql += " partition by " + *table[5];
      if (!text(table, 4).empty()) sql += " with (" + text(table, 4) + ")";
      if (is_foreign) sql += " server " + text(table, 9);
      if (is_foreign && table[10]) sql += " options (" + *table[10] + ")";
      put(sql);
    }
    for (const Row& row : rows(PostgresAnswer::sequences)) {
      const auto owner = owners_.find(text(row, 0));
      if (implied_.contains(text(row, 0)) || owner == owners_.end()) continue;
      put("alter sequence " + text(row, 0) + " owned by " + owner->second);
    }
    // A partition that has its root's indexes when it is attached gets no others.
    print_indexes(false);
    print_parents();
    out_ += behind;
    print_row_security();
  }

  void print_parents() {
    const auto parents = by_first(rows(PostgresAnswer::parents));
    for (const Row& table : rows(PostgresAnswer::tables)) {
      const auto own = parents.find(text(table, 0));
      if (own == parents.end()) continue;
      for (const Row* parent : own->second) {
        if (table[6]) {
          put("alter table " + text(*parent, 1) + " attach partition " + text(table, 1) + " " +
              *table[6]);
        } else {
          put("alter table " + text(table, 1) + " inherit " + text(*parent, 1));
        }
      }
    }
  }

  void print_row_security() {
    for (const Row& table : rows(PostgresAnswer::tables)) {
      const std::string alter = "alter table " + text(table, 1);
      if (is_true(table, 11)) put(alter + " enable row level security");
      if (is_true(table, 12)) put(alter + " force row level security");
    }
  }

  void print_views() {
    std::vector<Needed> views;
    for (const Row& row : rows(PostgresAnswer::views)) {
      std::string sql = text(row, 2) == "m" ? "create materialized view " : "create view ";
      sql += text(row, 1);
      if (!text(row, 3).empty()) sql += " with (" + text(row, 3) + ")";
      std::string query = text(row, 4);
      while (query.ends_with(';') || query.ends_with('\n')) query.pop_back();
      views.push_back({text(row, 0), sql + " as\n" + query + ";\n"});
    }
    out_ += InOrder(views, rows(PostgresAnswer::view_needs)).print();
  }

  Answers answers_;
  std::string out_;
  std::map<std::pair<std::string, std::string>, std::string> serials_;  // by table and column
  std::map<std::string, std::string> owners_;  // table.column by the sequence's name
  std::set<std::string> implied_;              // sequences that need no statement
};

}  // namespace

std::string postgres_source(std::span<const IntrospectedRows> answers) {
  return Source(answers).print();
}

}  // namespace sqlxc::catalog
