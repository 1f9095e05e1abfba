#!/usr/bin/env python3
"""What does a search cost next to SQL that is written by hand over the same rows?

bench/search.sql's service answers by REST and by GraphQL over one kept connection. The same statement goes to the same database by
hand: in SQLite through Python's own module, in PostgreSQL through one psql that tells the time of each. Beside it what someone would
write who need not care for equal ranks (SQLite: FTS5's own `order by rank`) or who has a column more (PostgreSQL: a stored
`tsvector`). Short rounds in turns; a time is the least of all, in microseconds: what else the machine does only adds to it.

usage: search.py SQLXC [--rows N] [--rounds N] [--each N] [--database sqlite|postgres]"""
import argparse
import contextlib
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from validation import Client, free_port, wait_for

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "e2e"))
import postgres  # noqa: E402

WORDS = [a + b + c for a in ("bra", "co", "lo", "ma", "nu", "ste", "wea", "wi") for b in ("bi", "do", "ka", "lu", "ro", "sa", "te", "vo") for c in
         ("", "m", "n", "nder", "rt", "s", "st", "x")]
# What is typed, and how FTS5 has it: words by the place that they have among those that stand most often.
TEXTS = {"a rare word": ("{500}", "{500}"), "a common word": ("{40}", "{40}"), "in most rows": ("{0}", "{0}"),
         "two words": ("{30} {60}", "{30} {60}"), "a phrase": ('"{8} {9}"', '"{8} {9}"'),
         "without a word": ("{60} -{10}", "{60} NOT {10}"), "one or another": ("{200} or {300}", "{200} OR {300}")}
SQLITE = {
    "the same": "select p.id, p.title from (select rowid as id, bm25(_sqlxc_search_posts, 10.0, 1.0) as rank from _sqlxc_search_posts "
                "where _sqlxc_search_posts match ?1) as s cross join posts as p where p.id = s.id order by s.rank, p.id limit 10",
    "by hand": "select p.id, p.title from _sqlxc_search_posts as s join posts as p on p.id = s.rowid "
               "where s._sqlxc_search_posts match ?1 and s.rank match 'bm25(10.0, 1.0)' order by s.rank limit 10",
}
VECTOR = ("(setweight(to_tsvector('simple'::regconfig, left(coalesce(title::text, ''), 100000)), 'A') || "
          "setweight(to_tsvector('simple'::regconfig, left(coalesce(content::text, ''), 100000)), 'D'))")
QUERY = "websearch_to_tsquery('simple'::regconfig, {text})"
POSTGRES = {
    "the same": f"select id, title from posts where {VECTOR} @@ {QUERY} order by ts_rank({VECTOR}, {QUERY}) desc, id limit 10;",
    "by hand": f"select id, title from posts_by_hand where words @@ {QUERY} order by ts_rank(words, {QUERY}) desc, id limit 10;",
}
PSQL = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
BY_HAND = f"""create table posts_by_hand (id bigint primary key, title text not null, content text not null,
  words tsvector not null generated always as ({VECTOR}) stored);
insert into posts_by_hand select id, title, content from posts;
create index on posts_by_hand using gin (words);
vacuum analyze;"""


def fill(client, count):
    """The nth word stands about as often as 1/n says, as words do."""
    chance = random.Random(1)
    chance.shuffle(WORDS)
    weights = [1 / (place + 2) for place in range(len(WORDS))]
    for begin in range(0, count, 1000):
        rows = [{"title": " ".join(chance.choices(WORDS, weights, k=6)), "content": " ".join(chance.choices(WORDS, weights, k=60))}
                for _ in range(min(1000, count - begin))]
        status, answer = client.ask("POST", "/api/posts", json.dumps(rows))
        assert status == 201, answer
    return {name: [re.sub(r"\{(\d+)\}", lambda found: WORDS[int(found[1])], text) for text in both] for name, both in TEXTS.items()}


def microseconds(each, ask):
    """The time of each call, and what the last one gave."""
    times, answer = [], None
    for _ in range(each):
        begin = time.perf_counter()
        answer = ask()
        times.append((time.perf_counter() - begin) * 1e6)
    return times, answer


def by_sqlite(file):
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    # As the service reads.
    connection.executescript("pragma mmap_size = 268435456; pragma temp_store = memory")
    return lambda kind, text, each: microseconds(each, lambda: connection.execute(SQLITE[kind], (text,)).fetchall())


