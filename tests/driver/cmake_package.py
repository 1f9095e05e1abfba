#!/usr/bin/env python3
"""find_package(sqlxc) and sqlxc_add_service() make an ordinary target that rebuilds when, and only when, its inputs change."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sqlxc = Path(os.environ["SQLXC"]).resolve()
package = sqlxc.parent.parent / "lib" / "cmake" / "sqlxc"


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


with tempfile.TemporaryDirectory() as folder:
    base = Path(folder)
    (base / "shop.sql").write_text("create table items (id integer primary key, name text not null);\n")
    (base / "extra.cpp").write_text("int extra() { return 1; }\n")
    (base / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\nproject(shop CXX)\nfind_package(sqlxc REQUIRED)\n"
        "sqlxc_add_service(shop SCHEMA shop.sql EXTENSIONS extra.cpp TARGETS sqlite)\n")
    run("cmake", "-G", "Ninja", "-S", ".", "-B", "build", f"-Dsqlxc_DIR={package}")
    run("ninja", "-C", "build")
    assert (base / "build" / "shop").exists()
    assert "no work to do" in run("ninja", "-C", "build"), "nothing changed, but it was built again"
    (base / "shop.sql").write_text("create table items (id integer primary key, name text);\n")
    assert "Linking" in run("ninja", "-C", "build"), "the schema changed, but nothing was built"
    assert "no work to do" in run("ninja", "-C", "build")
print("ok")
sys.exit(0)
