#include "compiler/catalog/queries.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/catalog/description.h"
#include "compiler/catalog/fold.h"
#include "compiler/catalog/infer.h"
#include "compiler/catalog/query_header.h"
#include "compiler/catalog/query_names.h"
#include "compiler/catalog/query_types.h"
#include "compiler/syntax/parse.h"

namespace sqlxc::catalog {
namespace {

/// A fold of a catalog that is done: its names are what may be looked up.
Fold unfold(const SourceMap& sources, Catalog catalog, Diagnostics& diagnostics) {
  Fold fold{.sources = sources, .diagnostics = diagnostics};
  fold.catalog = std::move(catalog);
  fold.row = &stdlib::dialect_row(fold.catalog.dialect);
  // A bare name means the default schema's table before any other.
  fold.search_path = {""};
  for (const std::string& schema : fold.catalog.schemas) fold.search_path.push_back(schema);
  const auto add = [&](const auto& things, const auto& put) {
    for (std::size_t i = 0; i < things.size(); ++i) {
      put(key_of(fold, things[i].schema, things[i].name), i);
    }
  };
  add(fold.catalog.tables,
      [&](const std::string& key, std::size_t i) { fold.tables.emplace(key, Id<Table>(i)); });
  add(fold.catalog.enums, [&](const std::string& key, std::size_t i) {
    fold.types[key] = {.enumeration = Id<Enum>(i)};
  });
  add(fold.catalog.domains,
      [&](const std::string& key, std::size_t i) { fold.types[key] = {.domain = Id<Domain>(i)}; });
  add(fold.catalog.composites, [&](const std::string& key, std::size_t i) {
    fold.types[key] = {.composite = Id<Composite>(i)};
  });
  fold.notes.resize(fold.catalog.tables.size());
  fold.enum_alive.assign(fold.catalog.enums.size(), true);
  fold.domain_alive.assign(fold.catalog.domains.size(), true);
  fold.composite_alive.assign(fold.catalog.composites.size(), true);
  fold.function_alive.assign(fold.catalog.functions.size(), true);
  return fold;
}

/// Where the annotation's text stands letter for letter: in its source, or in one made of it.
SourceRange place_of(SourceMap& sources, const Annotation& annotation) {
  const std::string& text = annotation.args.front();
  const auto size = static_cast<std::uint32_t>(text.size());
  if (annotation.range.is_known()) {
    const std::size_t found = sources.text(annotation.range).find(text);
    if (found != std::string_view::npos) {
      const std::uint32_t begin = annotation.range.begin + static_cast<std::uint32_t>(found);
      return {annotation.range.source, begin, begin + size};
    }
  }
  return {sources.add("@query", text), 0, size};
}

bool writes(const ast::Query& query) {
  return !query.locking.empty() || std::ranges::any_of(query.operands, writes) ||
         std::ranges::any_of(query.with, [](const ast::CommonTable& common) {
           return !common.statement.empty() || std::ranges::any_of(common.query, writes);
         });
}

/// A named query as it stands in the text, from its name on, and the comment above it.
struct Written {
  SourceRange range;
  std::string comment;
};

class Reader {
 public:
  Reader(const SourceMap& sources, Catalog catalog, Diagnostics& diagnostics)
      : fold_(unfold(sources, std::move(catalog), found_)), diagnostics_(diagnostics) {}

  void read(const Written& written) {
    found_ = {};
    std::optional<QueryHeader> header =
        read_query_header(fold_.sources, written.range, fold_.dialect(), found_);
    if (header) read(written, *header);
    pass_on();
  }

  Catalog take() { return std::move(fold_.catalog); }

 private:
  void read(const Written& from, QueryHeader& header) {
    NamedQuery query;
    query.name = header.name.text;
    query.name_range = header.name.range;
    query.range = from.range;
    query.comment = from.comment;
    if (!is_free(header.name)) return;
    for (const WrittenParameter& written : header.parameters) add_parameter(query, written);
    if (!read_select(header, query) || found_.has_errors()) return;
    fold_.parameters.clear();
    for (const QueryParameter& parameter : query.parameters) {
      fold_.parameters.push_back(parameter.type);
    }
    const std::vector<bool> is_used = resolve_query_names(fold_, query, query.query);
    if (found_.has_errors()) return;
    check_query(fold_, query.query);
    for (std::size_t i = 0; i < is_used.size(); ++i) {
      if (is_used[i]) continue;
      found_.report<diag::QueryParameterUnused>(query.parameters[i].range, query.parameters[i].name,
                                                query.name);
    }
    set_columns(query);
    if (!found_.has_errors()) fold_.catalog.queries.push_back(std::move(query));
  }

  bool is_free(const ast::Name& name) {
    const auto& queries = fold_.catalog.queries;
    const auto same = std::ranges::find(queries, name.text, &NamedQuery::name);
    if (same != queries.end()) {
      found_.report<diag::DuplicateName>(name.range, "query", name.text)
          .label(same->name_range, "the first one");
      return false;
    }
    const auto is_it = [&](const Function& function) { return function.name == name.text; };
    if (!std::ranges::any_of(fold_.catalog.functions, is_it)) return true;
    found_.report<diag::QueryName>(name.range, name.text)
        .help("both would be /api/rpc/" + name.text);
    return false;
  }

