#!/usr/bin/env python3
"""Reads a long result as NDJSON, CSV and JSON, slowly for a part of the way: every row arrives as it is, and the service's
resident memory rises by 16 MB at the most, from SQLite and from PostgreSQL. `--megabytes` says how long it is."""
import argparse
import csv
import http.client
import io
import json
import os
import re
import socket
import sqlite3
import sys
import time
from pathlib import Path

import harness
import postgres
from harness import Service

MAX_RISE_MB = 16
ROW_BYTES = 1000  # as JSON, about
PIECE = 256 * 1024
SLOW_PIECES = 40
FILLER = "0123456789abcdef" * 48
# The same rows, by either database: `{i}` is the number of the row.
LABEL = "'row ' || {i} || ', \"quoted\"'"
NOTE = "CASE WHEN {i} % 3 = 0 THEN NULL ELSE 'first line' || char_10 || 'second; line ' || {i} END"
DATA = "'{{' || char_10 || ' \"n\": ' || {i} || ',' || char_10 || ' \"list\": [1,' || char_10 || '2]' || char_10 || '}}'"


def insert_sql(newline, json_cast):
    label, note, data = (text.format(i="i").replace("char_10", newline) for text in (LABEL, NOTE, DATA))
    return (f"INSERT INTO lines (id, label, note, amount, data, filler) "
            f"SELECT i, {label}, {note}, i % 1000 + 0.25, ({data}){json_cast}, '{FILLER}' FROM ")


def expected(i):
    return {"id": i, "label": f'row {i}, "quoted"', "note": None if i % 3 == 0 else f"first line\nsecond; line {i}",
            "amount": i % 1000 + 0.25, "data": {"n": i, "list": [1, 2]}, "filler": FILLER}


class Watch:
    """The most that the service's memory has risen since the watch began."""

    def __init__(self, pid):
        self.path = Path(f"/proc/{pid}/status")
        self.is_peak_known = True
        try:
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak is that of now
        except OSError:
            self.is_peak_known = False
        self.start = self.top = self.read("VmRSS")

    def read(self, name):
        return int(re.search(rf"{name}:\s+(\d+)", self.path.read_text())[1]) / 1024

    def look(self):
        self.top = max(self.top, self.read("VmHWM" if self.is_peak_known else "VmRSS"))

    def rise(self):
        self.look()
        return self.top - self.start


class Answer(io.RawIOBase):
    """The body of GET `path`, from a client that takes its time for the first pieces."""

    def __init__(self, service, path, accept, watch=None):
        self.watch, self.pieces, self.length = watch, 0, 0
        self.connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        self.connection.request("GET", path, headers={"Accept": accept})
        self.answer = self.connection.getresponse()
        if self.answer.status != 200:
            raise AssertionError(f"{self.answer.status}: {self.answer.read(2000)}")

    def readable(self):
        return True

    def readinto(self, buffer):
        piece = self.answer.read(min(len(buffer), PIECE))
        self.pieces += 1
        self.length += len(piece)
        if self.watch and self.pieces <= SLOW_PIECES:
            time.sleep(0.02)
        if self.watch and self.pieces % 64 == 0:
            self.watch.look()
        buffer[:len(piece)] = piece
        return len(piece)


def rows_of_ndjson(text):
    for line in text:
        assert line.endswith("\n"), "the last line has no end"
        yield json.loads(line)


def rows_of_csv(text):
    for row in csv.DictReader(text):
        yield {"id": int(row["id"]), "label": row["label"], "note": row["note"] or None, "amount": float(row["amount"]),
               "data": json.loads(row["data"]), "filler": row["filler"]}


def rows_of_json(text):
    """The members of an array too long to be read at once."""
    decode = json.JSONDecoder().raw_decode
    rest = text.read(PIECE)
    assert rest.startswith("["), rest[:100]
    at = 1
    while True:
        if len(rest) - at < 4 * ROW_BYTES:
            rest, at = rest[at:] + text.read(PIECE), 0
        row, at = decode(rest, at)
        yield row
        separator, at = rest[at], at + 1
        if separator == "]":
            assert rest[at:] + text.read(1) == "", "something follows the array"
            return
        assert separator == ",", separator


FORMATS = {"NDJSON": ("application/x-ndjson", rows_of_ndjson), "CSV": ("text/csv", rows_of_csv),
           "JSON": ("application/json", rows_of_json)}


def read_all(service, name, count):
    """Reads all rows, and says what that cost; what came wrong is an AssertionError."""
    accept, rows_of = FORMATS[name]
    # What a first answer allocates stays: a long one may not add to it.
    Answer(service, "/api/lines?order=id&limit=5000", accept).readall()
    watch = Watch(service.process.pid)
    started = time.time()
    answer = Answer(service, "/api/lines?order=id", accept, watch)
    text = io.TextIOWrapper(io.BufferedReader(answer, PIECE), "utf-8", newline="" if name == "CSV" else "\n")
    seen = 0
    for row in rows_of(text):
        seen += 1
        if row["id"] != seen or (seen % 61 == 0 and row != expected(seen)):
            raise AssertionError(f"row {seen} is {row}")
    if seen != count:
        raise AssertionError(f"{seen} rows of {count} came")
    return answer.length, watch.rise(), time.time() - started


def fill_sqlite(path, count):
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous = OFF")
    series = f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)"
    with database:
        database.execute(insert_sql("char(10)", "") + series)
    database.close()


def measure(service, database, count):
    failures = 0
    for name in FORMATS:
        try:
            length, rise, seconds = read_all(service, name, count)
        except (AssertionError, ValueError, KeyError, http.client.HTTPException, OSError) as error:
            print(f"FAILED {name} from {database}: {type(error).__name__} {str(error)[:500]}", flush=True)
            failures += 1
            continue
        is_good = rise <= MAX_RISE_MB
        failures += not is_good
        print(f"{'ok' if is_good else 'FAILED'} {name} from {database}: {count} rows, {length / 1e6:.0f} MB in {seconds:.1f} s, "
              f"memory rose by {rise:.1f} MB", flush=True)
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    is_full = os.environ.get("SQLXC_FULL") == "1"
    parser.add_argument("--megabytes", type=int, default=1000 if is_full else 100)
    parser.add_argument("--databases", default="SQLite,PostgreSQL")
    options = parser.parse_args()
    binary = harness.compiled(harness.ROOT / "tests" / "e2e" / "streaming.sql")
    count = options.megabytes * 1_000_000 // ROW_BYTES
    failures = 0
    if "SQLite" in options.databases:
        with Service(binary, server=None) as service:
            fill_sqlite(service.database, count)
            failures += measure(service, "SQLite", count)
    if "PostgreSQL" not in options.databases:
        pass
    elif postgres.find_binaries() is None:
        print("skipped PostgreSQL: no server is installed")
    else:
        with postgres.Server() as server, Service(binary, server=server.url()) as service:
            service.own_database.run(insert_sql("chr(10)", "::json") + f"generate_series(1, {count}) i; ANALYZE lines",
                                     service.own_database.url)
            failures += measure(service, "PostgreSQL", count)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
