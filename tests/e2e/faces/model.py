"""The tables of a schema with their names in both faces: as the compiler prints them (`check --emit=ir`) and as the service has
them (`api/graphql/names.cpp`). Tables of other schemas than the default one, and functions, are left out."""
import re
import subprocess
from dataclasses import dataclass, field

KINDS = ("boolean|int16|int32|int64|float32|float64|decimal|text|bytes|date|time|timetz|timestamp|timestamptz|interval|uuid|json|other"
         r"|enumeration|[A-Z]\w*")
FIELD = re.compile(rf'  field (?P<name>.+?)(?: column "(?:[^"]*)")?(?: as \w+)? (?P<kind>{KINDS})(?:\((?P<size>[\d, ]+)\))?'
                   r"(?P<unsigned> unsigned)?(?: fixed)?(?P<array>(?:\[\])*)(?P<rest>(?: (?:required|identity|generated|readonly|writeonly|hidden"
                   r"|to-json|from-json|from-text|deprecated|format|example|default|computed) ?.*)?)$")
RELATION = re.compile(r"  relation (?P<name>.+?) (?P<many>one|many to many|many) \((?P<own>.*?)\) -> (?P<target>.+?)\((?P<to>.*?)\)(?P<rest>.*)$")
ENTITY = re.compile(r"(entity|view) (?P<name>.+?) as \w+(?P<table> table [^ ]+)?(?: at .*)?$")


@dataclass
class Field:
    name: str
    face: str  # in GraphQL; empty: not there
    kind: str
    labels: dict  # of an enumeration: its labels by their names in GraphQL
    size: list
    is_array: bool
    is_unsigned: bool
    rest: str
    hints: list = field(default_factory=list)  # values that rules of the table mention
    refers: tuple | None = None  # the table and field whose value it has

    def has(self, word):
        return re.search(rf"(?:^| ){word}(?: |$)", self.rest.split(" default ")[0]) is not None

    @property
    def is_shown(self):
        return bool(self.face) and not self.has("writeonly") and not self.has("hidden")

    @property
    def is_written(self):
        return bool(self.face) and not any(self.has(word) for word in ("readonly", "generated", "hidden"))

    @property
    def is_same_everywhere(self):
        """Two databases that were told the same hold the same value."""
        return not re.search(r" default .*(\(|current_|now|localtime)", self.rest, re.I) or "nextval" in self.rest


@dataclass
class Relation:
    name: str
    face: str
    is_many: bool
    target: str
    own: list
    to: list
    is_pairs: bool
    place: int  # among the relations of its table
    is_to_self: bool = False
    hint: str = ""  # what tells it from others of its table, in REST


@dataclass
class Entity:
    name: str
    is_view: bool
    type: str = ""
    types: str = ""
    one: str = ""
    many: str = ""
    fields: list = field(default_factory=list)
    relations: list = field(default_factory=list)
    key: list = field(default_factory=list)
    uniques: list = field(default_factory=list)
    search: list = field(default_factory=list)  # the fields that a search looks in
    page: int = 0
    place: int = 0  # among the tables of the schema

    def shown(self):
        return [each for each in self.fields if each.is_shown]

    def written(self):
        return [each for each in self.fields if each.is_written]

    def named(self, name):
        return next(each for each in self.fields if each.name == name)

    def of_key(self):
        """The fields of the primary key, where all of them can be shown."""
        found = [each for each in self.fields if each.name in self.key and each.is_shown]
        return sorted(found, key=lambda each: self.key.index(each.name)) if len(found) == len(self.key) else []


def literals_of(sql):
    texts = [one.replace("''", "'") for one in re.findall(r"'((?:[^']|'')*)'", sql)]
    numbers = [int(one) for one in re.findall(r"(?<![\w.'])-?\d+(?![\w.'])", sql)]
    return texts + [number + step for number in numbers if abs(number) < 2**40 for step in (-1, 0, 1)]


