#include "compiler/driver/options.h"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <map>
#include <utility>

#include "compiler/base/nearest.h"

namespace po = boost::program_options;

namespace sqlxc::driver {
namespace {

constexpr std::array<std::string_view, 6> kCommands = {"check", "run",     "init",
                                                       "ping",  "explain", "completion"};

constexpr std::string_view kUsage =
    "usage:\n"
    "  sqlxc SCHEMA.sql... -o DIR       compile into a service: sources, docs and bin/service\n"
    "  sqlxc check SCHEMA.sql...        report diagnostics, or print what --emit asks for\n"
    "  sqlxc run SCHEMA.sql...          compile (cached) and serve on the embedded database\n"
    "  sqlxc init DIR --database=URL    begin a project from a live database\n"
    "  sqlxc ping URL                   database or service: reachable, which engine, what it can\n"
    "  sqlxc explain SX1001             the page of a diagnostic\n"
    "  sqlxc completion bash|zsh        a completion script for the shell\n";

template <typename Value>
struct Word {
  std::string_view name;
  Value value;
};

constexpr std::array<Word<Emit>, 6> kEmits = {{{"ast", Emit::ast},
                                               {"catalog", Emit::catalog},
                                               {"ir", Emit::ir},
                                               {"rules", Emit::rules},
                                               {"files", Emit::files},
                                               {"sources", Emit::sources}}};
constexpr std::array<Word<Format>, 2> kFormats = {{{"sql", Format::sql}, {"json", Format::json}}};
constexpr std::array<Word<DiagnosticStyle>, 4> kStyles = {{{"text", DiagnosticStyle::text},
                                                           {"short", DiagnosticStyle::short_lines},
                                                           {"json", DiagnosticStyle::json},
                                                           {"sarif", DiagnosticStyle::sarif}}};
constexpr std::array<Word<When>, 3> kWhens = {
    {{"auto", When::automatic}, {"always", When::always}, {"never", When::never}}};

po::options_description visible_options() {
  po::options_description options("options");
  auto add = options.add_options();
  add("output,o", po::value<std::string>()->value_name("DIR"), "the folder to write to");
  add("dialect", po::value<std::string>()->value_name("D"),
      "of the input: auto, postgres, mysql or sqlite");
  add("target", po::value<std::string>()->value_name("D,..."),
      "databases that the service can talk to: sqlite, postgres");
  add("schema", po::value<std::string>()->value_name("S,..."),
      "schemas to serve, the default one first; all, where nothing is said");
  add("emit", po::value<std::string>()->value_name("WHAT"),
      "stop there and print: ast, catalog, ir, rules, files or sources");
  add("format", po::value<std::string>()->value_name("F"),
      "of --emit=catalog and --emit=rules: sql or json");
  add("verify", po::bool_switch(), "compare with `-- expected-error {{SX2104}}` in the input");
  add("print-after", po::value<std::vector<std::string>>()->value_name("PASS"),
      "print the module after a pass, or after `all`");
  add("time", po::bool_switch(), "print what each phase took");
  add("no-build", po::bool_switch(), "write the sources and stop");
  add("jobs,j", po::value<std::string>()->value_name("N"), "compile N files at once");
  add("depfile", po::value<std::string>()->value_name("FILE"),
      "write what the service depends on, in Make's syntax");
  add("diagnostics", po::value<std::string>()->value_name("STYLE"), "text, short, json or sarif");
  add("color", po::value<std::string>()->value_name("WHEN")->implicit_value("always"),
      "auto, always or never");
  add("warning,W", po::value<std::vector<std::string>>()->value_name("NAME"),
      "error, NAME, no-NAME or error=NAME, by a diagnostic's name or code");
  add("port", po::value<std::string>()->value_name("N"), "run: the port to serve on");
  add("host", po::value<std::string>()->value_name("ADDRESS"), "run: the address to serve on");
  add("database", po::value<std::string>()->value_name("URL"),
      "run: the database to serve; init: the one to read");
  add("version", po::bool_switch(), "print the version");
  add("help,h", po::bool_switch(), "print this");
  return options;
}

std::string list_of_words(const auto& words) {
  std::string out;
  for (const auto& word : words) {
    if (!out.empty()) out += &word == &words.back() ? " or " : ", ";
    out += word.name;
  }
  return out;
}

class OptionReader {
 public:
  OptionReader(const po::variables_map& values, Diagnostics& diagnostics)
      : values_(values), diagnostics_(diagnostics) {}

  std::string text(const char* name) const {
    return values_.count(name) != 0 ? values_[name].as<std::string>() : std::string();
  }
  std::vector<std::string> texts(const char* name) const {
    return values_.count(name) != 0 ? values_[name].as<std::vector<std::string>>()
                                    : std::vector<std::string>();
  }
  bool flag(const char* name) const { return values_[name].as<bool>(); }

