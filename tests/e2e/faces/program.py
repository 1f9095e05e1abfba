"""A C++ program of many small functions over the emitted headers: written, compiled and linked as the service was, and run."""
import concurrent.futures
import json
import os
import shlex
import shutil
import subprocess

CLANG = "clang++-19"
# Functions a file: a question has types of its own, a write those of its table.
A_FILE = {"write": 60, "question": 10}

HEADER = """#pragma once

#include <sqlxc/json/writer.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "orm/orm.h"

// A program of functions that each ask or write once, and say what came of it in a line of JSON.
namespace program {

$using$

using sqlxc::orm::Database;
using sqlxc::orm::from;
using sqlxc::orm::null;

template <typename T>
std::string shown(const Database& db, const T& value) {
  if constexpr (std::is_integral_v<T>) {
    return std::to_string(value);
  } else if constexpr (requires { value.has_value(); }) {
    return value ? shown(db, *value) : "null";
  } else if constexpr (requires { value.begin(); }) {
    std::string out = "[";
    for (const auto& one : value) out.append(out.size() > 1 ? "," : "").append(shown(db, one));
    return out + "]";
  } else {
    return sqlxc::orm::to_json(db, value);
  }
}

std::string refused(const sqlxc::orm::Error& error);

template <typename Result>
std::string done(const Database& db, const Result& result) {
  return result ? "{\\"rows\\":" + shown(db, *result) + "}" : refused(result.error());
}

template <typename Rows>
std::string asked(const Database& db, const Rows& rows) {
  const auto all = db.all(rows);
  if (!all) return refused(all.error());
  const auto first = db.first(rows);
  if (!first) return refused(first.error());
  const auto count = db.count(rows);
  if (!count) return refused(count.error());
  return "{\\"rows\\":" + shown(db, *all) + ",\\"first\\":" + shown(db, *first) + ",\\"count\\":" + shown(db, *count) + "}";
}

}  // namespace program
"""

MAIN = """#include <iostream>
#include <string_view>

#include "program.h"

namespace program {

$declared$

namespace {

using Call = std::string (*)(Database&);

const std::vector<Call> kWrites = {$writes$};
const std::vector<Call> kQuestions = {$questions$};

void add(sqlxc::json::Writer& out, std::string_view name, const std::string& text) {
  out.key(name);
  out.string(text);
}

}  // namespace

std::string refused(const sqlxc::orm::Error& error) {
  std::string text;
  sqlxc::json::Writer out(text);
  out.begin_object();
  out.key("error");
  out.begin_object();
  out.key("status");
  out.integer(error.status);
  add(out, "code", error.code);
  add(out, "message", error.message);
  add(out, "details", error.details);
  add(out, "hint", error.hint);
  out.key("violations");
  out.begin_array();
  for (const auto& violation : error.violations) {
    out.begin_object();
    out.key("fields");
    out.begin_array();
    for (const std::string& field : violation.fields) out.string(field);
    out.end_array();
    add(out, "rule", violation.rule);
    add(out, "message", violation.message);
    add(out, "sql", violation.sql);
    add(out, "source", violation.source);
    out.key("row");
    out.integer(static_cast<std::int64_t>(violation.row));
    out.end_object();
  }
  out.end_array();
  out.end_object();
  out.end_object();
  return text;
}

}  // namespace program

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  auto db = $service$::open(argv[2]);
  if (!db) {
    std::cerr << db.error().message << '\\n';
    return 3;
  }
  for (const auto call : std::string_view(argv[1]) == "write" ? program::kWrites : program::kQuestions) {
    try {
      std::cout << call(*db) << '\\n';
    } catch (const std::bad_optional_access&) {
      // A date that no calendar has: parse() had nothing to give.
      std::cout << "{\\"unsayable\\":true}\\n";
    }
  }
}
"""