  void add_parameter(NamedQuery& query, const WrittenParameter& written) {
    QueryParameter parameter;
    parameter.name = written.name.text;
    parameter.range = written.name.range;
    const auto same = std::ranges::find(query.parameters, parameter.name, &QueryParameter::name);
    if (same != query.parameters.end()) {
      found_.report<diag::DuplicateName>(parameter.range, "parameter", parameter.name)
          .label(same->range, "the first one");
    }
    const std::string text(fold_.sources.text(written.type));
    const auto cast = syntax::parse_expression_text("cast(null as " + text + ")", fold_.dialect());
    if (!cast || cast->type.empty()) {
      found_.report<diag::AnnotationSyntax>(written.type, "a type");
    } else {
      ast::TypeName type = cast->type.front();
      type.range = type.path.range = written.type;
      for (ast::Name& name : type.path.names) name.range = written.type;
      if (fold_.is_sqlite() && type.spelled.empty()) type.spelled = text;
      parameter.type = resolve_type(fold_, type);
    }
    if (written.default_value.is_known()) {
      parameter.default_value =
          syntax::parse_expression(fold_.sources, written.default_value, fold_.dialect(), found_);
    }
    query.parameters.push_back(std::move(parameter));
  }

  bool read_select(const QueryHeader& header, NamedQuery& query) {
    const auto statement = syntax::parse_query(fold_.sources, header.body, fold_.dialect(), found_);
    if (!statement) return false;
    const auto refuse = [&](SourceRange range, std::string_view what) {
      found_.report<diag::QueryStatement>(range, query.name, what);
      return false;
    };
    if (const auto* select = std::get_if<ast::SelectStatement>(&statement->node)) {
      query.query = select->query;
      if (writes(query.query)) return refuse(header.body, "one that writes or locks");
      return true;
    }
    if (const auto* other = std::get_if<ast::Other>(&statement->node)) {
      return refuse(statement->range, other->construct);
    }
    return refuse(header.body, "one that writes");
  }

  // --- what it gives

  void set_columns(NamedQuery& query) {
    std::vector<InferredColumn> columns = infer_query(fold_, query.query);
    check_branches(query, query.query);
    name_columns(query, columns);
    std::set<std::string> names;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      InferredColumn& from = columns[i];
      if (from.name.empty() || from.name == "?column?") {
        found_.report<diag::QueryColumns>(query.name_range, query.name, "a column without a name")
            .help("column " + std::to_string(i + 1) + " needs one: `... as name`");
      } else if (!names.insert(fold_.is_postgres() ? from.name : to_lower(from.name)).second) {
        found_
            .report<diag::QueryColumns>(query.name_range, query.name,
                                        "two columns named `" + from.name + "`")
            .help("`... as name` gives one another name");
      }
      Column column;
      column.name = from.name;
      column.type = std::move(from.type);
      column.type.range = {};
      column.is_nullable = from.is_nullable;
      column.origin = from.origin;
      column.origin_column = from.origin_column;
      column.range = column.name_range = query.name_range;
      query.columns.push_back(std::move(column));
    }
    if (columns.empty()) {
      found_.report<diag::QueryColumns>(query.name_range, query.name, "no columns that are known");
    }
    query.rows = table_of(query.columns);
  }

  void check_branches(const NamedQuery& named, const ast::Query& query) {
    for (const ast::Query& operand : query.operands) check_branches(named, operand);
    if (query.operands.size() != 2) return;
    const std::size_t left = infer_query(fold_, query.operands[0]).size();
    const std::size_t right = infer_query(fold_, query.operands[1]).size();
    if (left == right || left == 0 || right == 0) return;
    found_.report<diag::QueryColumns>(
        query.range.is_known() ? query.range : named.range, named.name,
        std::to_string(left) + " columns on one side of `" + query.set_operator + "` and " +
            std::to_string(right) + " on the other");
  }

  /// Every column is called in the text as it is in the catalog, whatever an engine would call it.
  static void name_columns(NamedQuery& query, std::vector<InferredColumn>& columns) {
    ast::Select* select = leading_select(query.query);
    if (select == nullptr || select->items.size() != columns.size()) return;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      ast::SelectItem& item = select->items[i];
      if (item.alias) continue;
      columns[i].name = output_name(item.expr);
      const bool is_plain = item.expr.kind == ast::Expr::Kind::column;
      if (is_plain || columns[i].name == "?column?") continue;
      item.alias.emplace();
      item.alias->text = columns[i].name;
    }
  }

  /// The table whose columns these are, all of them, in its order.
  Id<Table> table_of(const std::vector<Column>& columns) const {
    if (columns.empty() || !columns.front().origin.is_valid()) return {};
    const Id<Table> id = columns.front().origin;
    const Table& table = at(fold_.catalog.tables, id);
    if (table.columns.size() != columns.size()) return {};
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Column& of = table.columns[i];
      const bool is_it = columns[i].origin == id && columns[i].origin_column == of.name &&
                         columns[i].name == of.name &&
                         columns[i].is_nullable == (of.is_nullable && !of.is_rowid);
      if (!is_it) return {};
    }
    return id;
  }

  /// What was found, once each: a part is looked at more than once.
  void pass_on() {
    std::set<std::pair<SourceRange, std::string>> seen;
    for (const Diagnostic& one : found_.all()) {
      if (seen.emplace(one.range, one.message).second) diagnostics_.pass_on(one);
    }
  }

  Diagnostics found_;
  Fold fold_;
  Diagnostics& diagnostics_;
};

}  // namespace

void read_queries(SourceMap& sources, Catalog& catalog, Diagnostics& diagnostics) {
  std::vector<Written> queries;
  for (const Annotation& annotation : catalog.annotations) {
    if (annotation.name != "query") continue;
    queries.push_back({place_of(sources, annotation), annotation.range.is_known()
                                                          ? comment_above(sources, annotation.range)
                                                          : std::string()});
  }
  if (queries.empty()) return;
  Reader reader(sources, std::move(catalog), diagnostics);
  for (const Written& query : queries) reader.read(query);
  catalog = reader.take();
}

}  // namespace sqlxc::catalog
