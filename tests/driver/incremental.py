#!/usr/bin/env python3
"""A second compile writes nothing and starts no compiler; a changed column recompiles little; a dropped table's files go."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sqlxc = os.environ["SQLXC"]
SCHEMA = """create table users (id integer primary key, name text not null);
create table posts (id integer primary key, author_id integer not null references users (id), title text);
"""


def compile_schema(*options):
    result = subprocess.run([sqlxc, "blog.sql", "-o", "service", *options], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "" and result.stderr == "", f"a pipe hears nothing: {result.stdout}{result.stderr}"


def stamps():
    base = Path(folder) / "service"
    return {str(file.relative_to(base)): file.stat().st_mtime_ns for file in base.rglob("*") if file.is_file()}


def sources(files):
    return {name for name in files if not name.startswith((".sqlxc", "bin/"))}


with tempfile.TemporaryDirectory() as folder:
    schema = Path(folder) / "blog.sql"
    schema.write_text(SCHEMA)
    compile_schema("--depfile", "blog.d")
    depfile = (Path(folder) / "blog.d").read_text()
    assert depfile.startswith("service/bin/service:") and "blog.sql" in depfile, depfile
    first = stamps()
    assert "bin/service" in first, sorted(first)

    compile_schema()
    second = stamps()
    changed = {name for name in first if second.get(name) != first[name] and not name.endswith((".ninja_log", ".ninja_deps"))}
    assert not changed, f"nothing changed, but these were written: {sorted(changed)}"

    schema.write_text(SCHEMA.replace("title text", "title varchar(80)"))
    compile_schema()
    third = stamps()
    objects = {name for name in third if name.endswith(".o")}
    rebuilt = {name for name in objects if second.get(name) != third[name]}
    assert third["bin/service"] != second["bin/service"]
    assert rebuilt and len(rebuilt) < len(objects), f"rebuilt {sorted(rebuilt)} of {sorted(objects)}"

    kept = Path(folder) / "service" / "mine.txt"
    kept.write_text("mine")
    schema.write_text(SCHEMA.split("\n")[0])
    compile_schema("--no-build")
    fourth = sources(stamps())
    gone = sources(third) - fourth
    assert gone and all("post" in name for name in gone), sorted(gone)
    assert "mine.txt" in fourth
print("ok")
sys.exit(0)
