#pragma once

#include <sqlxc/query/model.h>
#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// The blog of examples/blog as the compiler declares it, so that the query planner and the REST
// face can be tested without a compiler.
namespace sqlxc::blog {

using query::Cardinality;
using query::Entity;
using query::Field;
using query::FieldIndex;
using query::Key;
using query::Order;
using query::Relation;
using value::Type;

enum Entities : query::EntityIndex { kUsers, kPosts, kComments, kTags, kPostTags, kActivity };

// GCC 12 warns of members that designated initializers leave at their defaults.
constexpr Field make_field(std::string_view name, std::string_view sql, Type type, bool nullable) {
  Field field;
  field.name = name;
  field.sql = sql;
  field.type = type;
  field.nullable = nullable;
  return field;
}

constexpr Field with_default(Field field) {
  field.has_default = true;
  return field;
}

constexpr Field with_readonly(Field field) {
  field.readonly = true;
  return with_default(field);
}

constexpr Field with_length(Field field, std::uint32_t length) {
  field.max_length = length;
  return field;
}

constexpr Field with_precision(Field field, std::uint16_t precision, std::int16_t scale) {
  field.precision = precision;
  field.scale = scale;
  return field;
}

inline constexpr std::string_view kStatus[] = {"draft", "published", "archived"};

constexpr Field with_labels(Field field) {
  field.labels = kStatus;
  return with_default(field);
}

inline constexpr Field kUserFields[] = {
    with_default(make_field("id", "\"id\"", Type::int64, false)),
    with_length(make_field("email", "\"email\"", Type::text, false), 255),
    with_length(make_field("name", "\"name\"", Type::text, false), 100),
    make_field("age", "\"age\"", Type::int32, true),
    make_field("bio", "\"bio\"", Type::text, true),
    with_readonly(make_field("created_at", "\"created_at\"", Type::timestamptz, false)),
};
inline constexpr Field kPostFields[] = {
    with_default(make_field("id", "\"id\"", Type::int64, false)),
    make_field("author_id", "\"author_id\"", Type::int64, false),
    with_length(make_field("title", "\"title\"", Type::text, false), 200),
    make_field("content", "\"content\"", Type::text, false),
    with_labels(make_field("status", "\"status\"", Type::enumeration, false)),
    with_precision(make_field("rating", "\"rating\"", Type::decimal, true), 3, 1),
    make_field("published_at", "\"published_at\"", Type::timestamptz, true),
    with_readonly(make_field("created_at", "\"created_at\"", Type::timestamptz, false)),
};
inline constexpr Field kCommentFields[] = {
    with_default(make_field("id", "\"id\"", Type::int64, false)),
    make_field("post_id", "\"post_id\"", Type::int64, false),
    make_field("author_id", "\"author_id\"", Type::int64, false),
    make_field("body", "\"body\"", Type::text, false),
    with_readonly(make_field("created_at", "\"created_at\"", Type::timestamptz, false)),
};
inline constexpr Field kTagFields[] = {
    with_default(make_field("id", "\"id\"", Type::int32, false)),
    with_length(make_field("name", "\"name\"", Type::text, false), 50),
};
inline constexpr Field kPostTagFields[] = {
    make_field("post_id", "\"post_id\"", Type::int64, false),
    make_field("tag_id", "\"tag_id\"", Type::int32, false),
};
inline constexpr Field kActivityFields[] = {
    make_field("id", "\"id\"", Type::int64, true),
    make_field("name", "\"name\"", Type::text, true),
    make_field("posts", "\"posts\"", Type::int64, true),
};

inline constexpr FieldIndex kFirst[] = {0};
inline constexpr FieldIndex kSecond[] = {1};
inline constexpr FieldIndex kThird[] = {2};
inline constexpr FieldIndex kBoth[] = {0, 1};
inline constexpr FieldIndex kAuthorAndTime[] = {1, 7};
inline constexpr FieldIndex kEighth[] = {7};
inline constexpr FieldIndex kAge[] = {3};
inline constexpr FieldIndex kStatusAndDate[] = {4, 6};

inline constexpr Key kUserUniques[] = {{"users_email_key", kSecond}};
inline constexpr Key kUserIndexes[] = {{"users_pkey", kFirst}, {"users_email_key", kSecond}};
inline constexpr Key kPostIndexes[] = {
    {"posts_pkey", kFirst}, {"posts_author_id", kAuthorAndTime}, {"posts_created_at", kEighth}};
inline constexpr Key kCommentIndexes[] = {
    {"comments_pkey", kFirst}, {"comments_post_id", kSecond}, {"comments_author_id", kThird}};
inline constexpr Key kTagUniques[] = {{"tags_name_key", kSecond}};
inline constexpr Key kTagIndexes[] = {{"tags_pkey", kFirst}, {"tags_name_key", kSecond}};
inline constexpr Key kPostTagIndexes[] = {{"post_tags_pkey", kBoth}, {"post_tags_tag_id", kSecond}};

constexpr Relation make_relation(std::string_view name, Cardinality cardinality,
                                 query::EntityIndex target, std::string_view constraint,
                                 std::span<const FieldIndex> from, std::span<const FieldIndex> to) {
  Relation relation;
  relation.name = name;
  relation.cardinality = cardinality;
  relation.target = target;
  relation.constraint = constraint;
  relation.from = from;
  relation.to = to;
  return relation;
}

constexpr Relation through_post_tags(Relation relation, std::span<const FieldIndex> via_from,
                                     std::span<const FieldIndex> via_to) {
  relation.via = kPostTags;
  relation.via_from = via_from;
  relation.via_to = via_to;
  return relation;
}

inline constexpr Relation kUserRelations[] = {
    make_relation("posts", Cardinality::to_many, kPosts, "posts_author_id_fkey", kFirst, kSecond),
    make_relation("comments", Cardinality::to_many, kComments, "comments_author_id_fkey", kFirst,
                  kThird),
};
inline constexpr Relation kPostRelations[] = {
    make_relation("author", Cardinality::to_one, kUsers, "posts_author_id_fkey", kSecond, kFirst),
    make_relation("comments", Cardinality::to_many, kComments, "comments_post_id_fkey", kFirst,
                  kSecond),
    through_post_tags(make_relation("tags", Cardinality::many_to_many, kTags,
                                    "post_tags_tag_id_fkey", kFirst, kFirst),
                      kFirst, kSecond),
    make_relation("post_tags", Cardinality::to_many, kPostTags, "post_tags_post_id_fkey", kFirst,
                  kFirst),
};
inline constexpr Relation kCommentRelations[] = {
    make_relation("post", Cardinality::to_one, kPosts, "comments_post_id_fkey", kSecond, kFirst),
    make_relation("author", Cardinality::to_one, kUsers, "comments_author_id_fkey", kThird, kFirst),
};
inline constexpr Relation kTagRelations[] = {
    through_post_tags(make_relation("posts", Cardinality::many_to_many, kPosts,
                                    "post_tags_post_id_fkey", kFirst, kFirst),
                      kSecond, kFirst),
};
inline constexpr Relation kPostTagRelations[] = {
    make_relation("post", Cardinality::to_one, kPosts, "post_tags_post_id_fkey", kFirst, kFirst),
    make_relation("tag", Cardinality::to_one, kTags, "post_tags_tag_id_fkey", kSecond, kFirst),
};

inline rules::Tri age_is_sane(const rules::Row& user) {
  constexpr rules::Column<std::int32_t> age{3};
  return user[age] >= 13 && user[age] <= 150;
}

inline constexpr rules::Rule kUserRules[] = {
    {"users_age_check", "age >= 13 AND age <= 150", kAge, age_is_sane},
};
inline constexpr std::string_view kUserPlaces[] = {"blog.sql:8",  "blog.sql:9",  "blog.sql:10",
                                                   "blog.sql:11", "blog.sql:12", "blog.sql:13"};
inline constexpr std::string_view kUserRulePlaces[] = {"blog.sql:11"};
inline constexpr query::Places kPlacesOfUsers = {kUserPlaces, kUserRulePlaces};
inline constexpr std::string_view kPostPlaces[] = {"blog.sql:19", "blog.sql:20", "blog.sql:21",
                                                   "blog.sql:22", "blog.sql:23", "blog.sql:24",
                                                   "blog.sql:25", "blog.sql:26"};
inline constexpr query::Places kPlacesOfPosts = {kPostPlaces, {}};
inline constexpr Order kById[] = {{0, false}};
inline constexpr Order kNewestFirst[] = {{7, true}, {0, true}};
inline constexpr Order kByKey[] = {{0, false}, {1, false}};

inline constexpr std::string_view kSchema = R"sql(
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  age INTEGER CONSTRAINT users_age_check CHECK (age >= 13 AND age <= 150),
  bio TEXT,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  author_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'draft',
  rating NUMERIC(3, 1),
  published_at TEXT,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT published_has_a_date CHECK (status <> 'published' OR published_at IS NOT NULL)
);
CREATE INDEX posts_author_id ON posts (author_id, created_at);
CREATE INDEX posts_created_at ON posts (created_at);
CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  author_id INTEGER NOT NULL REFERENCES users (id),
  body TEXT NOT NULL,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX comments_post_id ON comments (post_id);
