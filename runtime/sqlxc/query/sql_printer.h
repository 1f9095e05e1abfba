#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/query/sql.h>

// The hand that writes a statement: every identifier it writes comes from the model, every value
// becomes a bind as its `?` is written. For the printers of sql.h only.
namespace sqlxc::query {

/// Prints one statement. Tables go by aliases t0, t1, ...
class SqlPrinter {
 public:
  SqlPrinter(const Model& model, Statement& statement) : model_(model), out_(statement) {}

  std::string& sql() { return out_.sql; }
  int new_alias() { return aliases_++; }
  const Entity& entity(EntityIndex index) const { return model_.entities[index]; }

  void bind(const value::Value& value) {
    sql() += '?';
    out_.binds.push_back(value);
  }

  void column(int alias, const Field& field) {
    sql() += 't';
    append_number(sql(), alias);
    sql() += '.';
    sql() += field.sql;
  }

  void table(const Entity& entity, int alias) {
    sql() += entity.sql;
    sql() += " AS t";
    append_number(sql(), alias);
  }

  void cast(int alias, const Field& field, Type to);
  void filter(int alias, const Entity& entity, const Filter& filter);
  void link(int outer, const Entity& owner, const Relation& relation, int inner);
  void conditions(int alias, const Query& query, std::size_t* key_bind);
  void order(int alias, const Query& query);
  void limit(const Query& query);
  void embed(int outer, const Entity& owner, const Embed& embed);
  std::vector<Column> items(int alias, const Query& query, std::vector<int>& places);
  void joins();
  std::size_t bind_count() const { return out_.binds.size(); }

 private:
  void compare(int alias, const Field& field, const Filter& filter);
  void children(int alias, const Entity& entity, const Filter& filter);
  void origin(int alias, const Origin& origin, std::size_t* key_bind);
  void after(int alias, const Entity& entity, const Query& query, std::size_t at);
  void after_one(int alias, const Field& field, const Sort& sort, const value::Value& value);
  bool after_as_row(int alias, const Entity& entity, const Query& query);
  void object(int alias, const Query& query);
  void match(const Query& query, int outer, const Entity& owner, const Relation& relation,
             int inner);
  bool has_conditions(const Query& query) const;

  // A row of another table that is read with the row itself.
  struct Join {
    int outer = 0;
    int inner = 0;
    const Entity* owner = nullptr;
    const Embed* embed = nullptr;
  };

  bool can_join(const Entity& owner, const Embed& embed) const;
  void joined(int outer, const Entity& owner, const Item& item, const Embed& embed,
              std::vector<Column>& columns);

  const Model& model_;
  Statement& out_;
  int aliases_ = 0;
  std::vector<Join> joins_;
};

}  // namespace sqlxc::query
