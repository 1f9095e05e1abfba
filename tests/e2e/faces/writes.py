"""Random writes, and how either face does them: REST on one database, GraphQL on another that was told the same so far."""
from dataclasses import dataclass, field
from urllib.parse import quote

from .questions import Document, name_in_rest, rest_condition, rest_select, text_of, where_of
from .values import in_rest


@dataclass
class Write:
    what: str  # for a person
    method: str
    path: str
    body: object
    headers: dict
    document: str
    variables: dict
    entity: object = None
    key: list = field(default_factory=list)         # of one row: fields with their values as REST has them
    conditions: list = field(default_factory=list)  # of many
    asked: object = None  # what of the written rows


class Writer:
    def __init__(self, random, values, entities, known, asker):
        self.random, self.values, self.entities, self.known, self.asker = random, values, entities, known, asker

    def value_of(self, entity, each):
        """Mostly one that a row may have; of a foreign key, mostly one that is there."""
        if each.refers and self.random.random() < 0.9:
            rows = self.known.get(each.refers[0], [])
            return self.random.choice(rows)[each.refers[1]] if rows else None
        if self.random.random() < 0.03:
            wrong = self.values.wrong(each)
            return wrong if wrong is not None else self.values.value(each)
        if not each.has("required") and self.random.random() < 0.15:
            return None
        return self.values.value(each)

    def row(self, entity, depth=0, without=(), is_update=False):
        """The row as GraphQL's input and as REST's body."""
        graphql, rest = {}, {}
        for each in entity.written():
            if each.name in without or each.kind == "other":
                continue
            has_default = each.has("identity") or " default " in each.rest
            if is_update:
                is_there = self.random.random() < (0.05 if each.name in entity.key else 0.4)
            else:
                is_there = self.random.random() < (0.06 if has_default else 0.97 if each.has("required") else 0.5)
            if not is_there:
                continue
            value = self.value_of(entity, each)
            if value is None and each.has("required") and not each.refers:
                continue
            graphql[each.face], rest[each.name] = value, in_rest(each, value)
        many = [each for each in entity.relations if each.is_many and not self.entities[each.target].is_view]
        if depth < 2 and not is_update and many and self.random.random() < 0.35:
            relation = self.random.choice(many)
            target = self.entities[relation.target]
            if len(relation.own) == 1 and relation.target != entity.name:
                rows = [self.row(target, depth + 1, () if relation.is_pairs else relation.to) for _ in range(self.random.randrange(1, 3))]
                graphql[relation.face] = {"create": [one for one, _ in rows]}
                rest[relation.name] = [one for _, one in rows]
        return graphql, rest

    def shown(self, entity):
        """What the answer shows: nothing that the two databases would not agree about."""
        asked = self.asker.question(entity, 2)
        self.drop_own(asked)
        if not entity.of_key():
            # REST shows no relations of written rows that have no key.
            asked.relations = []
        asked.columns = asked.columns or [each for each in entity.shown() if each.is_same_everywhere][:1]
        return asked

    def drop_own(self, asked):
        asked.columns = [each for each in asked.columns if each.is_same_everywhere]
        asked.counts = []
        # The order of rows within a row is left to the database.
        asked.relations = [(relation, inner) for relation, inner in asked.relations if not relation.is_many]
        for _, inner in asked.relations:
            self.drop_own(inner)
            inner.columns = inner.columns or [each for each in inner.entity.shown() if each.is_same_everywhere][:1]
        asked.relations = [(relation, inner) for relation, inner in asked.relations if inner.columns or inner.relations]

    def write(self, entity):
        kinds = ["create"] * 5 + ["create_many"] * 3 + ["update_many"]
        if self.random.random() < 0.2:
            kinds = ["remove_many"]
        elif entity.of_key() and all(each.is_same_everywhere for each in entity.of_key()):
            kinds += ["update", "update", "remove", "upsert"]
        kind = self.random.choice(kinds)
        return self.of_kind(kind, entity)

    def of_kind(self, kind, entity):
        asked = self.shown(entity)
        one = self.made(kind, entity, asked) if asked.columns else None
        if one is not None:
            one.asked, one.entity = asked, entity
        return one

    def made(self, kind, entity, asked):
        document = Document()
        selection = document.selection(asked)
        path = f"/{quote(entity.name, safe='')}"
        headers = {"Prefer": "return=representation, missing=default"}
        select = f"select={quote(rest_select(asked), safe='')}"
        if kind in ("create", "upsert", "create_many"):
            rows = [self.row(entity, 0 if kind != "upsert" else 9) for _ in range(self.random.randrange(4) if kind == "create_many" else 1)]
            many = kind == "create_many"
            graphql, rest = ([one for one, _ in rows], [one for _, one in rows]) if many else rows[0]
            name = {"create": "create", "create_many": "create", "upsert": "upsert"}[kind] + (entity.types if many else entity.type)
            type_ = f"[{entity.type}CreateInput!]!" if many else f"{entity.type}CreateInput!"
            root = f"{name}(input: {document.variable(graphql, type_)}) {selection}"
            if kind == "upsert":
                headers["Prefer"] += ", resolution=merge-duplicates"
            return Write(kind, "POST", f"{path}?{select}", rest, headers, document.text(root, "mutation"), document.variables)
        if kind in ("update_many", "remove_many"):
            return self.of_many(kind, entity, asked, document, selection, path, select, headers)
        return self.of_one(kind, entity, document, selection, path, select, headers)

    def key_of(self, entity, document):
        """A row's key, mostly one that is there: as arguments of GraphQL, as the end of a path and as values of REST; None where no
        path says it."""
        rows = self.known.get(entity.name, [])
        arguments, parts, values = [], [], []
        row = self.random.choice(rows) if rows and self.random.random() < 0.85 else {}
        for each in entity.of_key():
            value = row.get(each.name)
            if value is None:
                value = self.values.scalar(each)
            elif each.labels:
                value = next((name for name, label in each.labels.items() if label == value), value)
            arguments.append(f"{each.face}: {document.variable(value, self.type_of(each))}")
            parts.append(text_of(each, value))
            values.append((each, in_rest(each, value)))
        if any(part in ("", ".", "..") for part in parts):
            return None
        return ", ".join(arguments), ",".join(quote(part, safe="") for part in parts), values

    def of_one(self, kind, entity, document, selection, path, select, headers):
        key = self.key_of(entity, document)
        if key is None:
            return None
        arguments, item = key[0], f"{path}/{key[1]}?{select}"
        if kind == "remove":
            root = f"delete{entity.type}({arguments}) {selection}"
            return Write(kind, "DELETE", item, None, headers, document.text(root, "mutation"), document.variables, key=key[2])
        graphql, rest = self.row(entity, 9, is_update=True)
        if not rest:
            return None
        root = f"update{entity.type}({arguments}, input: {document.variable(graphql, entity.type + 'UpdateInput!')}) {selection}"
        return Write(kind, "PATCH", item, rest, headers, document.text(root, "mutation"), document.variables, key=key[2])

    def of_many(self, kind, entity, asked, document, selection, path, select, headers):
        conditions = [self.asker.condition(entity, 1) for _ in range(3 if kind == "remove_many" else 1)]
        # What one database has and the other has not chooses no rows.
        if not all(each.is_same_everywhere for each in fields_of(conditions)):
            return None
        query = f"and={quote('(' + ','.join(map(rest_condition, conditions)) + ')', safe='')}&{select}"
        where = document.variable(where_of(conditions), entity.type + "Where!")
        if kind == "remove_many":
            root = f"delete{entity.types}(where: {where}) {selection}"
            return Write(kind, "DELETE", f"{path}?{query}", None, headers, document.text(root, "mutation"), document.variables, conditions=conditions)
        graphql, rest = self.row(entity, 9, is_update=True)
        if not rest:
            return None
        root = f"update{entity.types}(where: {where}, input: {document.variable(graphql, entity.type + 'UpdateInput!')}) {selection}"
        return Write(kind, "PATCH", f"{path}?{query}", rest, headers, document.text(root, "mutation"), document.variables, conditions=conditions)

    @staticmethod
    def type_of(each):
        names = {"int16": "Int", "int32": "BigInt" if each.is_unsigned else "Int", "int64": "BigInt", "text": "String", "boolean": "Boolean",
                 "float32": "Float", "float64": "Float", "decimal": "Decimal", "date": "Date", "time": "Time", "timetz": "OffsetTime",
                 "timestamp": "LocalDateTime", "timestamptz": "DateTime", "interval": "Interval", "uuid": "UUID", "json": "JSON", "bytes": "Bytes",
                 "other": "DatabaseValue", "enumeration": "String"}
        return names.get(each.kind, each.kind) + "!"


def fields_of(conditions):
    for one in conditions:
        if one[0] in ("field", "null"):
            yield one[1]
        elif one[0] == "not":
            yield from fields_of([one[1]])
        else:
            yield from fields_of(one[1])
