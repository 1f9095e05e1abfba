#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.h"

// Pieces of GraphQL's schema definition language that several kinds of types are made of. Not for
// use outside of emit/graphql.
namespace sqlxc::emit {

/// `"..."`, escaped as GraphQL and JSON have it.
std::string sdl_string(std::string_view text);

/// A description before what it describes, a line or a block at that indentation; empty for none.
std::string sdl_description(std::string_view text, int indent);

/// ` @deprecated(reason: "...")`; empty for what is not.
std::string sdl_deprecated(std::string_view reason);

/// The type of a column's values: `BigInt`, `[PostStatus!]`.
std::string sdl_type(const ir::Module& module, const ir::Type& type);
/// The input that compares them: `BigIntFilter`, `PostStatusArrayFilter`.
std::string sdl_filter(const ir::Module& module, const ir::Type& type);
/// Of a field whose domain travels in a form of its own (a cast to json) that form is JSON,
/// whatever the column holds: in answers, in what is written, and in what it is compared with.
std::string sdl_shown_type(const ir::Module& module, const ir::Field& field);
std::string sdl_written_type(const ir::Module& module, const ir::Field& field);
std::string sdl_compared_type(const ir::Module& module, const ir::Field& field);
std::string sdl_filter(const ir::Module& module, const ir::Field& field);
/// Whether their values have an order that rows can be sorted by.
bool has_order(const ir::Type& type);

/// Whether responses show the field.
bool is_shown(const ir::Field& field);
/// Whether a new row may name it.
bool is_input(const ir::Field& field);

/// The relations that have a name in GraphQL.
std::vector<const ir::Relation*> relations_of(const ir::Entity& entity);

/// `id: BigInt!, name: String!`: the fields of a key as arguments.
std::string key_arguments(const ir::Module& module, const ir::Entity& entity, const ir::Key& key);

}  // namespace sqlxc::emit