CREATE INDEX comments_author_id ON comments (author_id);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE post_tags (
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (post_id, tag_id)
);
CREATE INDEX post_tags_tag_id ON post_tags (tag_id);
CREATE VIEW author_activity AS
  SELECT u.id, u.name, count(p.id) AS posts
  FROM users u LEFT JOIN posts p ON p.author_id = u.id GROUP BY u.id, u.name;
INSERT INTO users (id, email, name, age, bio, created_at) VALUES
  (1, 'ada@example.com', 'Ada', 36, 'Wrote the first program.', '2026-01-01 00:00:00'),
  (2, 'grace@example.com', 'Grace', 85, NULL, '2026-01-02 00:00:00'),
  (3, 'edsger@example.com', 'Edsger', 72, NULL, '2026-01-03 00:00:00');
INSERT INTO posts (id, author_id, title, content, status, rating, published_at, created_at) VALUES
  (1, 1, 'Notes', 'It weaves.', 'published', 9.5, '2026-01-10 09:00:00', '2026-01-10 08:00:00'),
  (2, 1, 'On repetition', 'Cycles.', 'draft', NULL, NULL, '2026-01-11 08:00:00'),
  (3, 2, 'The compiler', 'Nobody, "none".', 'published', 9.0, '2026-02-14 12:30:00',
   '2026-02-14 08:00:00');
