#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlxc/query/sql.h>
#include <sqlxc/query/sql_printer.h>

// PostgreSQL: a write and what is shown of its rows, as one statement. Where nothing but the rows
// themselves is shown, RETURNING shows it; else the write is a WITH, and a SELECT over its rows.
namespace sqlxc::query {
namespace {

using value::Value;

const std::string_view kWhere = " WHERE ";

// The protocol counts a statement's values in 16 bits.
constexpr std::size_t kMostValues = 65'535;

bool is_given(const Value& value) { return !value.is_absent() && !value.is_default(); }

using InsertedRows = std::span<const std::vector<Value>>;

// The columns that any of the rows has.
std::vector<FieldIndex> columns_of(const Entity& entity, InsertedRows rows) {
  std::vector<FieldIndex> columns;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const bool is_used =
        std::ranges::any_of(rows, [&](const std::vector<Value>& row) { return is_given(row[i]); });
    if (is_used) columns.push_back(static_cast<FieldIndex>(i));
  }
  return columns;
}

// Whether every row has all of the columns, each of a type that a text can be cast to: then a
// column is one array, whatever the number of rows.
bool can_unnest(const Entity& entity, InsertedRows rows, const std::vector<FieldIndex>& columns) {
  const auto has_all = [&](const std::vector<Value>& row) {
    return std::ranges::all_of(columns, [&](FieldIndex i) { return is_given(row[i]); });
  };
  const auto has_type = [&](FieldIndex i) { return !postgres_type(entity.fields[i]).empty(); };
  return rows.size() > 1 && std::ranges::all_of(rows, has_all) &&
         std::ranges::all_of(columns, has_type);
}

bool needs_select(const Query& shown) {
  return !shown.embeds.empty() || !shown.order.empty() || shown.limit || shown.offset > 0;
}

class ChangePrinter {
 public:
  ChangePrinter(const Model& model, const Query& shown, SelectOptions options, Select& select)
      : model_(model),
        shown_(shown),
        select_(select),
        print_(model, select.statement, Dialect::postgres, options.as_text) {}

  void run(const Change& change, bool with_key);

 private:
  std::string& sql() { return print_.sql(); }
  void write(const Insert& insert);
  void write(const Update& update);
  void write(const Delete& del);
  void target(std::string_view words, EntityIndex entity);
  void where(const Query& scope);
  Query scope_of(EntityIndex entity, const Filter& filter) const;
  void rows(const Insert& insert, const std::vector<FieldIndex>& columns);
  void unnested_rows(const Insert& insert, const std::vector<FieldIndex>& columns);
  void conflict(const Insert& insert, const std::vector<FieldIndex>& columns);
  void is_new(const Entity& entity);
  void find(const Update& update, bool with_key);
  void returning_shown(const Entity& entity, bool with_key);
  void returning_used(const Entity& entity, bool with_key);
  void key_columns(const Entity& entity, int outputs);

  const Model& model_;
  const Query& shown_;
  Select& select_;
  SqlPrinter print_;
  bool is_upsert_ = false;
  std::vector<FieldIndex> target_;  // of the upsert
};

void ChangePrinter::target(std::string_view words, EntityIndex entity) {
  sql() += words;
  print_.table(model_.entities[entity], print_.new_alias());
}

// The rows that a write means are the table's, not those that it returns.
Query ChangePrinter::scope_of(EntityIndex entity, const Filter& filter) const {
  Query scope;
  scope.entity = entity;
  scope.filter = filter;
  scope.embeds = shown_.embeds;
  for (Embed& embed : scope.embeds) embed.is_inner = false;
  return scope;
}

void ChangePrinter::where(const Query& scope) {
  print_.conditions({.alias = 0, .query = &scope}, nullptr);
}

void ChangePrinter::write(const Update& update) {
  const Entity& entity = model_.entities[update.entity];
  target("UPDATE ", update.entity);
  bool is_first = true;
  for (std::size_t i = 0; i < update.values.size(); ++i) {
    const Value& value = update.values[i];
    if (value.is_absent()) continue;
    sql() += is_first ? " SET " : ", ";
    is_first = false;
    sql() += print_.name_of(entity.fields[i]);
    sql() += " = ";
    if (value.is_default()) {
      sql() += "DEFAULT";
    } else {
      print_.bind_written(value, entity.fields[i]);
    }
  }
  where(scope_of(update.entity, update.filter));
}

void ChangePrinter::write(const Delete& del) {
  target("DELETE FROM ", del.entity);
  where(scope_of(del.entity, del.filter));
}

// One text whatever the number of rows: each column is an array of texts.
void ChangePrinter::unnested_rows(const Insert& insert, const std::vector<FieldIndex>& columns) {
  const Entity& entity = model_.entities[insert.entity];
  Field text;
  sql() += " SELECT ";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) sql() += ", ";
    const Field& field = entity.fields[columns[i]];
    sql() += field.pg_from_json;
    sql() += field.pg_from_json.empty() ? "v.c" : "(v.c";
    append_number(sql(), i);
    sql() += "::";
    sql() += field.pg_from_json.empty() ? postgres_type(field) : "json)";
  }
  sql() += " FROM unnest(";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) sql() += ", ";
    const Field& field = entity.fields[columns[i]];
    std::vector<Value> values;
    for (const auto& row : insert.rows) {
      const Value& value = row[columns[i]];
      values.push_back(field.pg_from_json.empty() ? postgres_value(value, field) : value);
    }
    print_.bind_as(Value::of_text(array_literal(values, text)), "text[]");
  }
  sql() += ") AS v(";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) sql() += ", ";
    sql() += 'c';
    append_number(sql(), i);
  }
  sql() += ')';
}

