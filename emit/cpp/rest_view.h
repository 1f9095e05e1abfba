#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/base/printer.h"
#include "emit/cpp/cpp.h"

// What api/rest/*.cpp say, decided: an entity's constants as lines of C++. Not for use outside of
// emit/cpp.
namespace sqlxc::emit {

struct FieldView {
  std::vector<std::string> lines;  // ".name = "id","
};

struct RelationView {
  std::string comment;
  std::vector<std::string> lines;
};

struct EntityView {
  std::string comment;
  std::vector<std::string> columns;  // the enumerators
  std::vector<std::pair<std::string, std::string>>
      labels;  // of an enum: the constant and its values
  std::vector<FieldView> fields;
  std::string primary_key;
  std::vector<std::string> uniques;
  std::vector<std::string> indexes;
  std::vector<RelationView> relations;
  std::vector<std::string> order;
  std::vector<std::string> search;
};

/// Names, types and constants of an entity, a table's or a function's result.
EntityView describe(const ir::Module& module, const ir::Entity& entity);

/// `labels[]`, `kColumns[]`, `kUniques[]`, ...: those that the entity has.
void print_arrays(Printer& out, const EntityView& view);
void print_lines(Printer& out, const std::vector<std::string>& lines);

/// `.name = value,`
std::string member(std::string_view name, std::string_view value);

/// What a function's result is called in the model: `result_add`.
std::string result_name(const ir::Entity& result);

}  // namespace sqlxc::emit
