"""The same questions and writes by the typed ORM, as a C++ program over the emitted headers: it has the rows and the errors of REST.
Writes are done again, in their order, in a database of their own; questions are asked of the database of the running service."""
import contextlib
import dataclasses
import tempfile
from pathlib import Path
from urllib.parse import quote

import harness

from . import cpp, program
from .compare import Face
from .questions import Question, rest_path, rest_select, same_shape, shown, text_of

ALL = 100000  # rows: more than there are


class Log:
    """What was asked and written so far."""

    def __init__(self):
        self.questions, self.keys, self.writes = [], [], []

    def ask(self, asked):
        self.questions.append(asked)

    def find(self, entity, key):
        if key is not None:
            self.keys.append((entity, key))

    def write(self, one, status, body):
        self.writes.append((one, status, body))


def restated(asked):
    """The question without what only the other faces have: counts beside rows, pages."""
    return dataclasses.replace(asked, counts=[], is_page=False, relations=[(relation, restated(inner)) for relation, inner in asked.relations])


def picked(asked, row):
    """A row of the ORM as REST was asked for it."""
    if row is None:
        return None
    found = {f"c{i}": row[each.name] for i, each in enumerate(asked.columns)}
    for i, (relation, inner) in enumerate(asked.relations):
        names = [each.name for each in asked.entity.fields]
        below = row[relation.name + ("_" if relation.name in names else "")]
        found[f"r{i}"] = [picked(inner, one) for one in below] if isinstance(below, list) else picked(inner, below)
    return found


def error_of(body):
    """An error of REST as the ORM has it."""
    violations = [{"fields": one.get("fields") or [one["field"]] * (one["field"] is not None), "rule": one["rule"], "message": one["message"],
                   "sql": one.get("sql", ""), "source": one.get("source", ""), "row": one["row"]} for one in body.get("violations") or []]
    return {"status": body["status"], **{name: body.get(name) or "" for name in ("code", "message", "details", "hint")}, "violations": violations}


class Judge:
    """Says where the ORM and REST differ."""

    def __init__(self, differences, service):
        self.differences, self.face = differences, Face(service)

    def error(self, answer, status, body, details):
        """Whether either refused: then nothing is left to compare."""
        self.differences.typed += 1
        if status < 400 and "rows" in answer:
            return False
        if answer.get("unsayable"):
            if status < 400:
                self.differences.add("orm", f"no type says what REST takes with {status}", details)
        elif status < 400:
            self.differences.add("orm", f"REST answers {status} {shown(body)}, the ORM refuses: {shown(answer)}", details)
        elif "rows" in answer:
            self.differences.add("orm", f"REST refuses with {status} {shown(body)}, the ORM answers {shown(answer['rows'])}", details)
        elif error_of(body) != answer["error"]:
            self.differences.add("orm", f"REST: {shown(error_of(body))}\n  ORM: {shown(answer['error'])}", details)
        return True

    def same(self, what, theirs, ours, details):
        if theirs != ours:
            self.differences.add("orm", f"{what} by REST: {shown(theirs)}\n  by the ORM: {shown(ours)}", details)

    def question(self, asked, answer, text):
        every = dataclasses.replace(asked, limit=ALL, offset=None)
        path = rest_path(dataclasses.replace(asked, limit=ALL) if asked.limit is None else asked)
        details = f"{path}\n  {text}"
        status, body = self.face.rest("GET", path)
        if self.error(answer, status, body, details):
            return
        theirs = [same_shape(asked, row) for row in body]
        ours = [picked(asked, row) for row in answer["rows"]]
        first = picked(asked, answer["first"])
        if asked.entity.of_key():
            self.same("first", theirs[0] if theirs else None, first, details)
        else:
            theirs.sort(key=shown)
            ours.sort(key=shown)
        self.same("rows", theirs, ours, details)
        self.same("count", len(self.face.rest("GET", rest_path(every))[1]), answer["count"], details)

    def find(self, entity, key, answer, text):
        asked = Question(entity, columns=entity.shown())
        item = ",".join(quote(text_of(each, value), safe="") for each, value in key)
        path = f"/{quote(entity.name, safe='')}/{item}?select={quote(rest_select(asked), safe='')}"
        status, body = self.face.rest("GET", path)
        if (status, body.get("code")) == (404, "PGRST116"):
            status, body = 200, None
        if not self.error(answer, status, body, f"{path}\n  {text}"):
            self.same("row", body, picked(asked, answer["rows"]), f"{path}\n  {text}")

    def write(self, one, status, body, answer, text):
        details = f"{one.method} {one.path} {shown(one.body)}\n  {text}"
        if status == 404 and body.get("code") == "PGRST116":
            # Where there is no such row REST has a status for it.
            status, body = 200, []
        if self.error(answer, status, body, details):
            return
        columns = dataclasses.replace(one.asked, relations=[])
        rows = answer["rows"]
        ours = [picked(columns, row) for row in (rows if isinstance(rows, list) else [] if rows is None else [rows])]
        theirs = [{f"c{i}": row[f"c{i}"] for i, _ in enumerate(columns.columns)} for row in (body if isinstance(body, list) else [body])]
        self.same("written", sorted(theirs, key=shown), sorted(ours, key=shown), details)

    def table(self, entity, answer, text):
        """What the database that only the ORM wrote holds in the end."""
        asked = Question(entity, columns=[each for each in entity.shown() if each.is_same_everywhere], limit=ALL)
        status, body = self.face.rest("GET", rest_path(asked))
        if asked.columns and not self.error(answer, status, body, text):
            ours = [picked(asked, row) for row in answer["rows"]]
            only = [[row for row in mine if row not in others][:3] for mine, others in ((body, ours), (ours, body))]
            self.same(f"{entity.name} after the writes", (len(body), only[0]), (len(ours), only[1]), text)


