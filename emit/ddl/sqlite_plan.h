#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/translate/translate.h"
#include "emit/ddl/sqlite_names.h"

// The statements of an SQLite file as values: decided in sqlite_{tables,indexes,views}.cpp, tried
// in sqlite_trial.cpp, printed last.
namespace sqlxc::emit::ddl {

/// A statement, what it is for, and where it comes from.
struct Piece {
  ast::Statement statement;
  Id<catalog::Table> table;
  std::string name;     // of the table, index, trigger or view in the user's schema
  std::string comment;  // above it
  std::vector<std::string> remarks = {};  // comments behind the name of a table: SQLite keeps those
  SourceRange range;
};

/// All that deciding needs: the module, the names, what tables look like to the translator.
class Planner {
 public:
  Planner(const ir::Module& module, Diagnostics& diagnostics);

  void plan_tables();
  void plan_indexes();
  void plan_triggers();
  void plan_views();
  void plan_queries();
  void plan_searches();
  const catalog::Catalog& catalog() const { return catalog_; }

  std::vector<HeldTable> tables;
  std::vector<Piece> table_pieces;
  std::vector<Piece> index_pieces;
  std::vector<Piece> trigger_pieces;
  std::vector<Piece> view_pieces;
  std::vector<std::vector<Piece>> searches;  // a table's index with the triggers that keep it
  std::vector<HeldQuery> queries;

 private:
  const catalog::Table& table_of(Id<catalog::Table> id) const { return at(catalog_.tables, id); }
  std::uint32_t root_of(std::uint32_t table) const;
  const translate::Relation* find_relation(const ast::Path& path) const;
  translate::ValueType find_type(const ast::Path& path) const;
  translate::Request request(std::uint32_t table, translate::Place place) const;

  void plan_table(std::uint32_t index);
  void plan_own_table(std::uint32_t index);
  void own_column(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to);
  void plan_virtual_table(std::uint32_t index);
  ast::ColumnDef column(std::uint32_t table, std::uint32_t index);
  void add_default(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to);
  bool add_generated(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to);
  void add_domain_checks(std::uint32_t table, std::uint32_t index, ast::ColumnDef& to);
  void add_keys(std::uint32_t table, ast::CreateTable& to);
  void add_checks(std::uint32_t table, ast::CreateTable& to);
  bool can_hold(const catalog::Table& of, const catalog::ForeignKey& fk);
  void add_foreign_keys(std::uint32_t table, ast::CreateTable& to);
  bool is_rowid(const catalog::Table& table, std::uint32_t column) const;
  bool is_counted(const catalog::Column& column) const;
  void plan_index(std::uint32_t table, const catalog::Index& index);
  void plan_on_update(std::uint32_t table, std::uint32_t column);
  void plan_trigger(const catalog::Trigger& trigger);
  void plan_view(std::uint32_t index);
  void plan_search(const ir::Entity& entity);
  ast::Name name(std::uint32_t table, std::uint32_t column) const;

  const ir::Module& module_;
  const catalog::Catalog& catalog_;
  Diagnostics& diagnostics_;
  Names names_;  // of tables, views and indexes: one space in SQLite
  std::vector<translate::Relation> relations_;
  translate::World world_;
  mutable std::string view_schema_;  // whose names a bare name means first
};

ast::Name name_of(std::string_view text);
ast::Path path_of(std::string_view text);

/// "the function `f` has no form there"
std::string no_form(const std::string& what);

/// Asks SQLite whether it takes every piece, in order; reports and removes those that it does not,
/// and marks their tables as not held.
void try_in_sqlite(Planner& plan, Diagnostics& diagnostics);

}  // namespace sqlxc::emit::ddl