def read_names(text):
    """The rows of kEntities, each with its lists of names."""
    lists = {}
    for scope, body in re.findall(r"^namespace (\w+) \{\n(constexpr .*?)^\}  // namespace", text, re.M | re.S):
        for name, words in re.findall(r"constexpr std::string_view (k\w+)\[\] = \{(.*?)\};", body, re.S):
            lists[f"{scope}::{name}"] = re.findall(r'"([^"]*)"', words)
    rows = []
    table = re.search(r"kEntities\[\] = \{\n(.*?)^\};", text, re.M | re.S)
    for row in re.findall(r"^    \{(.*?)^    \},", table[1] if table else "", re.M | re.S):
        found = dict(re.findall(r'\.(\w+) = "?([\w:]*)"?,', row))
        rows.append({key: lists.get(value, value) for key, value in found.items()} |
                    {"labels": {int(at): names for at, names in lists_of_labels(found.get("labels"), text, lists)}})
    return rows


def lists_of_labels(name, text, lists):
    if not name:
        return []
    scope = name.split("::")[0]
    return [(at, names) for key, names in lists.items() if key.startswith(f"{scope}::kLabels") and (at := key.split("kLabels")[1])]


def read(compiler, schema, folder, arguments=()):
    """The entities by name, of a schema that was compiled into `folder`."""
    done = subprocess.run([compiler, "check", "--emit=ir", *arguments, schema], capture_output=True, text=True, check=True)
    names = read_names((folder / "api" / "graphql" / "names.cpp").read_text())
    enums, entities, current, at = {}, {}, None, -1
    for line in done.stdout.splitlines():
        if line.startswith("enum "):
            head, _, labels = line.partition(":")
            enums[head.split(" as ")[-1]] = re.findall(r'"((?:[^"])*)"', labels)
        elif found := ENTITY.match(line):
            at += 1
            current = Entity(found["name"], line.startswith("view "), place=at)
            row = names[at] if at < len(names) else {}
            page = re.search(r" page (\d+)$", line)
            current.page = int(page[1]) if page else 0
            current.type, current.types, current.one, current.many = (row.get(key, "") for key in ("type", "types", "one", "many"))
            if current.type and current.many and not found["table"]:
                entities[current.name] = current
        elif not line.startswith(" "):
            current = None
        elif current is not None and (found := FIELD.match(line)):
            place = len(current.fields)
            faces = row.get("fields", [])
            labels = enums.get(found["kind"], [])
            renamed = row.get("labels", {}).get(place, labels)
            current.fields.append(Field(found["name"], faces[place] if place < len(faces) else "", found["kind"], dict(zip(renamed, labels)),
                                        [int(one) for one in (found["size"] or "").split(",") if one.strip()], bool(found["array"]),
                                        bool(found["unsigned"]), found["rest"] or ""))
        elif current is not None and line.startswith("  field "):
            raise ValueError(f"not understood: {line}")
        elif current is not None and (found := re.match(r"  (key|unique) \((.*?)\)", line)):
            columns = found[2].split(", ")
            if found[1] == "key":
                current.key = columns
            else:
                current.uniques.append(columns)
        elif current is not None and (found := RELATION.match(line)):
            place = len(current.relations)
            faces = row.get("relations", [])
            current.relations.append(Relation(found["name"], faces[place] if place < len(faces) else "", found["many"] != "one", found["target"],
                                              found["own"].split(", "), found["to"].split(", "), found["many"] == "many to many", place, found["target"] == current.name,
                                              found["rest"].partition(" by ")[2]))
        elif current is not None and line.startswith("  search "):
            current.search = re.findall(r" (.+?) [A-D](?= |$)", line.removeprefix("  search"))
        elif current is not None and line.startswith("    sql "):
            for each in current.fields:
                if re.search(rf"\b{re.escape(each.name)}\b", line):
                    each.hints += [one for one in literals_of(line) if one not in each.hints][:24]
    for entity in entities.values():
        # Pairs of a table with itself that bear its name have no name of their own in REST.
        entity.relations = [each for each in entity.relations if each.face and each.target in entities
                            and not (each.is_pairs and each.is_to_self and each.name == each.target)]
        hints = [(each.target, each.hint) for each in entity.relations]
        for each, given in zip(entity.relations, hints):
            is_one_of_several = each.name == each.target and [target for target, _ in hints].count(each.target) > 1
            # A key without a name, or a table between that is so twice, tells none from the others.
            is_clear = each.hint != "" and hints.count(given) == 1
            each.hint = "" if not is_one_of_several else each.hint if is_clear else each.name
            if not each.is_many and len(each.own) == 1 and not entities[each.target].is_view:
                entity.named(each.own[0]).refers = (each.target, each.to[0])
    return entities
