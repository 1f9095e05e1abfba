#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"

// A table of the typed ORM before it is printed: every name and type is settled.
namespace sqlxc::emit {

/// A column: of rows, of inputs and of the table.
struct Member {
  std::string comment;
  std::string type;  // of a value: not optional
  std::string name;
  std::string initial;  // " = 0", or empty
  bool is_nullable = false;
  bool is_written = false;  // by those who write rows

  std::string row_type() const { return is_nullable ? "std::optional<" + type + '>' : type; }
};

/// A relation: of the table, and of inputs where its rows are written with a row.
struct RelationMember {
  std::string name;
  std::string kind;    // ToOne or ToMany
  std::string target;  // the other row's name
  std::size_t index = 0;
  bool is_input = false;  // its rows are written with a row
};

struct TypedTable {
  std::string comment;
  std::string name;
  std::string table;     // as the schema calls it
  std::string constant;  // posts
  std::size_t index = 0;
  std::vector<Member> members;
  std::vector<RelationMember> relations;
  std::string key;  // a type; empty: there is no primary key
  bool is_written = false;
  std::set<std::string> includes;  // of the standard library
  bool has_enumerations = false;
};

/// Decides what everything about the entity is called in C++.
TypedTable describe_table(const ir::Module& module, const ir::Entity& entity);

}  // namespace sqlxc::emit
