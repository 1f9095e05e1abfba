#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "emit/openapi/schema.h"

// What the operations of an OpenAPI document are made of: references, answers, media types, ids.
namespace sqlxc::emit {

/// A status and the component that describes its answer.
using Problems = std::initializer_list<std::pair<const char*, const char*>>;

Json ref(const std::string& kind, const std::string& name);
Json refs(const char* kind, std::initializer_list<const char*> names);
Json content(const char* type, Json schema);
Json text_schema();
Json array_of(Json items);

/// What an operation adds to the answers that all of them may give.
void add_problems(Json& operation, Problems problems);
void add_write_problems(Json& operation);
/// What all writes have: a key by which they are carried out once, and what may go wrong.
void add_write(Json& operation);
/// The header by which an answer says that it is that of the first time.
void add_replayed(Json& response);
void add_read_problems(Json& operation);

/// The header that names the schema, where there are several.
void add_profile(Json& operation, const ir::Module& module, bool reads);

/// The media types of rows. `json` is what the first of them holds.
Json media_types(Json json, const Json& row);

/// Those that aggregates of the schema make of the entity's rows, too.
void add_handlers(Json& types, const ir::Module& module, Id<ir::Entity> entity);

/// The name of the schema of rows that are no table's, by their place among the results; empty
/// where a function gives but a value of them.
std::string result_schema_name(const ir::Module& module, std::size_t index);

/// Begins operations; their ids are unique in the document.
class Operations {
 public:
  Json begin(const char* verb, const std::string& tag, const std::string& name,
             const std::string& summary);

 private:
  std::set<std::string> ids_;
};

}  // namespace sqlxc::emit
