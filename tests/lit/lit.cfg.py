"""The folder of a test mirrors the phase and implies the dump: %sqlxc is `sqlxc check --emit=catalog` in catalog/.

A test is an SQL file (a .test file where there is no SQL) whose first line is the sentence it proves. Without RUN lines
it is compiled as far as its folder says: its `-- expected-error {{SX2104}}` comments must be what is reported, and its
CHECK lines, if it has any, what is printed. A name that begins with fail_ marks, if and only if, a schema that must not
compile.
"""
import os
import sys

config_root = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, config_root)
from sql_test import SqlTest  # noqa: E402

config.name = "sqlxc"
config.test_format = SqlTest(config.sqlxc, config_root)
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
