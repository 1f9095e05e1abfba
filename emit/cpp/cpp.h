#pragma once

#include <string>
#include <string_view>

#include "emit/emit.h"

// The emitted C++: an emitter a kind of file. Each decides all names and types first, then prints.
namespace sqlxc::emit {

/// orm/user.h: a table's rows, what a write says of one, its columns and relations.
File emit_orm_table(const ir::Module& module, const ir::Entity& entity);
/// orm/enumerations.h: the schema's enums; orm/orm.h: everything.
File emit_enumerations(const ir::Module& module);
File emit_orm_umbrella(const ir::Module& module);

/// validation/users.h: one rule a declaration, in the words of the schema.
File emit_validation(const ir::Module& module, const ir::Entity& entity);
/// Whether the service checks the rule by itself.
bool is_checked(const ir::Rule& rule);
/// Whether the entity has rules that the service checks by itself; the others have no validation
/// file.
bool has_validation(const ir::Entity& entity);

/// api/rest/users.cpp: the entity as the service knows it.
File emit_rest_entity(const ir::Module& module, const ir::Entity& entity);
/// api/rest/functions.cpp: what can be called.
File emit_functions(const ir::Module& module);
/// api/rest/handlers.cpp: the media types that aggregates make of rows.
File emit_handlers(const ir::Module& module);
/// api/rest/rest.h: every entity by name.
File emit_rest_header(const ir::Module& module);

/// server/model.h and .cpp: all entities, the documents, and the way from a name in a URL to its
/// entity.
File emit_model_header(const ir::Module& module);
File emit_model_source(const ir::Module& module);
/// server/places.cpp: where the schema declares the columns and rules of every entity, apart from
/// them.
File emit_places(const ir::Module& module);
/// server/documents.cpp: what is compiled into the binary as it is.
File emit_documents(const ir::Module& module);
File emit_main(const ir::Module& module, const Options& options);

/// The namespace of the service: `blog`.
std::string service_namespace(const ir::Module& module);

/// `kEntities<at::posts, at::users>`
std::string entities_of(const ir::Module& module, const std::vector<Id<ir::Entity>>& entities);

/// A name of a thing that is called after its entity, in snake case: `users`.
std::string entity_name(const ir::Entity& entity);

}  // namespace sqlxc::emit
