#include "compiler/catalog/settle_sequences.h"

#include <algorithm>
#include <optional>

#include "compiler/base/utf8.h"

namespace sqlxc::catalog {
namespace {

constexpr std::size_t kNameBytes = 63;  // that PostgreSQL keeps

// A default that calls nextval, and under which search path its argument is read.
struct Reader {
  std::optional<ast::Expr>* value = nullptr;
  Id<Table> table = {};  // none: a domain's
  std::uint32_t column = 0;
  std::string_view schema;
  std::uint32_t search_path = 0;
};

const ast::Expr* text_of(const ast::Expr& expr) {
  if (expr.kind == ast::Expr::Kind::string) return &expr;
  const bool is_cast = expr.kind == ast::Expr::Kind::cast && !expr.args.empty();
  return is_cast ? text_of(expr.args.front()) : nullptr;
}

class Settling {
 public:
  explicit Settling(Fold& fold)
      : fold_(fold), is_shared_(fold.catalog.sequences.size(), false), catalog_(fold.catalog) {}

  void run() {
    for (std::size_t i = 0; i < catalog_.tables.size(); ++i) {
      Table& table = catalog_.tables[i];
      if (!fold_.notes[i].is_alive) continue;
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        settle({.value = &table.columns[c].default_value,
                .table = Id<Table>(i),
                .column = static_cast<std::uint32_t>(c),
                .schema = table.schema,
                .search_path = table.search_path});
      }
    }
    for (std::size_t i = 0; i < catalog_.domains.size(); ++i) {
      Domain& domain = catalog_.domains[i];
      if (!fold_.domain_alive[i]) continue;
      settle({.value = &domain.default_value,
              .schema = domain.schema,
              .search_path = domain.search_path});
    }
    for (std::size_t i = 0; i < is_shared_.size(); ++i) spell_out(i);
  }

 private:
  void settle(const Reader& reader) {
    if (!*reader.value) return;
    bool is_gone = false;
    visit_exprs(**reader.value, [&](const ast::Expr& call) {
      const bool is_nextval = call.kind == ast::Expr::Kind::call && call.args.size() == 1 &&
                              call.path.last() == "nextval";
      const ast::Expr* text = is_nextval ? text_of(call.args.front()) : nullptr;
      if (text == nullptr) return;
      const std::vector<std::string> names = regclass_names(text->text);
      if (names.empty()) return;
      if (const Id<Sequence> id = find(names, reader); id.is_valid()) {
        note(id, reader);
      } else if (was_dropped(names)) {
        is_gone = true;
      } else {
        make(names, reader, text->range);
      }
    });
    if (is_gone) reader.value->reset();
  }

  Id<Sequence> find(const std::vector<std::string>& names, const Reader& reader) const {
    const auto look = [&](std::string_view schema) {
      const auto found = fold_.sequences.find(key_of(fold_, schema, names.back()));
      return found == fold_.sequences.end() ? Id<Sequence>() : found->second;
    };
    if (names.size() > 1) return look(schema_spelled(fold_, names[names.size() - 2]));
    for (const std::string& schema : catalog_.search_paths[reader.search_path]) {
      if (const Id<Sequence> id = look(schema); id.is_valid()) return id;
    }
    // An ALTER TABLE may have said it under another path.
    const Id<Sequence> beside = look(reader.schema);
    return beside.is_valid() ? beside : look("");
  }

  bool was_dropped(const std::vector<std::string>& names) const {
    for (std::size_t i = 0; i < is_shared_.size(); ++i) {
      if (!fold_.sequence_alive[i] && catalog_.sequences[i].name == names.back()) return true;
    }
    return false;
  }

  void note(Id<Sequence> id, const Reader& reader) {
    const Sequence& sequence = at(catalog_.sequences, id);
    const bool is_own = reader.table.is_valid() && sequence.owner == reader.table &&
                        sequence.owner_column == reader.column;
    if (!is_own) is_shared_[id.index] = true;
  }

  // Files of single tables, as many tools copy them out, leave their sequences behind.
  void make(const std::vector<std::string>& names, const Reader& reader, SourceRange range) {
    Sequence made;
    made.name = names.back();
    made.schema = names.size() > 1 ? schema_spelled(fold_, names[names.size() - 2])
                                   : std::string(reader.schema);
    if (!made.schema.empty() && !fold_.schemas.contains(made.schema)) return;
    const std::string key = key_of(fold_, made.schema, made.name);
    if (!fold_.relations.insert(key).second) return;
    fold_.diagnostics.report<diag::SequenceMissing>(range, made.name);
    fold_.sequences[key] = Id<Sequence>(catalog_.sequences.size());
    catalog_.sequences.push_back(std::move(made));
    fold_.sequence_alive.push_back(true);
    is_shared_.push_back(true);
  }

  // A sequence that `serial` made counts as far as its column does, also where a statement of its
  // own must make it.
  void spell_out(std::size_t index) {
    Sequence& sequence = catalog_.sequences[index];
    if (!fold_.sequence_alive[index] || !sequence.owner.is_valid()) return;
    Column& column = fold_.table(sequence.owner).columns[sequence.owner_column];
    if (!column.is_serial) return;
    const bool is_made_by_column = sequence.range == column.range;
    const bool is_narrow = column.type.name == "integer" || column.type.name == "smallint";
    if (is_shared_[index]) column.is_serial = false;
    if (!is_made_by_column || !is_narrow || (column.is_serial && !column.is_nullable)) return;
    sequence.options.insert(sequence.options.begin(), {"as", column.type.name});
  }

  Fold& fold_;
  std::vector<bool> is_shared_;  // parallel to the catalog's sequences
  Catalog& catalog_;
};

}  // namespace

std::vector<std::string> regclass_names(std::string_view text) {
  std::vector<std::string> out = {""};
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      const bool is_doubled = is_quoted && i + 1 < text.size() && text[i + 1] == '"';
      if (is_doubled) out.back() += text[++i];
      if (!is_doubled) is_quoted = !is_quoted;
    } else if (text[i] == '.' && !is_quoted) {
      out.emplace_back();
    } else if (is_quoted || text[i] != ' ') {
      out.back() += is_quoted ? std::string(1, text[i]) : to_lower(text.substr(i, 1));
    }
  }
  for (std::string& name : out) name = clip_utf8(name, kNameBytes);
  const bool is_whole = std::ranges::none_of(out, &std::string::empty);
  return is_whole ? out : std::vector<std::string>();
}

void settle_sequences(Fold& fold) {
  if (fold.is_postgres()) Settling(fold).run();
}

}  // namespace sqlxc::catalog
