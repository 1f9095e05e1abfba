#include <sqlxc/proof/rows.h>

#include <algorithm>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/body.h>

namespace sqlxc::proof {
namespace {

constexpr std::size_t kGood = 12;  // rows to change
constexpr int kTries = 400;        // to repair one

bool is_writable(const query::Field& field) { return !field.generated && !field.readonly; }

void append_json(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::absent:
      return;
    case Cell::Kind::null:
      out += "null";
      return;
    case Cell::Kind::text:
      append_json_string(out, cell.text);
      return;
    case Cell::Kind::bare:
      out += cell.text;
      return;
  }
}

std::string json_of(const query::Entity& entity, const Cells& cells) {
  std::string out = "{";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].kind == Cell::Kind::absent) continue;
    if (out.size() > 1) out += ", ";
    append_json_string(out, entity.fields[i].name);
    out += ": ";
    append_json(out, cells[i]);
  }
  return out + '}';
}

}  // namespace

bool Row::is_misread(query::FieldIndex field) const {
  return values[field].is_default() && cells[field].kind != Cell::Kind::absent;
}

Row read_row(const query::Entity& entity, Cells cells, rules::Write write) {
  Row row;
  row.json = json_of(entity, cells);
  row.cells = std::move(cells);
  rest::BodyOptions options;
  options.write = write;
  auto body = rest::parse_body(entity, row.json, options, row.violations);
  row.is_read = body && body->rows.size() == 1;
  if (row.is_read) row.values = std::move(body->rows.front());
  return row;
}

Rows::Rows(const query::Entity& entity, Random& random) : entity_(entity), random_(random) {
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    values_.emplace_back(entity, static_cast<query::FieldIndex>(i), random);
    if (!is_writable(entity.fields[i])) continue;
    writable_.push_back(i);
    const bool is_ruled = std::ranges::any_of(entity.rules, [i](const rules::Rule& rule) {
      return std::ranges::find(rule.fields, i) != rule.fields.end();
    });
    if (is_ruled) ruled_.push_back(i);
  }
  find_good();
}

Cells Rows::fresh() {
  Cells cells(entity_.fields.size());
  for (const std::size_t i : writable_) {
    const query::Field& field = entity_.fields[i];
    if (field.has_default && random_.once_in(3)) continue;
    const bool is_left = field.nullable && (field.type == value::Type::other || random_.once_in(4));
    cells[i] = is_left ? Cell::null() : values_[i].likely(random_);
  }
  return cells;
}

// From a row by chance, the fields that violations name are tried anew.
void Rows::find_good() {
  for (std::size_t start = 0; start < 4 * kGood && good_.size() < kGood; ++start) {
    Cells cells = fresh();
    for (int i = 0; i < kTries; ++i) {
      const Row row = read_row(entity_, cells, rules::Write::insert);
      if (!row.is_read) break;
      if (row.violations.empty()) {
        good_.push_back(cells);
        break;
      }
      for (const rules::Violation& violation : row.violations.list()) {
        if (violation.fields.empty()) continue;
        const std::string_view name = random_.pick(violation.fields);
        const auto found = std::ranges::find(entity_.fields, name, &query::Field::name);
        const auto index = static_cast<std::size_t>(found - entity_.fields.begin());
        if (!is_writable(*found)) continue;
        cells[index] = field_value(index);
      }
    }
  }
}

Cell Rows::field_value(std::size_t field) {
  const bool may_be_null = entity_.fields[field].nullable && random_.once_in(6);
  return may_be_null ? Cell::null() : values_[field].likely(random_);
}

std::size_t Rows::a_field() {
  return !ruled_.empty() && !random_.once_in(4) ? random_.pick(ruled_) : random_.pick(writable_);
}

Row Rows::next(rules::Write write) {
  Cells cells = good_.empty() || random_.once_in(12) ? fresh() : random_.pick(good_);
  if (!writable_.empty()) {
    const std::size_t changes = 1 + (random_.once_in(3) ? random_.below(3) : 0);
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t field = a_field();
      cells[field] = values_[field].any(random_);
    }
  }
  return read_row(entity_, std::move(cells), write);
}

}  // namespace sqlxc::proof
