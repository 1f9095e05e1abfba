#include "compiler/catalog/annotate.h"

#include <algorithm>

#include "compiler/catalog/annotation_text.h"
#include "compiler/catalog/description.h"
#include "compiler/stdlib/annotations.h"

namespace sqlxc::catalog {
namespace {

/// A thing in the text that an annotation or comment may speak of: a table's name, a column, or a
/// constraint, which has no annotations but ends what stands before it.
struct Anchor {
  enum class Kind : std::uint8_t { table, column, constraint };
  SourceRange range;
  Kind kind = Kind::constraint;
  Id<Table> table;
  std::uint32_t column = 0;
};

bool contains(SourceRange outer, SourceRange inner) {
  return outer.source == inner.source && outer.begin <= inner.begin && inner.end <= outer.end;
}

/// Every anchor, in the order of the texts.
class Anchors {
 public:
  explicit Anchors(const Catalog& catalog) {
    for (std::size_t i = 0; i < catalog.tables.size(); ++i) {
      if (catalog.tables[i].range.is_known()) owners_.emplace_back(catalog.tables[i].range, i);
    }
    std::ranges::sort(owners_);
    for (std::size_t i = 0; i < catalog.tables.size(); ++i) add_table(catalog, i);
    std::ranges::stable_sort(anchors_, {}, [](const Anchor& a) { return a.range; });
  }

  std::span<const Anchor> in(SourceRange statement) const {
    const auto begin = std::ranges::lower_bound(
        anchors_, SourceRange{statement.source, statement.begin, 0}, {}, &Anchor::range);
    auto end = begin;
    while (end != anchors_.end() && contains(statement, end->range)) ++end;
    return {begin, end};
  }

 private:
  void add_table(const Catalog& catalog, std::size_t index) {
    const Table& table = catalog.tables[index];
    const Id<Table> id(index);
    if (table.name_range.is_known()) {
      anchors_.push_back({table.name_range, Anchor::Kind::table, id, 0});
    }
    if (table.query) return;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      // A column that came from elsewhere (INHERITS, LIKE) is spoken of there.
      if (is_of_another(table.columns[c].range, index)) continue;
      anchors_.push_back(
          {table.columns[c].range, Anchor::Kind::column, id, static_cast<std::uint32_t>(c)});
    }
    if (table.primary_key) add_constraint(table, index, table.primary_key->range);
    for (const Key& key : table.uniques) add_constraint(table, index, key.range);
    for (const Check& check : table.checks) add_constraint(table, index, check.range);
    for (const ForeignKey& key : table.foreign_keys) add_constraint(table, index, key.range);
    for (const Index& key : table.indexes) add_constraint(table, index, key.range);
  }

  void add_constraint(const Table& table, std::size_t index, SourceRange range) {
    if (!range.is_known() || range == table.range || is_of_another(range, index)) return;
    const bool is_in_column = std::ranges::any_of(
        table.columns, [&](const Column& column) { return contains(column.range, range); });
    if (!is_in_column) anchors_.push_back({range, Anchor::Kind::constraint, Id<Table>(index), 0});
  }

  bool is_of_another(SourceRange range, std::size_t index) const {
    if (!range.is_known()) return true;
    auto after =
        std::ranges::upper_bound(owners_, std::pair<SourceRange, std::size_t>{range, SIZE_MAX});
    if (after == owners_.begin()) return false;
    --after;
    return contains(after->first, range) && after->second != index;
  }

  std::vector<Anchor> anchors_;
  std::vector<std::pair<SourceRange, std::size_t>> owners_;
};

/// Whether the columns' list is closed before `end`: what follows speaks of the table.
bool is_closed(const SourceMap& sources, const Anchor& last, std::uint32_t end) {
  if (end <= last.range.end) return false;
  std::string_view between = sources.text({last.range.source, last.range.end, end});
  int depth = 0;
  while (!between.empty()) {
    if (between.starts_with("--")) {
      between.remove_prefix(std::min(between.find('\n'), between.size()));
      continue;
    }
    if (between.front() == '(') ++depth;
    if (between.front() == ')' && --depth < 0) return true;
    between.remove_prefix(1);
  }
  return false;
}

/// What an annotation or comment at `range` speaks of, or null.
const Anchor* place(const SourceMap& sources, std::span<const Anchor> anchors, SourceRange range,
                    bool is_trailing) {
  if (anchors.empty()) return nullptr;
  const Anchor* before = nullptr;
  const Anchor* after = nullptr;
  const Anchor* table = nullptr;
  for (const Anchor& anchor : anchors) {
    if (anchor.kind == Anchor::Kind::table && table == nullptr) table = &anchor;
    if (anchor.range.begin < range.begin) before = &anchor;
    if (anchor.range.begin >= range.begin && after == nullptr) after = &anchor;
  }
  if (before == nullptr) return table != nullptr ? table : after;
  if (!is_trailing && after != nullptr) {
    return after->kind == Anchor::Kind::column ? after : table;
  }
  if (before->kind == Anchor::Kind::column && !is_closed(sources, *before, range.begin)) {
    return before;
  }
  if (before->kind == Anchor::Kind::table && is_trailing) return before;
  return table;
}

class Annotator {
 public:
  Annotator(const SourceMap& sources, Catalog& catalog, Diagnostics& diagnostics)
      : sources_(sources), catalog_(catalog), diagnostics_(diagnostics), anchors_(catalog) {}

