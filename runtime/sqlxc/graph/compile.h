#pragma once

#include <vector>

#include <sqlxc/graph/arguments.h>
#include <sqlxc/graph/layout.h>
#include <sqlxc/graph/names.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>

// A root field as one statement: the query that reads all it asks for, however deep, and the layout
// of the answer. Nothing is resolved later.
namespace sqlxc::graph {

struct Compiled {
  /// What becomes of the rows.
  enum class Shape : std::uint8_t {
    list,      // of objects
    one,       // an object, or null
    values,    // a list of the only column's values
    value,     // the only column's value, or null
    nothing,   // true
    together,  // one row, which is one node's values
  };

  Shape shape = Shape::list;
  query::EntityIndex entity = 0;
  std::vector<query::Query> queries = {};  // one; of `together` any number
  std::vector<Node> members = {};          // of an object; of `together` the node
  bool is_function = false;
  bool changes = false;
};

class Compiler {
 public:
  /// With `places`, these are left for values of variables.
  Compiler(const Names& names, const graphql::Schema& schema, query::Dialect dialect,
           Places* places = nullptr)
      : names_(names), schema_(schema), dialect_(dialect), places_(places) {}

  /// A root field that reads.
  Read<Compiled> compile(const Root& root, const graphql::Selected& field) const;

  /// What is shown of an entity's rows, added to a query of them.
  Read<std::vector<Node>> select_rows(const graphql::Selected& field, query::Query& query) const;

  const Names& names() const { return names_; }
  Scope scope_of(query::EntityIndex entity) const { return {names_, entity, dialect_, places_}; }

 private:
  Read<std::vector<Node>> select_branch(const std::vector<graphql::Selected>& fields,
                                        query::Query& query) const;
  Read<void> select_field(const graphql::Selected& field, query::Query& query,
                          std::vector<Node>& nodes) const;
  Read<Node> select_relation(const graphql::Selected& field, query::RelationIndex relation,
                             std::string_view ending, query::Query& query) const;
  Node select_column(query::FieldIndex field, query::Query& query) const;
  Read<void> read_rows_arguments(const graphql::Selected& field, query::Query& query) const;
  Read<Compiled> compile_one(const Root& root, const graphql::Selected& field) const;
  Read<Compiled> compile_node(const graphql::Selected& field) const;
  Read<Compiled> compile_function(const Root& root, const graphql::Selected& field) const;

  // Pages and aggregates: a node, and the queries whose rows it takes.
  Read<Node> page(const graphql::Selected& field, query::EntityIndex entity,
                  std::vector<query::Query>& queries) const;
  Read<void> page_members(const std::vector<graphql::Selected>& fields, query::Query& rows,
                          Node& parent, bool& has_total) const;
  Read<Node> aggregate(const graphql::Selected& field, query::EntityIndex entity,
                       std::vector<query::Query>& queries) const;
  Read<void> aggregate_member(const graphql::Selected& field, query::Query& all,
                              std::vector<Node>& nodes) const;
  Read<Node> groups(const graphql::Selected& field, query::Query rows,
                    std::vector<query::Query>& queries) const;

  const Names& names_;
  const graphql::Schema& schema_;
  query::Dialect dialect_;
  Places* places_;
};

/// The only branch of an object type's selection.
const std::vector<graphql::Selected>& fields_of(const graphql::Selected& field);

/// `"User"`: what `__typename` is of a field's objects.
Node typename_node(std::string_view type);

}  // namespace sqlxc::graph