INSERT INTO comments (id, post_id, author_id, body, created_at) VALUES
  (1, 1, 2, 'Still the best.', '2026-03-01 00:00:00'),
  (2, 1, 3, 'Indeed.', '2026-03-02 00:00:00'),
  (3, 3, 1, 'I believed it.', '2026-03-03 00:00:00');
INSERT INTO tags (id, name) VALUES (1, 'history'), (2, 'compilers'), (3, 'style');
INSERT INTO post_tags (post_id, tag_id) VALUES (1, 1), (3, 1), (3, 2);
)sql";

inline constexpr Entity kEntities[] = {
    {.name = "users",
     .schema = {},
     .sql = "\"users\"",
     .is_view = false,
     .fields = kUserFields,
     .primary_key = {"users_pkey", kFirst},
     .uniques = kUserUniques,
     .indexes = kUserIndexes,
     .relations = kUserRelations,
     .rules = kUserRules,
     .default_order = kById,
     .page = 0,
     .description = {},
     .places = &kPlacesOfUsers},
    {.name = "posts",
     .schema = {},
     .sql = "\"posts\"",
     .is_view = false,
     .fields = kPostFields,
     .primary_key = {"posts_pkey", kFirst},
     .uniques = {},
     .indexes = kPostIndexes,
     .relations = kPostRelations,
     .rules = {},
     .default_order = kNewestFirst,
     .page = 20,
     .description = {},
     .places = &kPlacesOfPosts},
    {.name = "comments",
     .schema = {},
     .sql = "\"comments\"",
     .is_view = false,
     .fields = kCommentFields,
     .primary_key = {"comments_pkey", kFirst},
     .uniques = {},
     .indexes = kCommentIndexes,
     .relations = kCommentRelations,
     .rules = {},
     .default_order = kById,
     .page = 0,
     .description = {},
     .places = nullptr},
    {.name = "tags",
     .schema = {},
     .sql = "\"tags\"",
     .is_view = false,
     .fields = kTagFields,
     .primary_key = {"tags_pkey", kFirst},
     .uniques = kTagUniques,
     .indexes = kTagIndexes,
     .relations = kTagRelations,
     .rules = {},
     .default_order = kById,
     .page = 0,
     .description = "Words that posts are found by.",
     .places = nullptr},
    {.name = "post_tags",
     .schema = {},
     .sql = "\"post_tags\"",
     .is_view = false,
     .fields = kPostTagFields,
     .primary_key = {"post_tags_pkey", kBoth},
     .uniques = {},
     .indexes = kPostTagIndexes,
     .relations = kPostTagRelations,
     .rules = {},
     .default_order = kByKey,
     .page = 0,
     .description = {},
     .places = nullptr},
    {.name = "author_activity",
     .schema = {},
     .sql = "\"author_activity\"",
     .is_view = true,
     .fields = kActivityFields,
     .primary_key = {},
     .uniques = {},
     .indexes = {},
     .relations = {},
     .rules = {},
     .default_order = {},
     .page = 0,
     .description = {},
     .places = nullptr},
};

inline int find_entity(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kEntities); ++i) {
    if (kEntities[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

inline constexpr query::Model kModel = {.name = "blog",
                                        .fingerprint = "b10c",
                                        .entities = kEntities,
                                        .find_entity = find_entity,
                                        .sqlite_schema = kSchema,
                                        .postgres_schema = {},
                                        .openapi = "{}",
                                        .docs_html = {}};

}  // namespace sqlxc::blog
