"""Asks both faces and says where they differ."""
import http.client
from urllib.parse import quote

from .questions import Document, of_labels, rest_path, rest_select, same_shape, shown
from .values import dump, load


class Face:
    """Requests of one service over one connection."""

    def __init__(self, service):
        self.service = service
        self.connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)

    def rest(self, method, path, body=None, headers=None):
        data = None if body is None else dump(body).encode()
        self.connection.request(method, "/api" + path, data, {"Content-Type": "application/json", **(headers or {})})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        return answer.status, load(text) if text else None

    def graphql(self, text, variables):
        self.connection.request("POST", "/graphql", dump({"query": text, "variables": variables}).encode(), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        return load(answer.read().decode())

    def rows(self, entity):
        """The rows of a table by REST, at most 200, as all later questions know them."""
        # As many as there are, whatever the page is.
        status, rows = self.rest("GET", f"/{quote(entity.name, safe='')}?limit=200")
        return rows if status in (200, 206) else []


def refusal_of(answer):
    """Status, code and violations of an error; of the language's own, which say nothing of the database, the code alone."""
    extensions = answer["errors"][0].get("extensions", {})
    if "status" not in extensions:
        return None, extensions.get("code"), None
    return extensions["status"], extensions.get("reason"), extensions.get("violations")


class Differences:
    def __init__(self):
        self.found, self.asked, self.refused, self.typed, self.language, self.codes = [], 0, 0, 0, {}, {}

    def compare(self, what, status, body, answer, details, are_words_same=False):
        """One answer of REST and one of GraphQL; the rows of both as lists. `are_words_same`: what is wrong is said in the same words."""
        self.asked += 1
        if status >= 500:
            return self.add(what, f"REST fails with {status} {shown(body)}", details)
        if "errors" not in answer:
            value = answer["data"]["x"]
            if status >= 300:
                return self.add(what, f"REST refuses with {status} {shown(body)}, GraphQL answers {shown(value)}", details)
            return None if body == value else self.add(what, f"REST: {shown(body)}\n  GraphQL: {shown(value)}", details)
        self.refused += 1
        if status < 300:
            return self.add(what, f"REST answers {status} {shown(body)}, GraphQL refuses: {shown(answer)}", details)
        own, code, violations = refusal_of(answer)
        self.codes[body.get("code")] = self.codes.get(body.get("code"), 0) + 1
        if own is None:
            # A value that is none of its type: the language has words of its own for it.
            self.language[code] = self.language.get(code, 0) + 1
            message = answer["errors"][0]["message"]
            # Variables are read before a search is.
            is_told = not are_words_same or message == body.get("message") or message.startswith("Variable ")
            if is_told and status in (400, 422) and code in ("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"):
                return None
        if (status, body.get("code"), body.get("violations")) != (own, code, violations):
            return self.add(what, f"REST: {status} {shown(body)}\n  GraphQL: {shown(answer)}", details)
        return None

    def add(self, what, text, details):
        self.found.append(f"{what}: {text}\n  {details}")


def ask(face, differences, asked, as_multiset, are_words_same=False):
    document = Document()
    name = asked.entity.many if asked.search is None else f"search{asked.entity.types}"
    root = f"{name}{document.arguments(asked)} {document.selection(asked)}"
    text, path = document.text(root), rest_path(asked)
    status, body = face.rest("GET", path)
    answer = face.graphql(text, document.variables)
    if status < 300:
        body = [same_shape(asked, row) for row in body]
    if "errors" not in answer:
        answer["data"]["x"] = [of_labels(asked, same_shape(asked, row)) for row in answer["data"]["x"]]
    if as_multiset and "errors" not in answer and isinstance(body, list):
        body.sort(key=shown)
        answer["data"]["x"].sort(key=shown)
    what = "question" if asked.search is None else "search"
    differences.compare(what, status, body, answer, f"{path}\n  {text} {shown(document.variables)}", are_words_same)


def ask_one(face, differences, asked, writer):
    """One row by its key: where there is none REST has a status for it, GraphQL null. The key, where one was asked for."""
    document = Document()
    key = writer.key_of(asked.entity, document)
    if key is None:
        return None
    path = f"/{quote(asked.entity.name, safe='')}/{key[1]}?select={quote(rest_select(asked), safe='')}"
    text = document.text(f"{asked.entity.one}({key[0]}) {document.selection(asked)}")
    status, body = face.rest("GET", path)
    answer = face.graphql(text, document.variables)
    if (status, body.get("code")) == (404, "PGRST116"):
        status, body = 200, None
    elif status < 400:
        body = same_shape(asked, body)
    if "errors" not in answer:
        answer["data"]["x"] = of_labels(asked, same_shape(asked, answer["data"]["x"]))
    differences.compare("row", status, body, answer, f"{path}\n  {text} {shown(document.variables)}")
    return key[2]


def write(rest, graphql, differences, one):
    """Does it in both databases; what REST answered, rows as a list."""
    status, body = rest.rest(one.method, one.path, one.body, one.headers)
    answer = graphql.graphql(one.document, one.variables)
    if status < 400 and "errors" not in answer:
        value = answer["data"]["x"]
        body = body if isinstance(body, list) else [] if body is None else [body]
        answer["data"]["x"] = [of_labels(one.asked, row) for row in (value if isinstance(value, list) else [value])]
        # What was written together comes in no order.
        body.sort(key=shown)
        answer["data"]["x"].sort(key=shown)
    differences.compare(one.what, status, body, answer,
                        f"{one.method} {one.path} {shown(one.body)}\n  {one.document} {shown(one.variables)}")
    return status, body


def same_tables(rest, graphql, differences, entities):
    """What both databases hold in the end."""
    for entity in entities.values():
        names = [each.name for each in entity.shown() if each.is_same_everywhere]
        if entity.is_view or not names:
            continue
        both = [sorted(shown({name: row.get(name) for name in names}) for row in face.rows(entity)) for face in (rest, graphql)]
        if both[0] != both[1]:
            only = [[row for row in both[i] if row not in both[1 - i]][:3] for i in (0, 1)]
            differences.add("tables", f"{entity.name} after the writes: only by REST {only[0]}, only by GraphQL {only[1]}", "")
