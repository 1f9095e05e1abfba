"""The folder of a test mirrors the phase and implies the dump: %sqlxc is `sqlxc check --emit=catalog` in catalog/.

A test is an SQL file (a .test file where there is no SQL) whose first line is the sentence it proves. Without RUN lines
it is compiled as far as its folder says: its `-- expected-error {{SX2104}}` comments must be what is reported, and its
CHECK lines, if it has any, what is printed. A name that begins with fail_ marks, if and only if, a schema that must not
compile.
"""
import os
import re
import sys

import lit.formats
import lit.Test
import lit.TestRunner

EMITS = {"syntax": "ast", "catalog": "catalog", "annotations": "catalog", "ir": "ir", "passes": "ir", "emit": "sources",
         "print": "catalog", "translate": "sources", "ddl": "sources"}


def folder_of(path):
    return os.path.relpath(path, config_root).split(os.sep)[0]


def complaint(name, text):
    """What is wrong with the file as a test, or None."""
    first = text.split("\n", 1)[0]
    if not re.match(r"(--|#) \S.*\S$", first) or "RUN:" in first:
        return "the first line must be the sentence that the test proves"
    if name.endswith(".sql") and "RUN:" not in text:
        must_fail = "expected-error" in text
        if must_fail != name.startswith("fail_"):
            return "a fail_ prefix marks a schema that must not compile, and only such a one"
    return None


class SqlTest(lit.formats.ShTest):
    def execute(self, test, lit_config):
        path = test.getSourcePath()
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        wrong = complaint(os.path.basename(path), text)
        if wrong:
            return lit.Test.Result(lit.Test.FAIL, wrong)
        emit = EMITS.get(folder_of(path))
        command = f"{sqlxc} check --emit={emit}" if emit else sqlxc
        commands = []
        if "RUN:" not in text:
            commands.append(f"{sqlxc} check --emit={emit or 'catalog'} --verify %s")
            if re.search(r"(--|#) CHECK", text):
                commands.append("%sqlxc %s | FileCheck %s")
        return lit.TestRunner.executeShTest(test, lit_config, self.execute_external, [("%sqlxc", command), ("%python", sys.executable)], commands)


config_root = os.path.dirname(os.path.abspath(__file__))
sqlxc = config.sqlxc
config.name = "sqlxc"
config.test_format = SqlTest(execute_external=False)
config.suffixes = [".sql", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = config_root
config.test_exec_root = config.exec_root
config.environment["PATH"] = os.pathsep.join(
    [os.path.dirname(config.sqlxc), config.llvm_tools, os.environ["PATH"]])
config.environment["XDG_CACHE_HOME"] = os.path.join(config.exec_root, "cache")
for name in ("CCACHE_DIR", "HOME", "CMAKE_CXX_COMPILER_LAUNCHER", "ASAN_OPTIONS", "UBSAN_OPTIONS", "CXXFLAGS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