void ChangePrinter::rows(const Insert& insert, const std::vector<FieldIndex>& columns) {
  const Entity& entity = model_.entities[insert.entity];
  if (can_unnest(entity, insert.rows, columns)) return unnested_rows(insert, columns);
  sql() += " VALUES ";
  for (std::size_t r = 0; r < insert.rows.size(); ++r) {
    sql() += r == 0 ? "(" : ", (";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) sql() += ", ";
      const Value& value = insert.rows[r][columns[i]];
      if (is_given(value)) {
        print_.bind_written(value, entity.fields[columns[i]]);
      } else {
        sql() += "DEFAULT";
      }
    }
    sql() += ')';
  }
}

void ChangePrinter::conflict(const Insert& insert, const std::vector<FieldIndex>& columns) {
  const Entity& entity = model_.entities[insert.entity];
  if (insert.on_conflict == Insert::OnConflict::fail) return;
  const bool ignores = insert.on_conflict == Insert::OnConflict::ignore;
  if (insert.target.empty() && !ignores) return;
  is_upsert_ = true;
  target_ = insert.target;
  sql() += " ON CONFLICT ";
  for (std::size_t i = 0; i < insert.target.size(); ++i) {
    sql() += i == 0 ? "(" : ", ";
    sql() += print_.name_of(entity.fields[insert.target[i]]);
  }
  if (!insert.target.empty()) sql() += ") ";
  if (ignores) {
    sql() += "DO NOTHING";
    return;
  }
  std::string sets;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const Field& field = entity.fields[i];
    const auto index = static_cast<FieldIndex>(i);
    const bool is_replaced = insert.on_conflict == Insert::OnConflict::replace &&
                             !field.generated && !field.readonly && !field.computed;
    const bool is_written = std::ranges::find(columns, index) != columns.end() || is_replaced;
    if (!is_written || std::ranges::find(insert.target, index) != insert.target.end()) continue;
    sets += sets.empty() ? "" : ", ";
    sets += print_.name_of(field);
    sets += " = excluded.";
    sets += print_.name_of(field);
  }
  if (sets.empty()) {
    // Nothing to change; but a row that is there must still be returned.
    const std::string_view key = print_.name_of(entity.fields[insert.target[0]]);
    sets += key;
    sets += " = excluded.";
    sets += key;
  }
  sql() += "DO UPDATE SET " + sets;
}

void ChangePrinter::write(const Insert& insert) {
  const Entity& entity = model_.entities[insert.entity];
  std::vector<FieldIndex> columns = columns_of(entity, insert.rows);
  // Rows of defaults alone name a column, for there may be several.
  if (columns.empty() && insert.rows.size() > 1) {
    for (std::size_t i = 0; i < entity.fields.size() && columns.empty(); ++i) {
      const Field& field = entity.fields[i];
      if (!field.computed) columns.push_back(static_cast<FieldIndex>(i));
    }
  }
  target("INSERT INTO ", insert.entity);
  if (columns.empty()) {
    sql() += insert.rows.empty() ? " SELECT WHERE FALSE" : " DEFAULT VALUES";
  } else {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      sql() += i == 0 ? " (" : ", ";
      sql() += print_.name_of(entity.fields[columns[i]]);
    }
    sql() += ')';
    rows(insert, columns);
  }
  conflict(insert, columns);
}

void ChangePrinter::key_columns(const Entity& entity, int outputs) {
  for (FieldIndex field : entity.primary_key.fields) {
    if (outputs > 0) sql() += ", ";
    // As it stands in a path.
    const Field& key = entity.fields[field];
    const bool is_represented = !key.pg_to_json.empty() && !key.pg_from_text.empty();
    if (is_represented) sql() += std::string(key.pg_to_json) + '(';
    print_.column(0, key);
    if (is_represented) sql() += ") #>> '{}'";
    select_.key_columns.push_back(outputs++);
  }
}

// Whether the row was not there when the statement began: RETURNING sees the table as it was then.
// (`xmax = 0` would say it too, but not of views and partitioned tables.)
void ChangePrinter::is_new(const Entity& entity) {
  if (target_.empty()) {
    sql() += "TRUE";
    return;
  }
  const int old = print_.new_alias();
  sql() += "NOT EXISTS (SELECT 1 FROM ";
  print_.table(entity, old);
  std::string_view joint = kWhere;
  for (FieldIndex field : target_) {
    sql() += joint;
    joint = " AND ";
    print_.column(old, entity.fields[field]);
    sql() += " = ";
    print_.column(0, entity.fields[field]);
  }
  sql() += ')';
}

