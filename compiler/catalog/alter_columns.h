#pragma once

#include <vector>

#include "compiler/catalog/constraints.h"
#include "compiler/catalog/fold.h"

// What actions of ALTER TABLE do to columns.
namespace sqlxc::catalog {

/// An ALTER TABLE that is being applied to one table: the one that it names, or an heir of that.
struct Alter {
  Fold& fold;
  Id<Table> id;
  const ast::AlterTable& statement;
  std::vector<PendingConstraint> pending;  // of columns, to be added when all actions are applied

  Table& table() { return fold.table(id); }
};

/// Applies an action that adds, changes, renames or drops columns.
void alter_columns(Alter& alter, const ast::AlterAction& action);

}  // namespace sqlxc::catalog