class Script:
    """Calls of the program, each with what judges its answer."""

    def __init__(self, bodies):
        self.bodies, self.checks = bodies, []

    def add(self, call, check):
        """`check` is called with a Judge, the answer and the call."""
        self.bodies.append(call)
        self.checks.append(check)

    def run(self, judge, binary, mode, url):
        for check, answer, call in zip(self.checks, program.answers(binary, mode, url), self.bodies, strict=True):
            check(judge, answer, call)


def compare(log, differences, entities, tables, service, binary, most):
    """Says in C++ what the log has and holds the answers against REST's. `service` is the one that was written to; at `most` so many
    questions are asked of its database."""
    folder = binary.parent.parent
    names = cpp.Names(folder, entities)
    say = cpp.Writer(names, entities)
    said = program.Program(names.service, [*names.tables.values(), *names.enumerators])
    writes, questions = Script(said.writes), Script(said.questions)
    # What no type can say, and what REST answers to it.
    unsayable = []
    for it in log.writes:
        try:
            writes.add(f"done(db, {say.write(it[0])})", lambda judge, answer, call, it=it: judge.write(*it, answer, call))
        except cpp.Unsayable:
            unsayable.append((it[1], it[2], f"{it[0].method} {it[0].path} {shown(it[0].body)}"))
    for entity in tables:
        writes.add(f"done(db, db.all(from({names.table(entity)})))", lambda judge, answer, call, entity=entity: judge.table(entity, answer, call))
    face = Face(service)
    for asked in map(restated, log.questions):
        try:
            questions.add(f"asked(db, {say.question(asked)})", lambda judge, answer, call, asked=asked: judge.question(asked, answer, call))
        except cpp.Unsayable:
            unsayable.append((*face.rest("GET", rest_path(asked)), rest_path(asked)))
        if len(said.questions) == most:
            break
    for it in log.keys[:most // 3]:
        with contextlib.suppress(cpp.Unsayable):
            call = f"done(db, db.find({names.table(it[0])}, {say.key(it[1])}))"
            questions.add(call, lambda judge, answer, call, it=it: judge.find(*it, answer, call))
    made = program.build(said, folder, folder / ".sqlxc" / "faces")
    # The service has closed connections that waited for the compiler.
    judge = Judge(differences, service)
    for status, body, what in unsayable:
        judge.error({"unsayable": True}, status, body, what)
    with an_empty_database(service) as url:
        writes.run(judge, made, "write", url)
    questions.run(judge, made, "ask", service.database)


@contextlib.contextmanager
def an_empty_database(service):
    """The URL of a database as the service has one, for as long as the block runs."""
    if service.own_database:
        own = harness.PostgresDatabase(service.own_database.server)
        try:
            yield own.url
        finally:
            own.drop()
    else:
        with tempfile.TemporaryDirectory(prefix="sqlxc-orm-") as files:
            yield Path(files) / "orm.db"
