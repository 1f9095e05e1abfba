#!/usr/bin/env python3
"""Compiles real schemas for the embedded database, starts each service and tries every table of it.

usage: serve.py SQLXC [--corpus DIR] [--only TEXT] [--sample N --seed S | --full] [--keep DIR]

For each schema: it compiles; every table and view can be listed; a generated row can be inserted, is found at its Location
(or, without a primary key, in the list) with the values that went in; a row with a value of a wrong type is refused with a
4xx problem. Tables for which no row can be generated (a foreign key cycle that cannot be null, a CHECK that no candidate
satisfies) are named and counted: they are not passed over in silence. Exit status 0 where nothing failed.
"""
import argparse, base64, csv, http.client, json, os, random, re, signal, socket, subprocess, sys, tempfile, time, urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.environ.get('SQLXC_CORPUS', os.path.join(HERE, '..', '..', '..', 'shared', 'corpus'))


class Service:
    """bin/service of a build folder on a free port of 127.0.0.1, stopped by its pid."""

    def __init__(self, folder, database=None):
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]
        self.log = open(os.path.join(folder, 'service.log'), 'wb')
        self.process = subprocess.Popen([os.path.join(folder, 'bin', 'service'), '--port', str(self.port), '--database',
                                         database or os.path.join(folder, 'corpus.db')], stdout=self.log, stderr=self.log, cwd=folder)
        deadline = time.monotonic() + 10
        while True:
            try:
                if self.ask('GET', '/health')[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError('the service did not start: ' + open(self.log.name, errors='replace').read()[-400:])
            time.sleep(0.01)

    def ask(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=20)
        try:
            data = None if body is None else json.dumps(body).encode()
            connection.request(method, path, data, {'Content-Type': 'application/json', **dict(headers)} if data else dict(headers))
            r = connection.getresponse()
            text = r.read()
            kind = r.getheader('Content-Type', '')
            return r.status, json.loads(text) if 'json' in kind and text else text, dict(r.getheaders())
        finally:
            connection.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


def type_in(schema):
    kind = schema.get('type')
    return next((k for k in kind if k != 'null'), None) if isinstance(kind, list) else kind


def integer_for(schema, variant):
    low, high = schema.get('minimum'), schema.get('maximum')
    if 'exclusiveMinimum' in schema:
        low = schema['exclusiveMinimum'] + 1
    if 'exclusiveMaximum' in schema:
        high = schema['exclusiveMaximum'] - 1
    low = 1 if low is None else low
    value = max(low, 1 + variant)
    return value if high is None else min(value, high)


TEXTS = {'date': '2024-02-29', 'date-time': '2024-02-29T12:34:56+00:00', 'time': '12:34:56', 'email': 'a@example.com',
         'uuid': '123e4567-e89b-42d3-a456-426614174000', 'uri': 'https://example.com/'}


def text_for(schema, variant):
    if schema.get('enum'):
        labels = [x for x in schema['enum'] if x is not None]
        return labels[variant % len(labels)]
    if schema.get('format') == 'uuid':
        return '123e4567-e89b-42d3-a456-%012x' % variant
    if schema.get('contentEncoding') == 'base64':
        # Four characters of base64 are one byte to three.
        return base64.b64encode(bytes([variant % 256])).decode() if schema.get('maxLength', 8) <= 4 else 'AAEC'
    if schema.get('format') == 'date' and variant:
        return '2024-03-%02d' % (1 + variant % 28)
    if schema.get('format') in TEXTS:
        return TEXTS[schema['format']]
    words = schema.get('description', '')
    if 'local date and time' in words:
        return '2024-02-29T12:34:56'
    m = re.search(r'As the database writes `([^`]*)`', words)
    if m:
        return other_for(m[1])
    text = 'v%d' % variant
    text = text[:schema.get('maxLength', len(text))]
    return text.ljust(schema.get('minLength', 0), 'x')


def other_for(sql_type):
    t = sql_type.lower()
    for key, value in (('interval', '1 day'), ('inet', '10.0.0.1'), ('cidr', '10.0.0.0/8'), ('macaddr', '08:00:2b:01:02:03'),
                       ('int4range', '[1,2)'), ('int8range', '[1,2)'), ('numrange', '[1,2)'), ('daterange', '[2024-01-01,2024-01-02)'),
                       ('tsrange', '["2024-01-01 00:00:00","2024-01-02 00:00:00")'), ('tstzrange', '["2024-01-01 00:00:00+00","2024-01-02 00:00:00+00")'),
                       ('point', '(1,2)'), ('year', '2024')):
        if key in t:
            return value
    m = re.match(r'(bit(?: varying)?)\((\d+)\)', t)
    return '0' * int(m[2]) if m else '0' if t.startswith('bit') else 'v'


def value_for(schema, variant):
    kind = type_in(schema)
    if kind == 'integer':
        return integer_for(schema, variant)
    if kind == 'number':
        return integer_for(schema, variant % 9)
    if kind == 'boolean':
        return False
    if kind == 'array':
        return []
    if kind == 'string':
        return text_for(schema, variant)
    return {}


def candidates_in(checks):
    """Literals that the table's CHECKs mention: what a row may need to satisfy them."""
    found = []
    for check in checks:
        found += [x.replace("''", "'") for x in re.findall(r"'((?:[^']|'')*)'", check)]
        found += [int(x) for x in re.findall(r'(?<![\w.\'])-?\d+(?![\w.\'])', check)]
        found += [int(x) + 1 for x in re.findall(r'(?<![\w.\'])-?\d+(?![\w.\'])', check)]
    return found[:24]


def wrong_value(schema):
    """A value that the column's type does not have."""
    return {'integer': 'not a number', 'number': 'not a number', 'boolean': 'not a boolean', 'array': 'not an array'}.get(
        type_in(schema), {'an': 'object'} if type_in(schema) == 'string' else None)


def is_same(sent, got, schema):
    if isinstance(sent, str) and isinstance(got, str):
        if sent == got or sent == got.rstrip() or sent.lower() == got.lower():
            return True
        return schema.get('format') in ('date-time', 'time') and got.startswith(sent[:8])
    if isinstance(sent, (int, float)) and isinstance(got, str):
        return str(sent) == got
    return sent == got


def triggered_tables(ddl):
    """Tables that have a trigger, in lower case: what it does to a row is the schema's business."""
    heads = re.findall(r'create (?:or replace )?trigger\b.*?\bon\s+(?:\w+\.)?("[^"]+"|\w+)', ddl, re.I | re.S)
    return {name.strip('"').lower() for name in heads}


class Trial:
    def __init__(self, service, catalog, document, triggered):
        self.service, self.document, self.triggered = service, document, triggered
        self.schemas = document['components']['schemas']
        self.tables = {}
        for t in catalog['tables']:
            self.tables[t['name'].lower()] = t
        self.rows, self.failures, self.skipped, self.inserted = {}, [], [], 0

    def paths(self):
        tables = [p for p in self.document['paths'] if p.count('/') == 2 and '{' not in p]
        return [p for p in tables if p != '/api/batch' or 'get' in self.document['paths'][p]]

    def resource_schema(self, path, method):
        schema = self.document['paths'][path][method]['requestBody']['content']['application/json']['schema']
        schema = schema['oneOf'][0] if 'oneOf' in schema else schema
        return self.schemas[schema['$ref'].rsplit('/', 1)[1]]

    def fail(self, path, what):
        self.failures.append(f'{path}: {what}')

    def list_all(self):
        for path in self.paths():
            status, body, _ = self.service.ask('GET', urllib.parse.quote(path) + '?limit=2')
            if status not in (200, 206) or not isinstance(body, list):
                self.fail(path, f'list answered {status} {str(body)[:200]}')

    def insert_all(self):
        for path in self.paths():
            if 'post' in self.document['paths'][path]:
                self.insert(path, ())

    def table_of(self, path):
        return self.tables.get(path[len('/api/'):].lower())

    def path_of(self, table):
        for path in self.paths():
            if path[len('/api/'):].lower() == table.lower():
                return path
        return None

    def parent_row(self, fk, path, visiting):
        """The row that a foreign key can point at; None where there is none."""
        parent = self.path_of(fk['references']['table'])
        if parent is None:
            return None
        if parent != path and parent not in visiting:
            self.insert(parent, visiting + (path,))
        return self.rows.get(parent)

    def generate(self, path, table, schema, visiting, variant):
        row, wanted = {}, set(schema.get('required', []))
        identity = {c['name'] for c in table['columns'] if c['identity'] or c['default'] is not None} if table else set()
        if table:
            wanted |= {c for c in table['primary_key'] or [] if c not in identity and c in schema['properties']}
        # A few columns more than the row needs: they are what is read back.
        for name in list(schema['properties'])[:6]:
            if name not in identity:
                wanted.add(name)
        for name, property_ in schema['properties'].items():
            if name in wanted:
                row[name] = value_for(property_, variant)
        for fk in table['foreign_keys'] if table else []:
            parent = self.parent_row(fk, path, visiting)
            for column, target in zip(fk['columns'], fk['references']['columns']):
                name = next((n for n in schema['properties'] if n.lower() == column.lower()), None)
                if name is None:
                    continue
                values = {k.lower(): v for k, v in parent.items()} if parent else {}
                if target.lower() in values and values[target.lower()] is not None:
                    row[name] = values[target.lower()]
                elif name not in schema.get('required', []):
                    row.pop(name, None)
                elif fk['references']['table'].lower() != path[len('/api/'):].lower():
                    return None
        return row

    def insert(self, path, visiting):
        if path in self.rows or path in visiting:
            return
        table, schema = self.table_of(path), self.resource_schema(path, 'post')
        if table and table['kind'] == 'virtual':
            self.skipped.append(f'{path}: a virtual table, whose module decides what it takes')
            self.rows[path] = None
            return
        if not schema['properties']:
            self.skipped.append(f'{path}: no column that a write may name')
            self.rows[path] = None
            return
        row = self.generate(path, table, schema, visiting, 1)
        if row is None:
            self.skipped.append(f'{path}: its foreign keys point at tables without a row')
            self.rows[path] = None
            return
        status, body, headers = self.post(path, row)
        candidates = candidates_in(table['checks'] if table else [])
        fallbacks = [{k: v for k, v in row.items() if k in schema.get('required', []) or (table and k in (table['primary_key'] or []))}]
        for text in candidates:
            fallbacks += [{**row, k: text} for k in row if isinstance(text, str) == (type_in(schema['properties'][k]) == 'string')]
        fallbacks += [{k: v for k, v in row.items() if k != drop} for drop in row if drop not in schema.get('required', [])]
        tried = 0
        while status in (409, 422) and tried < len(fallbacks) and tried < 150:
            row = fallbacks[tried]
            tried += 1
            status, body, headers = self.post(path, row)
        self.rows[path] = None
        if status in (409, 422) and isinstance(body, dict) and str(body.get('code', '')).startswith('23'):
            self.skipped.append(f"{path}: no candidate satisfies its rules: {body.get('message')}")
            return
        if status != 201:
            self.fail(path, f'insert of {json.dumps(row)[:200]} answered {status} {str(body)[:300]}')
            return
        self.inserted += 1
        self.rows[path] = body[0] if isinstance(body, list) and body else body
        self.read_back(path, row, headers, schema)
        self.refuse(path, row, schema)

    def post(self, path, row):
        return self.service.ask('POST', urllib.parse.quote(path), row, [('Prefer', 'return=representation')])

    def read_back(self, path, row, headers, schema):
        location = next((v for k, v in headers.items() if k.lower() == 'location'), None)
        if location:
            status, got, _ = self.service.ask('GET', location)
            got = got[0] if isinstance(got, list) and got else got
        else:
            status, got, _ = self.service.ask('GET', urllib.parse.quote(path) + '?limit=50')
            got = got[-1] if isinstance(got, list) and got else got
        if status not in (200, 206) or not isinstance(got, dict):
            self.fail(path, f'reading {location} back answered {status} {str(got)[:200]}')
            return
        for name, value in row.items():
            if schema['properties'][name].get('writeOnly'):
                continue
            if name not in got or not is_same(value, got[name], schema['properties'][name]):
                what = f'{name}: {value!r} went in, {got.get(name)!r} came back'
                if path[len('/api/'):].lower() in self.triggered:
                    self.skipped.append(f'{path}: {what}: a trigger of the table may have changed it')
                else:
                    self.fail(path, what)

    def refuse(self, path, row, schema):
        for name in schema['properties']:
            wrong = wrong_value(schema['properties'][name])
            if wrong is not None:
                status, body, _ = self.post(path, {**row, name: wrong})
                if not 400 <= status < 500 or not isinstance(body, dict) or 'code' not in body:
                    self.fail(path, f'{name} = {wrong!r} answered {status} {str(body)[:200]}')
                return
        status, body, _ = self.post(path, {**row, 'no such column': 1})
        if not 400 <= status < 500:
            self.fail(path, f'an unknown column answered {status}')


def try_schema(sqlxc, dialect, path, keep):
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(keep, dialect + '_' + os.path.basename(path)[:-4]) if keep else work
        r = subprocess.run([sqlxc, f'--dialect={dialect}', '--target=sqlite', path, '-o', folder], capture_output=True, text=True, errors='replace')
        if r.returncode != 0:
            return 0, 0, [], [f'compile: exit {r.returncode}: ' + (r.stderr or r.stdout).strip()[:1500]]
        catalog = json.loads(subprocess.run([sqlxc, 'check', '--emit=catalog', '--format=json', f'--dialect={dialect}', path],
                                            capture_output=True, text=True).stdout)
        try:
            service = Service(folder)
        except RuntimeError as e:
            return 0, 0, [], [str(e)]
        try:
            trial = Trial(service, catalog, json.load(open(os.path.join(folder, 'docs', 'openapi.json'))),
                          triggered_tables(open(os.path.join(folder, 'db', 'schema.sqlite.sql')).read()))
            trial.list_all()
            trial.insert_all()
            trial.list_all()
            if service.process.poll() is not None:
                trial.failures.append(f'the service ended with {service.process.returncode}')
            return len(trial.paths()), trial.inserted, trial.skipped, trial.failures
        except (OSError, http.client.HTTPException, ValueError, KeyError) as e:
            return 0, 0, [], [f'{type(e).__name__}: {e}; service exit {service.process.poll()}']
        finally:
            service.stop()


def main():
    p = argparse.ArgumentParser()
    p.add_argument('sqlxc')
    p.add_argument('--corpus', default=CORPUS)
    p.add_argument('--only')
    p.add_argument('--sample', type=int, default=6)
    p.add_argument('--seed', default='0')
    p.add_argument('--full', action='store_true')
    p.add_argument('--all', action='store_true', help='schemas too that the engine itself does not load without error')
    p.add_argument('--keep')
    a = p.parse_args()
    index = os.path.join(a.corpus, 'schemas', 'INDEX.tsv')
    if not os.path.exists(index):
        print(f'skipped: no corpus at {os.path.basename(os.path.abspath(a.corpus))}/schemas')
        return 0
    rows = [r for r in csv.DictReader(open(index), delimiter='\t') if a.all or r['loads'] == 'clean']
    rows = [r for r in rows if os.path.exists(os.path.join(a.corpus, 'schemas', r['file'])) and (not a.only or a.only in r['file'])]
    if not a.full and not a.only:
        rows = random.Random(a.seed).sample(rows, min(a.sample, len(rows)))
    tables = inserted = bad = 0
    skipped_all = []
    for r in rows:
        start = time.monotonic()
        n, done, skipped, failures = try_schema(os.path.abspath(a.sqlxc), r['dialect'], os.path.join(a.corpus, 'schemas', r['file']), a.keep)
        tables, inserted, bad = tables + n, inserted + done, bad + bool(failures)
        skipped_all += [f"{r['file']}: {s}" for s in skipped]
        print(f"{'FAIL' if failures else 'ok'} {r['file']}: {n} tables, {done} inserted, {len(skipped)} without a row, {time.monotonic() - start:.1f} s", flush=True)
        for f in failures[:12]:
            print('    ' + f.replace('\n', '\n    '), flush=True)
    for s in skipped_all:
        print('no row: ' + s)
    print(f'{len(rows)} schemas, {tables} tables listed, {inserted} rows inserted and read back, {len(skipped_all)} tables without a row, {bad} schemas failed')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