def by_psql(url):
    def ask(kind, text, each):
        literal = "'" + text.replace("'", "''") + "'"
        statement = POSTGRES[kind].replace("{text}", literal)
        # The first opens the tables.
        script = "\\timing on\n" + (statement + "\n") * (each + 1)
        told = subprocess.run([*PSQL, "-At", "-d", url], input=script, capture_output=True, text=True, check=True).stdout
        times = [float(one) * 1000 for one in re.findall(r"^Time: ([\d.]+) ms", told, re.M)][1:]
        rows = [tuple(line.split("|")) for line in told.splitlines() if "|" in line]
        return times, [(int(id), title) for id, title in rows[len(rows) // (each + 1) * each:]]
    return ask


def by_service(port):
    def ask(kind, text, each):
        client = Client(port)
        if kind == "REST":
            path = f"/api/posts/search?q={percent(text)}&select=id,title&limit=10"
            times, (status, body) = microseconds(each, lambda: client.ask("GET", path))
            rows = json.loads(body)
        else:
            question = json.dumps({"query": "query($q: String!) { searchPosts(query: $q, limit: 10) { id title } }", "variables": {"q": text}})
            times, (status, body) = microseconds(each, lambda: client.ask("POST", "/graphql", question))
            rows = json.loads(body)["data"]["searchPosts"]
        assert status == 200, body
        return times, [(row["id"], row["title"]) for row in rows]
    return ask


def percent(text):
    return "".join(one if one.isalnum() else f"%{ord(one):02X}" for one in text)


def found_by(port, text):
    return json.loads(Client(port).ask("GET", f"/api/posts/search?q={percent(text)}&select=count()")[1])[0]["count"]


def measure(name, by_hand, port, texts, options):
    service = by_service(port)
    kinds = {"the same": by_hand, "by hand": by_hand, "REST": service, "GraphQL": service}
    print(f"\n{name}: microseconds\n{'':16} {'found':>6} " + " ".join(f"{kind:>9}" for kind in kinds) + "   REST / the same   REST / by hand")
    for what, (text, in_fts5) in texts.items():
        times, answers = {}, {}
        for round_ in range(options.rounds):
            for kind in sorted(kinds, reverse=round_ % 2 == 1):
                # Of what takes long a few will do.
                each = min(options.each, int(200_000 / times.get(kind, 1)) + 1) if round_ else 1
                more, answers[kind] = kinds[kind](kind, in_fts5 if kinds[kind] is by_hand and name == "SQLite" else text, each)
                times[kind] = min(more + [times.get(kind, more[0])])
        assert answers["the same"] == answers["REST"] == answers["GraphQL"] and len(answers["by hand"]) == len(answers["REST"]), (text, answers)
        print(f"{what:16} {found_by(port, text):6} " + " ".join(f"{times[kind]:9.0f}" for kind in kinds) +
              f" {times['REST'] / times['the same']:17.2f} {times['REST'] / times['by hand']:16.2f}", flush=True)


@contextlib.contextmanager
def running(binary, database):
    port = free_port()
    process = subprocess.Popen([binary, "--port", str(port), "--database", database], stdout=subprocess.DEVNULL)
    try:
        yield port, wait_for(port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def on_sqlite(binary, folder, options):
    file = str(folder / "search.db")
    with running(binary, file) as (port, client):
        texts = fill(client, options.rows)
        measure("SQLite", by_sqlite(file), port, texts, options)


def on_postgres(binary, options):
    if postgres.find_binaries() is None:
        return print("PostgreSQL: no server is installed")
    with postgres.Server() as server, running(binary, server.url()) as (port, client):
        texts = fill(client, options.rows)
        subprocess.run([*PSQL, "-d", server.url()], input=BY_HAND, text=True, check=True)
        measure("PostgreSQL", by_psql(server.url()), port, texts, options)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sqlxc")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--each", type=int, default=20, help="of a round")
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([options.sqlxc, HERE / "search.sql", "-o", folder / "service"], check=True)
        binary = folder / "service" / "bin" / "service"
        if options.database != "postgres":
            on_sqlite(binary, folder, options)
        if options.database != "sqlite":
            on_postgres(binary, options)


if __name__ == "__main__":
    main()
