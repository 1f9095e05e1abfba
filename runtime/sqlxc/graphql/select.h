#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/coerce.h>
#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/input.h>
#include <sqlxc/graphql/schema.h>

// An operation as it is executed (October 2021, section 6.3): fragments spread, fields of one
// response key merged, @skip and @include decided, arguments coerced. What compiles an operation
// reads this tree and never the document.
namespace sqlxc::graphql {

struct Selected;

/// What is selected of an object of one of `types`, in the order of the response. Of an object
/// type there is one branch; of an interface or union, one for each set of fields that its objects
/// differ in.
struct Branch {
  std::vector<TypeId> types;
  std::vector<Selected> fields;
};

/// A field of the response.
struct Selected {
  std::string_view key;                     // the response key, a view into the document
  const Field* field = nullptr;             // its definition; name "__typename" is one of them
  ast::Offset at = 0;                       // where it is first selected, for errors
  Input arguments = {};                     // an object
  std::optional<ArgumentError> error = {};  // the arguments cannot be coerced: the field failed
  std::vector<Branch> branches = {};        // of a composite type

  /// The branch for objects of `type`; none are selected of it: nullptr.
  const Branch* branch_of(TypeId type) const;
};

/// What an operation may ask for at most.
struct Limits {
  std::size_t max_depth = 20;  // fields in one another
  std::size_t max_introspection_depth = 64;
  std::size_t max_fields = 5'000;      // of the whole response's shape
  std::size_t max_root_fields = 100;   // each of them is a statement
  std::uint64_t max_cost = 1'000'000;  // fields times the lengths of the lists they are in
  std::uint64_t list_length = 20;      // assumed of a list whose field has no limit
};

struct Operation {
  ast::OperationKind kind = ast::OperationKind::query;
  TypeId root = 0;
  std::vector<Selected> fields = {};
  std::uint64_t cost = 0;
  std::string_view source = {};  // of the document: LineIndex(source).locate(field.at)
};

/// The operation of that name (or the only one) in a document that validate() took.
std::expected<const ast::Operation*, Error> find_operation(const ast::Document& document,
                                                           std::optional<std::string_view> name);

/// The tree of `operation`; views into `document` and `schema`, which outlive it.
std::expected<Operation, Errors> select(const Schema& schema, const ast::Document& document,
                                        const ast::Operation& operation, const Variables& variables,
                                        const Limits& limits = {});

}  // namespace sqlxc::graphql
