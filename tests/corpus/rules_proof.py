#!/usr/bin/env python3
"""The proof of the rules over real schemas: rows made from each schema's rules go through the checks of its service and into the
database that the engine itself made of the schema (psql, sqlite3). The service may refuse no row that the database takes, and an
exact rule may let none through that the database refuses. A seeded sample; all schemas and a million rows with --full."""
import argparse
import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from commit import seed

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'e2e'))
import postgres  # noqa: E402

COUNTS = re.compile(r'(\d+) rows, (\d+) judged by (\w+): (\d+) refused by both, (\d+) left to the database, (\d+) refused wrongly, (\d+) let through')
CHECK = re.compile(r'\bcheck\b', re.IGNORECASE)


def build(sqlxc, dialect, schema, folder):
    """The program tests/rules_test of a schema, or why there is none."""
    command = [sqlxc, f'--dialect={dialect}', f'--target={dialect}', str(schema), '-o', str(folder), '--no-build']
    done = subprocess.run(command, capture_output=True, text=True, errors='replace')
    if done.returncode != 0:
        return None, f'compile: {(done.stderr or done.stdout)[:800]}'
    package = Path(sqlxc).resolve().parents[1] / 'lib' / 'cmake' / 'sqlxc'
    for step in (['cmake', '-G', 'Ninja', '-S', folder, '-B', folder / 'build', f'-Dsqlxc_DIR={package}', '-DCMAKE_BUILD_TYPE=Release'],
                 ['cmake', '--build', folder / 'build', '--target', 'rules_test']):
        done = subprocess.run(step, capture_output=True, text=True, errors='replace')
        if done.returncode != 0:
            return None, f'build: {(done.stdout + done.stderr)[-1500:]}'
    return folder / 'build' / 'rules_test', ''


def sqlite_database(schema, folder):
    """The schema as SQLite reads it, all but the statements that it refuses."""
    path = folder / 'truth.db'
    subprocess.run(['sqlite3', str(path)], input=schema.read_text(errors='replace'), capture_output=True, text=True, errors='replace')
    return path


def prove(sqlxc, server, row, schema, rows, number):
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        program, why = build(sqlxc, row['dialect'], schema, folder / 'service')
        if program is None:
            return None, why
        if row['dialect'] == 'postgres':
            name = f'proof{number}'
            server.psql(f'create database {name}')
            subprocess.run([str(server.binaries / 'psql'), '-X', '-q', '-d', server.url(name), '-f', str(schema)], capture_output=True)
            database = server.url(name)
        else:
            database = str(sqlite_database(schema, folder))
        done = subprocess.run([program, '--rows', str(rows), '--seed', str(seed()), '--database', database],
                              capture_output=True, text=True, errors='replace')
        if row['dialect'] == 'postgres':
            server.psql(f'drop database {name}')
        counts = COUNTS.search(done.stdout)
        return counts and [int(counts[i]) for i in (1, 2, 4, 5, 6, 7)], (done.stdout + done.stderr).strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('sqlxc', nargs='?', default=os.environ.get('SQLXC', ROOT / 'out' / 'bin' / 'sqlxc'))
    parser.add_argument('--full', action='store_true', default=os.environ.get('SQLXC_FULL') == '1')
    parser.add_argument('--sample', type=int, default=2)
    parser.add_argument('--rows', type=int, help='of all schemas')
    parser.add_argument('--only', default='')
    parser.add_argument('--checked', action='store_true', help='all schemas that have CHECKs, and no others')
    options = parser.parse_args()
    corpus = Path(os.environ.get('SQLXC_CORPUS', ROOT / '..' / 'shared' / 'corpus')) / 'schemas'
    if not (corpus / 'INDEX.tsv').exists() or postgres.find_binaries() is None:
        print('skipped: no corpus, or no PostgreSQL server')
        return 77
    schemas = [row for row in csv.DictReader(open(corpus / 'INDEX.tsv'), delimiter='\t')
               if row['dialect'] in ('postgres', 'sqlite') and row['loads'] == 'clean' and options.only in row['file']]
    has_checks = {row['file']: bool(CHECK.search((corpus / row['file']).read_text(errors='replace'))) for row in schemas}
    if options.checked:
        schemas = [row for row in schemas if has_checks[row['file']]]
    elif not options.full and not options.only:
        # At least one of those that have conditions of their own.
        chance = random.Random(seed())
        first = chance.choice([row for row in schemas if has_checks[row['file']]])
        schemas = [first] + chance.sample([row for row in schemas if row is not first], options.sample - 1)
    # Schemas with conditions of their own get ten times as many rows as those with types alone.
    weights = [10 if has_checks[row['file']] else 1 for row in schemas]
    every = options.rows or (1_100_000 if options.full else 20_000)
    total, failed = [0] * 6, 0
    with postgres.Server(settings=['max_locks_per_transaction = 512']) as server:
        for number, (row, weight) in enumerate(zip(schemas, weights)):
            start = time.monotonic()
            counts, output = prove(str(options.sqlxc), server, row, corpus / row['file'], every * weight // sum(weights), number)
            is_bad = counts is None or counts[4] or counts[5]
            failed += bool(is_bad)
            total = [a + b for a, b in zip(total, counts or [0] * 6)]
            words = f'{counts[0]} rows, {counts[1]} judged, {counts[2]} refused by both, {counts[3]} left' if counts else 'no result'
            print(f"{'FAIL' if is_bad else 'ok'} {row['file']}: {words}, {time.monotonic() - start:.1f} s", flush=True)
            if is_bad:
                print('    ' + output[:4000].replace('\n', '\n    '), flush=True)
    print(f'{len(schemas)} schemas, {total[0]} rows, {total[1]} judged by the real databases: {total[2]} refused by both, '
          f'{total[3]} left to the database, {total[4]} refused wrongly, {total[5]} let through, {failed} schemas failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
