#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sqlxc/orm/codec.h>
#include <sqlxc/orm/column.h>
#include <sqlxc/orm/condition.h>
#include <sqlxc/orm/engine.h>
#include <sqlxc/orm/error.h>
#include <sqlxc/orm/input.h>
#include <sqlxc/orm/relation.h>
#include <sqlxc/orm/rows.h>

// The database of a service, typed: docs/orm.md is the manual. Any thread may call; a call waits
// for its answer.
namespace sqlxc::orm {

/// A table whose rows have a primary key.
template <typename Table>
concept Keyed = requires { typename Table::Key; };

/// A table that can be written, not a view.
template <typename Table>
concept Writable = requires { typename Table::Input; };

class Database {
 public:
  /// Opens a file or `postgresql://...` for the tables of `model`; creates the schema in an empty
  /// one. Emitted code calls it: `blog::open(url)`.
  static Result<Database> open(const query::Model& model, std::string_view url) {
    auto engine = Engine::open(model, url);
    if (!engine) return std::unexpected(std::move(engine.error()));
    return Database(std::move(*engine));
  }

  const query::Model& model() const { return engine_->model(); }

  /// All rows that the question is about.
  template <typename Table, typename... Loads>
  auto all(const Rows<void, Table, Loads...>& rows) const {
    return many<Table, Loads...>(engine_->read(rows.query()));
  }

  /// The first of them, or nothing.
  template <typename Table, typename... Loads>
  auto first(const Rows<void, Table, Loads...>& rows) const {
    const bool is_none = rows.query().limit == 0;
    return only<Table, Loads...>(engine_->read((is_none ? rows : rows.limit(1)).query()));
  }

  /// How many there are without limit and offset.
  template <typename Table, typename... Loads>
  Result<std::int64_t> count(const Rows<void, Table, Loads...>& rows) const {
    return engine_->count(rows.query());
  }

  /// The row of a primary key, or nothing.
  template <Keyed Table>
  Result<std::optional<typename Table::Row>> find(const Table&,
                                                  const typename Table::Key& key) const {
    return only<Table>(engine_->read(from(Table{}).query(), parts_of(key)));
  }

  /// Inserts a row, with those of other tables that its input has: all or none. The row as it is.
  template <Writable Table>
  Result<typename Table::Row> insert(const Table&, const typename Table::Input& row) {
    return one<Table>(engine_->insert(Table::kEntity, {values_of<Table>(row)}, false));
  }

  /// Inserts rows, all or none.
  template <Writable Table>
  Result<std::vector<typename Table::Row>> insert_all(
      const Table&, const std::vector<typename Table::Input>& rows) {
    std::vector<Values> values;
    for (const auto& row : rows) values.push_back(values_of<Table>(row));
    return many<Table>(engine_->insert(Table::kEntity, values, false));
  }

  /// Inserts a row, or updates the one with its primary key.
  template <Writable Table>
    requires Keyed<Table>
  Result<typename Table::Row> upsert(const Table&, const typename Table::Input& row) {
    return one<Table>(engine_->insert(Table::kEntity, {values_of<Table>(row)}, true));
  }

  /// Changes what the input says of one row. The row as it is, or nothing where there is none.
  template <Writable Table>
    requires Keyed<Table>
  Result<std::optional<typename Table::Row>> update(const Table&, const typename Table::Key& key,
                                                    const typename Table::Input& values) {
    return only<Table>(engine_->update({.entity = Table::kEntity, .key = parts_of(key)},
                                       values_of<Table>(values)));
  }

  /// Changes what the input says of every row that meets the condition. The rows as they are.
  template <Writable Table>
  Result<std::vector<typename Table::Row>> update(const Table&, const Condition<Table>& condition,
                                                  const typename Table::Input& values) {
    return many<Table>(engine_->update({.entity = Table::kEntity, .filter = condition.filter()},
                                       values_of<Table>(values)));
  }

  /// Deletes one row. The row as it was, or nothing where there is none.
  template <Writable Table>
    requires Keyed<Table>
  Result<std::optional<typename Table::Row>> remove(const Table&, const typename Table::Key& key) {
    return only<Table>(engine_->remove({.entity = Table::kEntity, .key = parts_of(key)}));
  }

  /// Deletes every row that meets the condition. The rows as they were.
  template <Writable Table>
  Result<std::vector<typename Table::Row>> remove(const Table&, const Condition<Table>& condition) {
    return many<Table>(engine_->remove({.entity = Table::kEntity, .filter = condition.filter()}));
  }

 private:
  explicit Database(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

  template <typename... Parts>
  static std::vector<std::string> parts_of(const std::tuple<Parts...>& key) {
    std::vector<std::string> parts;
    const auto add = [&](const auto& part) { append_json(parts.emplace_back(), part); };
    std::apply([&](const auto&... part) { (add(part), ...); }, key);
    return parts;
  }
  template <typename Key>
  static std::vector<std::string> parts_of(const Key& key) {
    return parts_of(std::tuple<Key>(key));
  }

  template <typename Table>
  std::unexpected<Error> unreadable() const {
    const std::string table(model().entities[Table::kEntity].name);
    return std::unexpected(Error{.code = "22000",
                                 .message = "`" + table +
                                            "`, or what was loaded with it, holds a "
                                            "value that its column's type in C++ cannot have"});
  }

  // The rows of a JSON array.
  template <typename Table, typename... Loads>
  auto many(const Result<std::string>& json) const
      -> Result<std::vector<typename Codec<Table, Loads...>::Item>> {
    if (!json) return std::unexpected(json.error());
    std::vector<typename Codec<Table, Loads...>::Item> items;
    json::Reader reader(*json);
    reader.next();
    while (reader.next() != json::Token::end_array) {
      if (!Codec<Table, Loads...>::read(reader, items.emplace_back())) return unreadable<Table>();
    }
    return items;
  }

  // The only row of an array, an object, or nothing.
  template <typename Table, typename... Loads>
  auto only(const Result<std::string>& json) const
      -> Result<std::optional<typename Codec<Table, Loads...>::Item>> {
    if (!json) return std::unexpected(json.error());
    std::optional<typename Codec<Table, Loads...>::Item> item;
    json::Reader reader(*json);
    if (reader.next() == json::Token::begin_array) reader.next();
    if (reader.token() != json::Token::begin_object) return item;
    if (!Codec<Table, Loads...>::read(reader, item.emplace())) return unreadable<Table>();
    return item;
  }

  template <typename Table>
  Result<typename Table::Row> one(const Result<std::string>& json) const {
    auto row = only<Table>(json);
    if (!row) return std::unexpected(std::move(row.error()));
    return std::move(**row);
  }

  std::unique_ptr<Engine> engine_;
};

/// A row, or what was loaded with it, as JSON in the forms of REST.
template <typename Table, typename... Loads>
std::string to_json(const Database& database, const Loaded<Table, Loads...>& row) {
  std::string out;
  Codec<Table, Loads...>::write(out, database.model(), row);
  return out;
}
template <typename Row>
std::string to_json(const Database& database, const Row& row) {
  std::string out;
  Codec<decltype(table_of(row))>::write(out, database.model(), row);
  return out;
}

}  // namespace sqlxc::orm
