#pragma once

#include <string>

#include "compiler/ir/ir.h"

// The types of one entity in the schema definition language. Not for use outside of emit/graphql.
namespace sqlxc::emit {

/// `(limit: Int, offset: Int, where: UserWhere, orderBy: [UserOrderBy!])`
std::string rows_arguments(const ir::Entity& entity);
/// The same of a connection.
std::string connection_arguments(const ir::Entity& entity);

/// User, UserConnection, UserEdge, UserAggregate and what they are made of.
std::string sdl_output_types(const ir::Module& module, const ir::Entity& entity);
/// The object of a function's row.
std::string sdl_result_type(const ir::Module& module, const ir::Entity& result);

/// UserWhere, UserOrderBy and what relations are filtered by.
std::string sdl_filter_types(const ir::Module& module, const ir::Entity& entity);

/// UserCreateInput, UserUpdateInput and what rows are nested by; of a table only.
std::string sdl_write_types(const ir::Module& module, const ir::Entity& entity);
bool has_create_input(const ir::Entity& entity);
bool has_update_input(const ir::Entity& entity);
/// Whether rows can be addressed by a key: UserKey.
bool has_key_input(const ir::Entity& entity);

/// The scalars, and the inputs that compare values of them and of enums.
std::string sdl_scalars(const ir::Module& module);
std::string sdl_enumeration(const ir::Enumeration& enumeration);

}  // namespace sqlxc::emit
