#!/usr/bin/env python3
"""The same question by REST, by GraphQL and by the typed ORM has the same answer, the same write the same rows or the same errors:
random ones, seeded by the commit, over the examples, on SQLite and on PostgreSQL where a server is installed; over real schemas by
tests/corpus/faces.py.

usage: test_faces.py [SCHEMA...] [--seed N] [--writes N] [--questions N] [--typed N] [--database sqlite|postgres] [--show N]"""
import argparse
import os
import random
import sys
from pathlib import Path

import harness
import postgres
from faces import compare, computed, model, orm, pages
from faces.questions import Asker
from faces.searches import Searcher
from faces.values import Values
from faces.writes import Writer
from harness import Service

sys.path.insert(0, str(harness.ROOT / "tests" / "corpus"))
import commit  # noqa: E402

EXAMPLES = [harness.ROOT / "examples" / "blog" / "blog.sql", harness.ROOT / "examples" / "shop" / "shop.sql",
            harness.ROOT / "examples" / "types" / "types.sql", harness.ROOT / "tests" / "e2e" / "clients" / "library.sql",
            harness.ROOT / "tests" / "e2e" / "search.sql"]


def parents_first(entities):
    """Tables, those that others refer to before those."""
    done = []

    def visit(entity, path):
        if entity in done or entity.name in path:
            return
        for relation in entity.relations:
            if not relation.is_many:
                visit(entities[relation.target], path | {entity.name})
        done.append(entity)

    for entity in entities.values():
        visit(entity, frozenset())
    return [entity for entity in done if not entity.is_view and entity.written()]


def run(schema, binary, server, options, arguments=()):
    """What was asked, and where the faces differ."""
    compiler = Path(os.environ.get("SQLXC") or harness.ROOT / "out" / "bin" / "sqlxc")
    entities = model.read(compiler, schema, binary.parent.parent, arguments)
    chance = random.Random(f"{options.seed} {Path(schema).name}")
    differences = compare.Differences()
    # What the limits of the language refuse has no counterpart: test_graphql_limits.py asks about them.
    limits = ["--graphql-max-cost", "1000000000"]
    with Service(binary, arguments=limits, server=server) as first, Service(binary, arguments=limits, server=server) as second:
        rest, graphql = compare.Face(first), compare.Face(second)
        known, values = {}, Values(chance)
        asker = Asker(chance, values, entities, known)
        writer = Writer(chance, values, entities, known, asker)
        searcher = Searcher(asker, harness.CORPUS)
        log = orm.Log()
        tables = parents_first(entities)

        def write(one, entity):
            if one is not None:
                log.write(one, *compare.write(rest, graphql, differences, one))
                for each in [entity, *(entities[relation.target] for relation in entity.relations)]:
                    known[each.name] = rest.rows(each)

        for entity in tables:
            for _ in range(6 * options.fill):
                if len(known.get(entity.name, [])) < options.fill:
                    write(writer.of_kind("create", entity), entity)
        for entity in entities.values():
            known[entity.name] = rest.rows(entity)
        for _ in range(options.questions):
            entity = chance.choice([each for each in entities.values() if each.shown()])
            asked = asker.choose_rows(asker.question(entity))
            log.ask(asked)
            compare.ask(rest, differences, asked, not entity.of_key())
            computed.ask(rest, differences, asker, entity)
            if entity.one and entity.of_key():
                log.find(entity, compare.ask_one(rest, differences, asker.question(entity, 2), writer))
            if entity.of_key() and chance.random() < 0.3:
                pages.walk(rest, differences, asker, entity)
            if entity.search:
                searcher.ask(rest, differences, entity)
        for _ in range(options.writes):
            entity = chance.choice(tables)
            write(writer.write(entity), entity)
        compare.same_tables(rest, graphql, differences, {each.name: each for each in tables})
        if options.typed:
            orm.compare(log, differences, entities, tables, first, binary, options.typed)
        filled = {each.name: len(known[each.name]) for each in tables}
    return differences, filled


def report(schema, database, differences, filled, options):
    print(f"-- {schema.stem} on {database}: {differences.asked} questions and writes, {differences.refused} refused by both or one, "
          f"{sum(differences.language.values())} of them in the language's own words, {differences.typed} by the ORM, too, "
          f"{sum(filled.values())} rows in the end, "
          f"{len(differences.found)} differences", flush=True)
    if options.verbose:
        print(f"   {differences.codes} {differences.language} {filled}")
    for one in differences.found[:options.show]:
        print(one, flush=True)
    return not differences.found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("schemas", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=commit.seed())
    parser.add_argument("--writes", type=int, default=120)
    parser.add_argument("--questions", type=int, default=120)
    parser.add_argument("--typed", type=int, default=40, help="questions that the ORM is asked, too, beside all writes; 0: it is not compiled")
    parser.add_argument("--fill", type=int, default=10, help="rows of each table before the first question, if its rules let them in")
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--show", type=int, default=5, help="differences of each schema that are printed")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    held = True
    binaries = [(schema, harness.compiled(schema)) for schema in options.schemas or EXAMPLES]
    if options.database != "postgres":
        for schema, binary in binaries:
            held &= report(schema, "SQLite", *run(schema, binary, None, options), options)
    if options.database != "sqlite" and postgres.find_binaries() is not None:
        with postgres.Server() as server:
            for schema, binary in binaries:
                held &= report(schema, "PostgreSQL", *run(schema, binary, server.url(), options), options)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