  template <typename Value, std::size_t N>
  void word(const char* name, const std::array<Word<Value>, N>& words, Value& value) {
    if (values_.count(name) == 0) return;
    const std::string given = text(name);
    const auto found = std::ranges::find(words, given, &Word<Value>::name);
    if (found == words.end()) return refuse(name, list_of_words(words), given);
    value = found->value;
  }

  void refuse(std::string_view name, std::string_view takes, std::string_view given) {
    diagnostics_.report<diag::OptionValue>({}, "--" + std::string(name), takes, given);
  }

 private:
  const po::variables_map& values_;
  Diagnostics& diagnostics_;
};

void read_dialects(OptionReader& reader, Options& options) {
  const std::string dialect = reader.text("dialect");
  if (!dialect.empty() && dialect != "auto") {
    options.dialect = dialect_named(dialect);
    if (!options.dialect) reader.refuse("dialect", "auto, postgres, mysql or sqlite", dialect);
  }
  std::string targets = reader.text("target");
  if (targets.empty()) targets = "sqlite,postgres";
  std::size_t at = 0;
  while (at <= targets.size()) {
    const std::size_t end = std::min(targets.find(',', at), targets.size());
    const std::string name = targets.substr(at, end - at);
    if (const auto target = dialect_named(name)) {
      options.targets.push_back(*target);
    } else {
      reader.refuse("target", "sqlite, postgres or mysql", name);
    }
    at = end + 1;
  }
  const std::string schemas = reader.text("schema");
  for (std::size_t begin = 0; begin < schemas.size();) {
    const std::size_t end = std::min(schemas.find(',', begin), schemas.size());
    if (end > begin) options.schemas.push_back(schemas.substr(begin, end - begin));
    begin = end + 1;
  }
  const auto is_served = [](Dialect target) { return target != Dialect::mysql; };
  if (!options.targets.empty() && std::ranges::none_of(options.targets, is_served)) {
    reader.refuse("target", "sqlite or postgres, alone or with others", targets);
  }
}

void read_jobs(OptionReader& reader, Options& options) {
  const std::string jobs = reader.text("jobs");
  if (jobs.empty()) return;
  const bool is_number =
      jobs.size() <= 4 && std::ranges::all_of(jobs, [](char c) { return c >= '0' && c <= '9'; });
  options.jobs = is_number ? static_cast<unsigned>(std::stoul(jobs)) : 0;
  if (options.jobs == 0) reader.refuse("jobs", "a number from 1 on", jobs);
}

Options read_options(const po::variables_map& values, Diagnostics& diagnostics) {
  OptionReader reader(values, diagnostics);
  Options options;
  options.inputs = reader.texts("input");
  options.output = reader.text("output");
  read_dialects(reader, options);
  read_jobs(reader, options);
  reader.word("emit", kEmits, options.emit);
  reader.word("format", kFormats, options.format);
  reader.word("diagnostics", kStyles, options.diagnostics);
  reader.word("color", kWhens, options.color);
  options.print_after = reader.texts("print-after");
  options.warnings = reader.texts("warning");
  options.time = reader.flag("time");
  options.verify = reader.flag("verify");
  options.build = !reader.flag("no-build");
  options.depfile = reader.text("depfile");
  options.database = reader.text("database");
  for (const char* name : {"port", "host", "database"}) {
    if (values.count(name) == 0) continue;
    options.service_arguments.push_back("--" + std::string(name));
    options.service_arguments.push_back(reader.text(name));
  }
  return options;
}

void read_command(Options& options) {
  static const std::map<std::string_view, Command> commands = {
      {"check", Command::check},     {"run", Command::run},
      {"init", Command::init},       {"ping", Command::ping},
      {"explain", Command::explain}, {"completion", Command::completion}};
  if (options.inputs.empty()) return;
  const auto found = commands.find(options.inputs.front());
  if (found == commands.end()) return;
  options.command = found->second;
  options.inputs.erase(options.inputs.begin());
}

// Extensions are named beside the schema in CMake only: the compiler does not read C++ yet.
void refuse_cpp_files(const Options& options, Diagnostics& diagnostics) {
  constexpr std::array<std::string_view, 4> kEndings = {".cpp", ".cc", ".cxx", ".h"};
  for (const std::string& input : options.inputs) {
    if (std::ranges::none_of(kEndings, [&](std::string_view end) { return input.ends_with(end); }))
      continue;
    diagnostics.report<diag::CppInput>({}, input).help(
        "link it to a service from CMake: `sqlxc_add_service(NAME SCHEMA ... EXTENSIONS " + input +
        ")`");
  }
}

void check_options(const Options& options, Diagnostics& diagnostics) {
  if (options.command == Command::explain && options.inputs.empty()) {
    diagnostics.report<diag::NoInput>({}, "`sqlxc explain`", "the code of a diagnostic, as SX1001");
  } else if (options.command == Command::completion && options.inputs.size() != 1) {
    diagnostics.report<diag::NoInput>({}, "`sqlxc completion`", "the name of a shell, bash or zsh");
  } else if (options.command == Command::init) {
    if (options.inputs.size() != 1) {
      diagnostics.report<diag::NoInput>({}, "`sqlxc init`", "a folder to write to");
    } else if (options.database.empty()) {
      diagnostics.report<diag::NoInput>({}, "`sqlxc init`", "a database to read: --database=URL");
    }
  } else if (options.command == Command::ping) {
    if (options.inputs.size() != 1) {
      diagnostics.report<diag::NoInput>({}, "`sqlxc ping`", "the URL of a database or a service");
    }
  } else if (options.inputs.empty()) {
    diagnostics.report<diag::NoInput>({}, "sqlxc", "a schema file")
        .help("`sqlxc --help` lists what it can do");
  } else if (options.command == Command::compile && options.output.empty() &&
             options.emit == Emit::nothing) {
    diagnostics.report<diag::NoOutput>({});
  }
  const bool reads_schemas = options.command == Command::compile ||
                             options.command == Command::check || options.command == Command::run;
  if (reads_schemas) {
    refuse_cpp_files(options, diagnostics);
  }
}

std::vector<std::string> long_names() {
  std::vector<std::string> names;
  const po::options_description options = visible_options();
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

}  // namespace

std::span<const std::string_view> command_names() { return kCommands; }

std::optional<Options> parse_options(std::span<const char* const> args, Diagnostics& diagnostics) {
  po::options_description all = visible_options();
  all.add_options()("input", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("input", -1);
  po::variables_map values;
  try {
    // No guessing: `--ver` would change its meaning with the next option that is added.
    const int style =
        po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
    std::vector<std::string> words(args.begin(), args.end());
    // Alone it means `always`; Boost would take the schema that follows for its value.
    std::ranges::replace(words, std::string("--color"), std::string("--color=always"));
    po::store(po::command_line_parser(words).options(all).positional(positional).style(style).run(),
              values);
  } catch (const po::unknown_option& error) {
    const std::vector<std::string> names = long_names();
    diagnostics.report<diag::UnknownOption>({}, error.get_option_name())
        .help(did_you_mean(nearest(error.get_option_name(), names)));
    return std::nullopt;
  } catch (const po::multiple_occurrences& error) {
    diagnostics.report<diag::OptionValue>({}, error.get_option_name(), "one value", "several");
    return std::nullopt;
  } catch (const po::error_with_option_name& error) {
    diagnostics.report<diag::OptionNeedsValue>({}, error.get_option_name());
    return std::nullopt;
  } catch (const po::error& error) {
    diagnostics.report<diag::UnknownOption>({}, error.what());
    return std::nullopt;
  }
  Options options = read_options(values, diagnostics);
  read_command(options);
  check_options(options, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  return options;
}

std::string help_text() {
  std::string out(kUsage);
  out += "\noptions:\n";
  const po::options_description options = visible_options();
  for (const auto& option : options.options()) {
    std::string left = "  " + option->format_name() + " " + option->format_parameter();
    left.resize(std::max<std::size_t>(left.size() + 1, 29), ' ');
    out += left + option->description() + "\n";
  }
  return out +
         "\nexit status: 0 done, 1 the source is wrong, 2 the command line is, 3 a file, a\n"
         "database or a compiler is\n";
}

std::string completion_script(std::string_view shell) {
  std::string words;
  for (const std::string_view command : kCommands) words += std::string(command) + " ";
  for (const std::string& name : long_names()) words += name + " ";
  words.pop_back();
  if (shell == "bash") {
    return "_sqlxc() {\n"
           "  local word=${COMP_WORDS[COMP_CWORD]}\n"
           "  COMPREPLY=($(compgen -W '" +
           words +
           "' -- \"$word\") $(compgen -f -X '!*.sql' -- \"$word\") $(compgen -d -- \"$word\"))\n"
           "}\n"
           "complete -o filenames -F _sqlxc sqlxc\n";
  }
  if (shell == "zsh") {
    return "#compdef sqlxc\n"
           "_sqlxc() {\n"
           "  compadd -- " +
           words +
           "\n"
           "  _files -g '*.sql'\n"
           "}\n"
           "compdef _sqlxc sqlxc\n";
  }
  return {};
}

}  // namespace sqlxc::driver