  void read(const ast::Statement& statement) {
    if (statement.annotations.empty() && statement.comments.empty()) return;
    const std::span<const Anchor> anchors = anchors_.in(statement.range);
    for (const ast::Annotation& annotation : statement.annotations) {
      const AnnotationText text{annotation.text, annotation.range,
                                sources_.text(annotation.range) == annotation.text};
      const Anchor* anchor = place(sources_, anchors, annotation.range, annotation.is_trailing);
      for (Annotation& read : read_annotations(text, diagnostics_)) put(anchor, std::move(read));
    }
    describe(statement, anchors);
  }

  /// What COMMENT ON and COMMENT '...' say may hold annotations.
  void read_comment(Table& table, Column* column) {
    std::optional<std::string>& comment = column != nullptr ? column->comment : table.comment;
    if (!comment) return;
    SourceRange range = column != nullptr ? column->comment_range : table.comment_range;
    if (!range.is_known()) range = column != nullptr ? column->range : table.name_range;
    for (Annotation& read : extract_annotations(*comment, range, diagnostics_)) {
      put_on(&table, column, std::move(read));
    }
    if (comment->empty()) comment.reset();
  }

 private:
  void put(const Anchor* anchor, Annotation annotation) {
    const stdlib::AnnotationRow* row = stdlib::find_annotation(annotation.name);
    // A query speaks of the schema wherever it stands.
    if (row != nullptr && row->is_query) anchor = nullptr;
    if (anchor == nullptr) {
      if (row != nullptr && row->on_file) {
        catalog_.annotations.push_back(std::move(annotation));
      } else if (row != nullptr) {
        diagnostics_.report<diag::AnnotationNowhere>(annotation.range, annotation.name);
      } else {
        check_annotation(sources_, catalog_, nullptr, false, annotation, diagnostics_);
      }
      return;
    }
    Table& table = at(catalog_.tables, anchor->table);
    Column* column =
        anchor->kind == Anchor::Kind::column ? &table.columns[anchor->column] : nullptr;
    put_on(&table, column, std::move(annotation));
  }

  void put_on(Table* table, Column* column, Annotation annotation) {
    const stdlib::AnnotationRow* row = stdlib::find_annotation(annotation.name);
    if (row != nullptr && row->is_query) return put(nullptr, std::move(annotation));
    if (!check_annotation(sources_, catalog_, table, column != nullptr, annotation, diagnostics_)) {
      return;
    }
    std::vector<Annotation>& list = column != nullptr ? column->annotations : table->annotations;
    const bool is_there = std::ranges::any_of(
        list, [&](const Annotation& other) { return other.name == annotation.name; });
    if (is_there && !stdlib::find_annotation(annotation.name)->may_repeat) {
      diagnostics_.report<diag::AnnotationTwice>(annotation.range, annotation.name);
      return;
    }
    list.push_back(std::move(annotation));
  }

  void describe(const ast::Statement& statement, std::span<const Anchor> anchors) {
    for (const CommentBlock& block : comment_blocks(sources_, statement)) {
      if (is_of_a_query(statement, block)) continue;
      const Anchor* anchor = place(sources_, anchors, block.range, block.is_trailing);
      if (anchor == nullptr) continue;
      if (!block.is_trailing && !stands_above(sources_, block, statement.range, anchor->range)) {
        continue;
      }
      Table& table = at(catalog_.tables, anchor->table);
      std::optional<std::string>& comment = anchor->kind == Anchor::Kind::column
                                                ? table.columns[anchor->column].comment
                                                : table.comment;
      if (!comment) comment = block.text;
    }
  }

  bool is_of_a_query(const ast::Statement& statement, const CommentBlock& block) const {
    return std::ranges::any_of(statement.annotations, [&](const ast::Annotation& annotation) {
      return annotation.text.starts_with("query") &&
             stands_above_annotation(sources_, block, annotation.range);
    });
  }

  const SourceMap& sources_;
  Catalog& catalog_;
  Diagnostics& diagnostics_;
  Anchors anchors_;
};

}  // namespace

void annotate(const SourceMap& sources, std::span<const ast::File> files, Catalog& catalog,
              Diagnostics& diagnostics) {
  Annotator annotator(sources, catalog, diagnostics);
  for (Table& table : catalog.tables) {
    annotator.read_comment(table, nullptr);
    for (Column& column : table.columns) annotator.read_comment(table, &column);
  }
  for (const ast::File& file : files) {
    for (const ast::Statement& statement : file.statements) annotator.read(statement);
  }
}

}  // namespace sqlxc::catalog
