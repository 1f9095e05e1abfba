#!/usr/bin/env python3
"""What the typed ORM costs next to SQLite's C API: a row by its key, and 20 rows by an index, each into the same structs. Five rounds
of both in turns, in one thread of one process; look at the last ones.

usage: orm.py [SQLXC]"""
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def main():
    compiler = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "out" / "bin" / "sqlxc").resolve()
    with tempfile.TemporaryDirectory() as folder:
        service = Path(folder) / "service"
        subprocess.run([compiler, ROOT / "examples" / "blog" / "blog.sql", "-o", service, "--no-build"], check=True)
        (Path(folder) / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(bench LANGUAGES CXX)\nadd_subdirectory(service)\n"
            f"add_executable(bench {HERE / 'orm.cpp'})\ntarget_link_libraries(bench PRIVATE blog::orm)\n")
        build = Path(folder) / "build"
        subprocess.run(["cmake", "-G", "Ninja", "-S", folder, "-B", build, "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_PREFIX_PATH={compiler.parent.parent}"],
                       check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", build, "--target", "bench"], check=True, stdout=subprocess.DEVNULL)
        sys.exit(subprocess.run([build / "bench", Path(folder) / "bench.db"]).returncode)


if __name__ == "__main__":
    main()
