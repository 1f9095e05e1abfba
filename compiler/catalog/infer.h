#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/fold.h"

// What a query returns: the columns of views and of CREATE TABLE AS. Names are the engine's; a type
// that cannot be told is text, and a column whose nullability cannot be told may be null.
namespace sqlxc::catalog {

struct InferredColumn {
  std::string name;
  Type type;
  Id<Table> origin = {};           // the table whose column it shows unchanged
  std::string origin_column = {};  // its name there
  bool is_nullable = true;
  bool is_untyped = false;  // NULL, or a bare string in PostgreSQL: takes the type of its company
};

/// One thing in FROM, with the name by which columns are qualified.
struct InferredRelation {
  std::string alias;
  std::vector<InferredColumn> columns;
  std::vector<bool> is_merged;  // hidden from `*`: the right side of USING
};

/// What names an expression may use: the FROM items, the common tables, and the scope round a
/// subquery.
struct Scope {
  std::vector<InferredRelation> relations = {};
  std::vector<InferredRelation> common = {};
  const Scope* outer = nullptr;
};

std::vector<InferredColumn> infer_query(Fold& fold, const ast::Query& query,
                                        const Scope* outer = nullptr);

InferredColumn infer_expr(Fold& fold, const ast::Expr& expr, const Scope& scope);

/// Adds what a thing in FROM, or a common table, brings; reports tables that do not exist.
void add_from(Fold& fold, Scope& scope, const ast::FromItem& item);
void add_common_table(Fold& fold, const ast::CommonTable& common, bool is_recursive, Scope& scope);

/// The branch of a recursive common table that its rows begin with: what stands before all that
/// read the table itself. `inner` is a set operation.
const ast::Query& starting_branch(const Fold& fold, const ast::CommonTable& common,
                                  const ast::Query& inner);

/// What PostgreSQL calls a column that has no alias (FigureColname); "?column?" where it has none.
std::string output_name(const ast::Expr& expr);

/// The type of a kind (an ir::TypeKind by name) in the dialect.
Type type_of_kind(const Fold& fold, std::string_view kind);

/// The type that two branches have together.
void merge_types(InferredColumn& into, const InferredColumn& other);

/// A single column, by name or by table and name; null where the scope has none.
const InferredColumn* find_in_scope(const Fold& fold, const Scope& scope, const ast::Path& path);

}  // namespace sqlxc::catalog
