#!/usr/bin/env python3
"""Real schemas on PostgreSQL: every file that PostgreSQL loads without error is loaded there by psql, compiled, and served from
that database. The service must find the database as it was compiled for (/ready), list every table and view, take a generated row
where one can be made, and give it back. A seeded sample; all of them with --full."""
import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

import serve
from commit import seed

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'e2e'))
import postgres  # noqa: E402


# What PostgreSQL refuses to read until somebody does something about it, by the code of its answer.
NOT_READABLE = {
    '55000': 'a materialized view that has never been refreshed',
    '42704': 'a foreign table whose server lets nobody in',
}


class Trial(serve.Trial):
    """A generated value may be none of a type that only PostgreSQL knows, and a default may break its own column: the database
    says so with an SQLSTATE of class 22 (XX000 for some extensions), and the table has no row."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.had_rows = {}

    def list_all(self):
        super().list_all()
        for path in self.paths():
            if path not in self.had_rows:
                body = self.service.ask('GET', urllib.parse.quote(path) + '?limit=1')[1]
                has_key = any(known.startswith(path + '/{') for known in self.document['paths'])
                self.had_rows[path] = isinstance(body, list) and bool(body) and not has_key

    def fail(self, path, what):
        code = re.search(r"'code': '(\w+)'", what)
        is_refused = code and ' answered 400 ' in what and (code[1].startswith('22') or code[1] == 'XX000')
        is_without_key = ' went in, ' in what and self.had_rows.get(path)
        if is_without_key:
            self.skipped.append(f'{path}: other rows were there, and it has no key to find its own by')
        elif is_refused and what.startswith('insert of'):
            self.skipped.append(f'{path}: {what}')
        elif code and code[1] in NOT_READABLE:
            self.skipped.append(f'{path}: {NOT_READABLE[code[1]]}')
        else:
            super().fail(path, what)


def try_schema(sqlxc, server, path, number):
    """Tables, rows and what went wrong."""
    name = f'corpus{number}'
    server.psql(f'create database {name}')
    load = [str(server.binaries / 'psql'), '-X', '-q', '-d', server.url(name), '-f', str(path)]
    subprocess.run(load, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sqlxc, '--dialect=postgres', '--target=postgres', str(path), '-o', folder]
        done = subprocess.run(command, capture_output=True, text=True, errors='replace')
        if done.returncode != 0:
            return 0, 0, [f'compile: exit {done.returncode}: ' + (done.stderr or done.stdout).strip()[:1500]]
        catalog = json.loads(subprocess.run([sqlxc, 'check', '--emit=catalog', '--format=json', '--dialect=postgres', str(path)],
                                            capture_output=True, text=True).stdout)
        try:
            service = serve.Service(folder, server.url(name))
        except RuntimeError as error:
            return 0, 0, [str(error)]
        try:
            document = json.loads((Path(folder) / 'docs' / 'openapi.json').read_text())
            trial = Trial(service, catalog, document, serve.triggered_tables(path.read_text(errors='replace')))
            status, body, _ = service.ask('GET', '/ready')
            if status != 200:
                trial.failures.append(f'/ready answered {status} {str(body)[:600]}')
            trial.list_all()
            trial.insert_all()
            trial.list_all()
            return len(trial.paths()), trial.inserted, trial.failures
        finally:
            service.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('sqlxc', nargs='?', default=os.environ.get('SQLXC', ROOT / 'out' / 'bin' / 'sqlxc'))
    parser.add_argument('--full', action='store_true', default=os.environ.get('SQLXC_FULL') == '1')
    parser.add_argument('--sample', type=int, default=6)
    parser.add_argument('--only', default='')
    options = parser.parse_args()
    corpus = Path(os.environ.get('SQLXC_CORPUS', ROOT / '..' / 'shared' / 'corpus')) / 'schemas'
    if not (corpus / 'INDEX.tsv').exists() or postgres.find_binaries() is None:
        print('skipped: no corpus, or no PostgreSQL server')
        return 77
    rows = [row for row in csv.DictReader(open(corpus / 'INDEX.tsv'), delimiter='\t')
            if row['dialect'] == 'postgres' and row['loads'] == 'clean' and options.only in row['file']]
    if not options.full and not options.only:
        rows = random.Random(seed()).sample(rows, min(options.sample, len(rows)))
    failed = tables = inserted = 0
    with postgres.Server(settings=['max_locks_per_transaction = 256']) as server:
        for number, row in enumerate(rows):
            start = time.monotonic()
            found, written, failures = try_schema(str(options.sqlxc), server, corpus / row['file'], number)
            tables, inserted, failed = tables + found, inserted + written, failed + bool(failures)
            print(f"{'FAIL' if failures else 'ok'} {row['file']}: {found} tables, {written} inserted, {time.monotonic() - start:.1f} s", flush=True)
            for failure in failures[:10]:
                print('    ' + failure.replace('\n', '\n    '), flush=True)
    print(f'{len(rows)} schemas, {tables} tables listed, {inserted} rows inserted and read back, {failed} schemas failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
