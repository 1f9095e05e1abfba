#include <filesystem>
#include <system_error>

#include "compiler/catalog/annotate.h"
#include "compiler/catalog/apply.h"
#include "compiler/catalog/introspect.h"
#include "compiler/driver/commands/commands.h"
#include "compiler/driver/database/connect.h"
#include "compiler/driver/files.h"
#include "compiler/driver/project_files.h"
#include "compiler/syntax/parse.h"

namespace fs = std::filesystem;

namespace sqlxc::driver {
namespace {

/// The DDL of a live database, or nothing where it reported why not.
std::optional<std::string> source_of(const DatabaseUrl& url, Diagnostics& diagnostics) {
  const bool is_postgres = url.engine == Engine::postgres;
  const auto refuse = [&](const DatabaseFailure& failure) {
    if (failure.kind == DatabaseFailure::Kind::unreachable) {
      diagnostics.report<diag::Unreachable>({}, url.shown, failure.message);
    } else {
      diagnostics.report<diag::DatabaseUnread>({}, url.shown, failure.message);
    }
    return std::nullopt;
  };
  const Connected database = is_postgres ? connect_postgres(url) : connect_sqlite(url);
  if (!database) return refuse(database.error());
  const auto answers = (*database)->ask(is_postgres ? catalog::postgres_introspection()
                                                    : catalog::sqlite_introspection());
  if (!answers) return refuse(answers.error());
  return is_postgres ? catalog::postgres_source(*answers) : catalog::sqlite_source(*answers);
}

bool is_new_folder(const fs::path& folder, Diagnostics& diagnostics) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return true;
  if (!fs::is_directory(status) || !fs::is_empty(folder, error) || error) {
    diagnostics.report<diag::FolderTaken>({}, folder.string());
    return false;
  }
  return true;
}

catalog::Catalog catalog_of(SourceMap& sources, const DatabaseUrl& url, std::string source,
                            Diagnostics& diagnostics) {
  const SourceId id = sources.add("the schema of " + url.shown, std::move(source));
  const Dialect dialect = url.engine == Engine::postgres ? Dialect::postgres : Dialect::sqlite;
  const std::vector<ast::File> files = {syntax::parse(sources, id, dialect, diagnostics)};
  catalog::Catalog out = catalog::apply(sources, files, diagnostics);
  catalog::annotate(sources, files, out, diagnostics);
  return out;
}

void write_project(const fs::path& folder, const std::vector<emit::File>& files,
                   Diagnostics& diagnostics) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (const emit::File& file : files) {
    if (diagnostics.has_errors()) return;
    write_if_changed(folder / file.path, file.text, diagnostics);
  }
}

/// Everything but what is shown at the end.
void init_project(const Options& options, SourceMap& sources, Diagnostics& diagnostics) {
  const fs::path folder = options.inputs.front();
  const std::optional<DatabaseUrl> url = read_database_url(options.database);
  if (!url || (url->engine != Engine::postgres && url->engine != Engine::sqlite)) {
    diagnostics
        .report<diag::DatabaseUrlUnknown>(
            {}, url ? url->shown : shown_without_secrets(options.database))
        .help(
            "it takes postgresql://USER@HOST/DATABASE, sqlite:FILE or the path of an SQLite file");
    return;
  }
  if (!is_new_folder(folder, diagnostics)) return;
  std::optional<std::string> source = source_of(*url, diagnostics);
  if (!source) return;
  if (options.emit == Emit::sources) {
    std::fwrite(source->data(), 1, source->size(), stdout);
    return;
  }
  const catalog::Catalog catalog = catalog_of(sources, *url, *std::move(source), diagnostics);
  if (status_of(diagnostics, options) != kDone) return;
  if (catalog.tables.empty()) {
    diagnostics.report<diag::DatabaseUnread>({}, url->shown, "it has no table that one may see");
    return;
  }
  const std::string name =
      fs::absolute(folder / ".").lexically_normal().parent_path().filename().string();
  write_project(folder, project_files(catalog, {.name = name, .database = url->shown}),
                diagnostics);
}

}  // namespace

ExitStatus init(const Options& options) {
  SourceMap sources;
  Diagnostics diagnostics;
  init_project(options, sources, diagnostics);
  show(sources, diagnostics, options);
  return status_of(diagnostics, options);
}

}  // namespace sqlxc::driver