// RETURNING with the columns of the answer.
void ChangePrinter::returning_shown(const Entity& entity, bool with_key) {
  const std::size_t start = sql().size();
  sql() += " RETURNING ";
  const std::size_t empty = sql().size();
  Rows rows{.alias = 0, .query = &shown_};
  bool is_first = true;
  select_.columns = print_.items(rows, Form::flat, is_first);
  int outputs = rows.outputs;
  if (with_key) key_columns(entity, outputs);
  outputs += static_cast<int>(select_.key_columns.size());
  if (is_upsert_) {
    if (outputs > 0) sql() += ", ";
    is_new(entity);
    select_.new_column = outputs;
  }
  if (sql().size() == empty) sql().resize(start);
}

// RETURNING with what the SELECT over the rows reads, and no more: a role may see a part only.
void ChangePrinter::returning_used(const Entity& entity, bool with_key) {
  std::vector<bool> used(entity.fields.size());
  bool needs_row = false;
  const auto use = [&](std::span<const FieldIndex> fields) {
    for (FieldIndex field : fields) used[field] = true;
  };
  for (const Item& item : shown_.items) {
    if (item.embed == Item::kNoEmbed && item.field != Item::kAllRows) used[item.field] = true;
  }
  for (const Embed& embed : shown_.embeds) {
    const Relation& relation = entity.relations[embed.relation];
    use(relation.from);
    needs_row = needs_row || !relation.function.empty();
  }
  for (const Sort& sort : shown_.order) {
    if (!sort.relations.empty()) {
      const Relation& relation = entity.relations[sort.relations.front()];
      use(relation.from);
      needs_row = needs_row || !relation.function.empty();
    } else if (sort.embed == Sort::kOwn) {
      used[sort.field] = true;
    }
  }
  if (with_key) use(entity.primary_key.fields);
  sql() += " RETURNING ";
  bool is_first = true;
  const auto also = [&] {
    if (!is_first) sql() += ", ";
    is_first = false;
  };
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    also();
    print_.column(0, entity.fields[i]);
    if (!entity.fields[i].computed) continue;
    sql() += " AS c";
    append_number(sql(), i);
  }
  if (needs_row) {
    also();
    sql() += "t0 AS r";
  }
  if (is_upsert_) {
    also();
    is_new(entity);
    sql() += " AS n";
  }
  if (is_first) sql() += "TRUE AS n";
}

// An update of no column changes nothing, but the rows that it means are found and shown.
void ChangePrinter::find(const Update& update, bool with_key) {
  Query query = shown_;
  query.filter = update.filter;
  sql() += "SELECT ";
  Rows rows{.alias = print_.new_alias(), .query = &query};
  bool is_first = true;
  select_.columns = print_.items(rows, Form::flat, is_first);
  if (with_key) key_columns(model_.entities[update.entity], rows.outputs);
  if (select_.columns.empty() && select_.key_columns.empty()) sql() += "NULL";
  print_.tail(rows);
}

void ChangePrinter::run(const Change& change, bool with_key) {
  const auto* update = std::get_if<Update>(&change);
  const bool is_empty = update != nullptr && std::ranges::all_of(update->values, &Value::is_absent);
  if (is_empty) return find(*update, with_key);
  const bool is_wrapped = needs_select(shown_);
  if (is_wrapped) sql() += "WITH w AS (";
  std::visit([&](const auto& write) { this->write(write); }, change);
  const EntityIndex index = std::visit([](const auto& write) { return write.entity; }, change);
  const Entity& entity = model_.entities[index];
  if (!is_wrapped) return returning_shown(entity, with_key);
  returning_used(entity, with_key);
  sql() += ") SELECT ";
  print_.use_written(entity);
  Rows rows{.alias = 0, .query = &shown_};
  bool is_first = true;
  select_.columns = print_.items(rows, Form::flat, is_first);
  int outputs = rows.outputs;
  if (with_key) key_columns(entity, outputs);
  outputs += static_cast<int>(select_.key_columns.size());
  if (is_upsert_) {
    if (outputs > 0) sql() += ", ";
    sql() += "t0.n";
    select_.new_column = outputs;
  }
  print_.tail(rows);
}

}  // namespace

std::size_t rows_at_once(const Model& model, const Insert& insert, std::size_t first) {
  const Entity& entity = model.entities[insert.entity];
  const InsertedRows rows = InsertedRows(insert.rows).subspan(first);
  if (can_unnest(entity, rows, columns_of(entity, rows))) return rows.size();
  std::size_t values = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    values += static_cast<std::size_t>(std::ranges::count_if(rows[i], is_given));
    if (values > kMostValues) return i;
  }
  return rows.size();
}

Select print_change(const Model& model, const Change& change, const Query& shown, bool with_key,
                    SelectOptions options) {
  Select select;
  ChangePrinter(model, shown, options, select).run(change, with_key);
  return select;
}

}  // namespace sqlxc::query
