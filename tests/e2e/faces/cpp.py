"""Questions and writes as C++ over the emitted headers (orm/*.h): the text that a user of the typed ORM would write."""
import base64
import re
import string as ascii_
from decimal import Decimal

from .questions import pattern_of
from .values import LIMITS, dump, in_rest

CLASSES = {"date": "Date", "time": "Time", "timestamp": "Timestamp", "timestamptz": "Timestamptz"}
TEXTS = {"decimal": "Decimal", "uuid": "Uuid", "interval": "Opaque", "timetz": "Opaque", "other": "Opaque"}
NUMBERS = {"int16": "std::int16_t", "int32": "std::int32_t", "int64": "std::int64_t", "float32": "float", "float64": "double",
           "boolean": "bool", "text": "std::string", "json": "sqlxc::orm::Json", "bytes": "sqlxc::orm::Bytes"}
OPERATORS = {"eq": "==", "neq": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
PATTERNS = {"like": "like", "ilike": "ilike", "match": "matches", "imatch": "imatches", "contains": "like", "startsWith": "like", "endsWith": "like"}
DIRECTIONS = {"ASC": "asc()", "DESC": "desc()", "ASC_NULLS_FIRST": "asc().nulls_first()", "ASC_NULLS_LAST": "asc().nulls_last()",
              "DESC_NULLS_FIRST": "desc().nulls_first()", "DESC_NULLS_LAST": "desc().nulls_last()"}
PLAIN = set(ascii_.printable) - set(ascii_.whitespace) - set('"\\?') | {" "}


class Unsayable(Exception):
    """A value that the type in C++ does not have."""


def string(data):
    """A literal of this text or these bytes, whatever they are: nothing of it is an escape, a trigraph or a line's end."""
    data = data.encode() if isinstance(data, str) else data
    text = "".join(chr(byte) if chr(byte) in PLAIN else f"\\{byte:03o}" for byte in data)
    return f'std::string("{text}", {len(data)})' if 0 in data else f'"{text}"'


class Names:
    """What tables, columns and relations are called in C++, as the emitted headers have it."""

    def __init__(self, folder, entities):
        texts = [path.read_text() for path in sorted((folder / "orm").glob("*.h"))]
        self.service = re.search(r"^namespace (\w+) \{", "".join(texts), re.M)[1]
        self.enumerators = {name: re.findall(r"\w+", body) for text in texts
                            for name, body in re.findall(r"^enum class (\w+) : [\w:]+ \{(.*?)\};", text, re.M | re.S)}
        self.tables, self.rows, self.columns, self.relations = {}, {}, {}, {}
        found = {}
        for text in texts:
            for name, body in re.findall(r"^struct (\w+) \{\n(.*?)^\};", text, re.M | re.S):
                if place := re.search(r" kEntity = (\d+);", body):
                    found[int(place[1])] = (name, re.search(rf"^inline constexpr table::{name} (\w+);", text, re.M)[1], body)
        for entity in entities.values():
            self.rows[entity.name], self.tables[entity.name], body = found[entity.place]
            for name, place in re.findall(r"orm::Column<.*?>\s+(\w+)\{(\d+)\};", body, re.S):
                self.columns[entity.name, entity.fields[int(place)].name] = name
            for place, name in re.findall(r"orm::To(?:One|Many)<\w+,\s+\w+,\s+(\d+)>\s+(\w+)\{\};", body):
                self.relations[entity.name, int(place)] = name

    def table(self, entity):
        return self.tables[entity.name]

    def column(self, entity, each):
        return f"{self.table(entity)}.{self.columns[entity.name, each.name]}"

    def relation(self, entity, relation):
        return f"{self.table(entity)}.{self.relations[entity.name, relation.place]}"

    def input(self, entity):
        return f"{self.service}::input::{self.rows[entity.name]}"


class Writer:
    """Writes expressions in the names of one schema."""

    def __init__(self, names, entities):
        self.names, self.entities = names, entities

    # Values, as a body of REST has them.

    def type_of(self, each):
        if each.labels or each.kind in self.names.enumerators:
            return each.kind
        name = CLASSES.get(each.kind) or TEXTS.get(each.kind)
        return f"sqlxc::orm::{name}" if name else NUMBERS[each.kind]

    def value(self, each, value):
        if value is None:
            return "null"
        if each.is_array:
            return f"std::vector<std::optional<{self.type_of(each)}>>{{{', '.join(self.scalar(each, one) for one in value)}}}"
        return self.scalar(each, value)

    def scalar(self, each, value):
        kind = each.kind
        if value is None:
            return "std::nullopt"
        if each.labels:
            labels = list(each.labels.values())
            if value not in labels:
                raise Unsayable(value)
            return f"{kind}::{self.names.enumerators[kind][labels.index(value)]}"
        if kind in LIMITS:
            return integer(kind, value)
        if kind == "boolean":
            return "true" if value else "false"
        if kind in ("float32", "float64"):
            digits = format(Decimal(value), "f")
            return (digits if "." in digits else digits + ".0") + ("F" if kind == "float32" else "")
        if kind == "json":
            return f"sqlxc::orm::Json{{{string(dump(value))}}}"
        if kind == "bytes":
            return f"sqlxc::orm::Bytes{{{string(base64.b64decode(value))}}}"
        if kind in CLASSES:
            return f"sqlxc::orm::{CLASSES[kind]}::parse({string(value)}).value()"
        text = string(dump(value) if isinstance(value, (int, Decimal)) else value)
        return f"sqlxc::orm::{TEXTS[kind]}{{{text}}}" if kind in TEXTS else text

    # Questions.

    def condition(self, entity, one):
        word = one[0]
        if word == "field":
            _, each, name, value = one
            column = self.names.column(entity, each)
            if name in ("in", "notIn"):
                values = ", ".join(self.scalar(each, in_rest(each, item)) for item in value)
                return f"{column}.{'in' if name == 'in' else 'not_in'}({{{values}}})"
            if name in PATTERNS:
                return f"{column}.{PATTERNS[name]}({string(pattern_of(name, value))})"
            return f"{column} {OPERATORS[name]} {self.scalar(each, in_rest(each, value))}"
        if word == "null":
            return f"{self.names.column(entity, one[1])}.{'is_null' if one[2] else 'is_not_null'}()"
        if word == "not":
            return f"!({self.condition(entity, one[1])})"
        if word in ("and", "or"):
            return self.joined(entity, one[1], " && " if word == "and" else " || ")
        return self.related(entity, *one)

    def joined(self, entity, conditions, word=" && "):
        parts = [self.condition(entity, one) for one in conditions]
        return parts[0] if len(parts) == 1 else f"({word.join(parts)})"

    def related(self, entity, word, relation, conditions):
        name = self.names.relation(entity, relation)
        if not conditions:
            return ("" if word == "some" else "!") + f"{name}.exists()"
        inner = self.joined(self.entities[relation.target], conditions)
        if relation.is_many:
            return f"{name}.{word}({inner})"
        return ("" if word == "some" else "!") + f"{name}.is({inner})"

    def order(self, entity, what, word):
        if isinstance(what, tuple):
            column = self.names.column(self.entities[what[0].target], what[1])
            return f"{self.names.relation(entity, what[0])}.by({column}.{DIRECTIONS[word]})"
        return f"{self.names.column(entity, what)}.{DIRECTIONS[word]}"

    def question(self, asked, margin="      "):
        return f"from({self.names.table(asked.entity)})" + self.choice(asked, margin)

    def choice(self, asked, margin):
        entity, parts = asked.entity, []
        parts += [f".where({self.condition(entity, one)})" for one in asked.where]
        if asked.order:
            parts.append(f".order_by({', '.join(self.order(entity, *one) for one in asked.order)})")
        if asked.limit is not None:
            parts.append(f".limit({asked.limit})")
        if asked.offset is not None:
            parts.append(f".offset({asked.offset})")
        loads = [self.names.relation(entity, relation) + self.choice(inner, margin + "    ") for relation, inner in asked.relations]
        if loads:
            parts.append(f".with({', '.join(loads)})")
        return "".join(f"\n{margin}{part}" for part in parts)

    # Writes.

    def input(self, entity, row):
        """The initializers of an input, in the order of its members."""
        parts = [f".{self.names.columns[entity.name, each.name]} = {self.value(each, row[each.name])}" for each in entity.fields if each.name in row]
        for relation in sorted(entity.relations, key=lambda each: each.place):
            if relation.name in row and (entity.name, relation.name) not in self.names.columns:
                target = self.entities[relation.target]
                parts.append(f".{self.names.relations[entity.name, relation.place]} = {{{', '.join(self.named(target, one) for one in row[relation.name])}}}")
        return "{" + ", ".join(parts) + "}"

    def named(self, entity, row):
        """An input that says its type where braces alone do not."""
        text = self.input(entity, row)
        return self.names.input(entity) + text if text == "{}" else text

    def key(self, key):
        parts = [self.scalar(each, value) for each, value in key]
        return parts[0] if len(parts) == 1 else f"{{{', '.join(parts)}}}"

    def write(self, one):
        """A call that does the write."""
        entity, table = one.entity, self.names.table(one.entity)
        if one.what == "create_many":
            return f"db.insert_all({table}, {{{', '.join(self.named(entity, row) for row in one.body)}}})"
        if one.what in ("create", "upsert"):
            return f"db.{'insert' if one.what == 'create' else 'upsert'}({table}, {self.named(entity, one.body)})"
        which = self.key(one.key) if one.key else self.joined(entity, one.conditions)
        if one.what.startswith("remove"):
            return f"db.remove({table}, {which})"
        return f"db.update({table}, {which}, {self.input(entity, one.body)})"


def integer(kind, value):
    top = LIMITS[kind]
    if not -top <= value < top:
        raise Unsayable(value)
    # The least has no literal: the minus is no part of one.
    return "std::numeric_limits<std::int64_t>::min()" if value == -2**63 else str(value)