class Program:
    """The functions, each the expression that one gives: writes in their order, and questions."""

    def __init__(self, service, names):
        """`names`: tables and enumerations of the service's namespace that the functions use."""
        self.service, self.names, self.writes, self.questions = service, names, [], []

    def files(self):
        using = "\n".join(f"using {self.service}::{name};" for name in self.names)
        functions = {"write": self.writes, "question": self.questions}
        names = {kind: [f"{kind}_{i}" for i in range(len(bodies))] for kind, bodies in functions.items()}
        declared = "\n".join(f"std::string {name}(Database& db);" for name in names["write"] + names["question"])
        found = {"program.h": HEADER.replace("$using$", using),
                 "main.cpp": MAIN.replace("$declared$", declared).replace("$service$", self.service)
                 .replace("$writes$", ", ".join(names["write"])).replace("$questions$", ", ".join(names["question"]))}
        for kind, bodies in functions.items():
            for at in range(0, len(bodies), A_FILE[kind]):
                texts = [f"std::string {kind}_{i}(Database& db) {{\n  return {body};\n}}\n" for i, body in enumerate(bodies)]
                text = "\n".join(texts[at:at + A_FILE[kind]])
                found[f"{kind}s_{at // A_FILE[kind]}.cpp"] = f'#include "program.h"\n\nnamespace program {{\n\n{text}\n}}  // namespace program\n'
        return found


def commands(build):
    """How the service's main() was compiled and how it was linked, as lists of arguments."""
    done = subprocess.run(["ninja", "-C", build, "-t", "commands", "service"], capture_output=True, text=True, check=True)
    lines = [shlex.split(line) for line in done.stdout.splitlines()]
    compiled = next(line for line in lines if line[-1].endswith("/server/main.cpp"))
    linked = lines[-1]
    return compiled, [one for one in linked if one not in (":", "&&")]


def without(arguments, *names):
    """The arguments but for these options and what follows each."""
    kept, is_skipped = [], False
    for one in arguments:
        if not is_skipped and one not in names:
            kept.append(one)
        is_skipped = not is_skipped and one in names
    return kept


def build(program, service, folder):
    """Compiles the program into `folder`; `service` is the folder that the service was compiled into."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in program.files().items():
        (folder / name).write_text(text)
    tree = service / ".sqlxc" / "build"
    compiled, linked = commands(tree)
    compiled = ["-O0" if one.startswith("-O") else one for one in without(compiled, "-MT", "-MF", "-o", "-c") if one != "-MD"]
    flags = compiled[next(i for i, one in enumerate(compiled) if one.startswith("-")):] + ["-I."]
    sources = sorted(folder.glob("*.cpp"))

    def run(*words):
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{folder}: {words[-1]} does not compile:\n{done.stderr[:6000]}")

    # Where Clang is, it takes less than half of GCC's time, which compiles tests/e2e/orm. No cache knows a program that is new each time.
    if shutil.which(CLANG):
        run(CLANG, *flags, "-o", "program.pch", "-x", "c++-header", "program.h")
        compiler = [CLANG, *flags, "-include-pch", "program.pch"]
    else:
        compiler = compiled + ["-I."]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda source: run(*compiler, "-o", source.stem + ".o", "-c", source.name), sources))
    at = next(i for i, one in enumerate(linked) if one.endswith("server/main.cpp.o"))
    linked[at:at + 1] = [str(source.with_suffix(".o")) for source in sources]
    linked[linked.index("-o") + 1] = str(folder / "program")
    subprocess.run(linked, cwd=tree, check=True)
    return folder / "program"


def apart(pairs):
    """Members of one name are kept: a relation may be called as a column is."""
    found = {}
    for name, value in pairs:
        found[name + "_" if name in found else name] = value
    return found


def answers(binary, mode, url):
    """What each function of the mode had to say."""
    done = subprocess.run([binary, mode, str(url)], capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise AssertionError(f"{binary} {mode} ended with {done.returncode}: {done.stderr[:2000]}")
    return [json.loads(line, parse_float=lambda digits: "number " + digits, object_pairs_hook=apart) for line in done.stdout.splitlines()]
