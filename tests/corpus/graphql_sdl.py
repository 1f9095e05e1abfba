#!/usr/bin/env python3
"""Compiles every real schema of the corpus and lets graphql-js judge the GraphQL schema of each service.

usage: graphql_sdl.py [SQLXC] [--corpus DIR] [--only TEXT]

Exit status 0 where every one builds and is valid. Skipped with a line where node or its packages are missing.
"""
import argparse, os, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.environ.get('SQLXC_CORPUS', os.path.join(HERE, '..', '..', '..', 'shared', 'corpus'))
CLIENTS = os.path.join(HERE, '..', 'e2e', 'clients')


def schemas(corpus):
    """Every schema file, with its dialect from its folder's or its own name."""
    for folder, _, names in sorted(os.walk(os.path.join(corpus, 'schemas'))):
        for name in sorted(names):
            if name.endswith('.sql'):
                yield os.path.join(folder, name)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('sqlxc', nargs='?', default=os.environ.get('SQLXC'))
    parser.add_argument('--corpus', default=CORPUS)
    parser.add_argument('--only', default='')
    args = parser.parse_args()
    if not os.path.isdir(args.corpus):
        print('skipped: the corpus is not here')
        return 77
    if not shutil.which('node') or not os.path.isdir(os.path.join(CLIENTS, 'node_modules', 'graphql')):
        print('skipped: node or the graphql package is not here')
        return 77
    with tempfile.TemporaryDirectory() as out:
        found, refused = [], []
        for number, schema in enumerate(schemas(args.corpus)):
            if args.only not in schema:
                continue
            folder = os.path.join(out, str(number))
            dialect = os.path.basename(os.path.dirname(schema))
            made = subprocess.run([args.sqlxc, f'--dialect={dialect}', schema, '-o', folder, '--no-build'], capture_output=True, text=True, timeout=60)
            sdl = os.path.join(folder, 'docs', 'schema.graphql')
            if made.returncode != 0:
                refused.append(schema)
            elif os.path.exists(sdl):
                named = os.path.join(out, os.path.basename(schema) + f'.{number}.graphql')
                os.rename(sdl, named)
                found.append(named)
            shutil.rmtree(folder, ignore_errors=True)
        judged = subprocess.run(['node', 'judge_sdl.mjs'], cwd=CLIENTS, input='\n'.join(found), text=True)
        if refused:
            print(f'{len(refused)} schemas were not compiled: ' + ', '.join(os.path.basename(path) for path in refused))
        return judged.returncode


if __name__ == '__main__':
    sys.exit(main())
