"""A random question about a table, and how either face asks it. Members are called by their place (`c0`, `r1`), so that the answers
can be laid side by side."""
import json
from dataclasses import dataclass, field
from urllib.parse import quote

from .values import dump, in_rest

ORDERED = ("boolean int16 int32 int64 float32 float64 decimal text date time timestamp timestamptz uuid").split()
DIRECTIONS = {"ASC": "asc", "DESC": "desc", "ASC_NULLS_FIRST": "asc.nullsfirst", "ASC_NULLS_LAST": "asc.nullslast",
              "DESC_NULLS_FIRST": "desc.nullsfirst", "DESC_NULLS_LAST": "desc.nullslast"}
OPERATORS = {"eq": "eq", "neq": "neq", "gt": "gt", "gte": "gte", "lt": "lt", "lte": "lte", "in": "in", "notIn": "not.in", "like": "like",
             "ilike": "ilike", "match": "match", "imatch": "imatch", "contains": "like", "startsWith": "like", "endsWith": "like"}
PATTERNS = ["%a%", "A%", "_", "%", "a_b", "%\\%%", "%e", "ADA%"]
EXPRESSIONS = ["^a", "[A-Z]", "a|o", "^$", "x+$", "\\d"]


def is_plain(each):
    return each.kind in ORDERED and not each.is_array and not each.labels


@dataclass
class Question:
    entity: object
    columns: list = field(default_factory=list)
    relations: list = field(default_factory=list)  # (relation, Question)
    counts: list = field(default_factory=list)     # relations whose rows are counted
    where: list = field(default_factory=list)      # conditions, all of which hold
    order: list = field(default_factory=list)      # (field or (relation, field), direction)
    limit: int | None = None
    offset: int | None = None
    is_page: bool = False  # asked of GraphQL as a connection
    search: str | None = None  # the text that is looked for


# Conditions: ("field", field, operator, value), ("null", field, is_null), ("and" | "or", conditions), ("not", condition),
# ("some" | "none", relation, conditions).


class Asker:
    def __init__(self, random, values, entities, known):
        """`known`: rows that are there, by table, for values that something has."""
        self.random, self.values, self.entities, self.known = random, values, entities, known
        self.has_wrong = False

    def value_of(self, entity, each):
        rows = self.known.get(entity.name, [])
        if rows and self.random.random() < 0.6:
            value = self.random.choice(rows).get(each.name)
            if value is not None and not str(value).startswith("number "):
                return next((name for name, label in each.labels.items() if label == value), value) if each.labels and not each.is_array else value
        # One mistake in a question: which of several is told first is nobody's business.
        if not self.has_wrong and self.random.random() < 0.05 and self.values.wrong(each) is not None:
            self.has_wrong = True
            return self.values.wrong(each)
        return self.values.value(each)

    def condition(self, entity, depth):
        pick = self.random.random()
        if depth < 2 and pick < 0.25:
            conditions = [self.condition(entity, depth + 1) for _ in range(self.random.randrange(1, 4))]
            return (self.random.choice(["and", "or"]), conditions)
        if depth < 2 and pick < 0.35:
            return ("not", self.condition(entity, depth + 1))
        each = self.random.choice(entity.shown())
        if pick < 0.45 or each.is_array or each.kind in ("json", "other", "bytes", "interval", "timetz"):
            if any(each.name in (relation.name, relation.target) for relation in entity.relations):
                # In REST an embedded relation goes before a column of its name.
                return self.condition(entity, depth) if len(entity.shown()) > 1 else ("and", [("field", each, "in", [])])
            return ("null", each, self.random.random() < 0.5)
        names = ["eq", "neq", "in", "notIn"]
        if not each.labels and each.kind != "boolean":
            names += ["gt", "gte", "lt", "lte"]
        if each.kind == "text" and not each.labels:
            names += ["like", "ilike", "match", "imatch", "contains", "startsWith", "endsWith"]
        name = self.random.choice(names)
        if name in ("in", "notIn"):
            return ("field", each, name, [self.value_of(entity, each) for _ in range(self.random.randrange(4))])
        if name in ("like", "ilike"):
            return ("field", each, name, self.random.choice(PATTERNS))
        if name in ("match", "imatch"):
            return ("field", each, name, self.random.choice(EXPRESSIONS))
        if name in ("contains", "startsWith", "endsWith"):
            # A star is PostgREST's `%`: REST has no word for the star itself.
            return ("field", each, name, str(self.value_of(entity, each)).replace("*", ""))
        return ("field", each, name, self.value_of(entity, each))

    def conditions(self, entity, depth=0):
        found = [self.condition(entity, depth) for _ in range(self.random.choice([0, 0, 1, 1, 2]))]
        if depth == 0 and entity.relations and self.random.random() < 0.3:
            relation = self.random.choice(entity.relations)
            target = self.entities[relation.target]
            found.append((self.random.choice(["some", "none"]), relation, [self.condition(target, 1) for _ in range(self.random.randrange(2))]))
        return found

    def question(self, entity, depth=0):
        self.has_wrong = False
        asked = Question(entity)
        shown = entity.shown()
        asked.columns = self.random.sample(shown, self.random.randrange(1, min(len(shown), 6) + 1))
        if depth < 3:
            sound = [each for each in entity.relations if not each.is_many or self.entities[each.target].of_key()]
            for relation in self.random.sample(sound, min(len(sound), self.random.choice([0, 1, 1, 2]))):
                asked.relations.append((relation, self.question(self.entities[relation.target], depth + 1)))
            many = [each for each in entity.relations if each.is_many]
            asked.counts = self.random.sample(many, min(len(many), self.random.choice([0, 0, 1])))
        return asked

    def choose_rows(self, asked, depth=0):
        """Which rows, at every level of many."""
        entity = asked.entity
        asked.where = self.conditions(entity, depth)
        able = [each for each in entity.shown() if is_plain(each)]
        for each in self.random.sample(able, min(len(able), self.random.randrange(3))):
            asked.order.append((each, self.random.choice(list(DIRECTIONS))))
        ones = [relation for relation, _ in asked.relations if not relation.is_many]
        if ones and self.random.random() < 0.3:
            relation = self.random.choice(ones)
            column = self.random.choice([each for each in self.entities[relation.target].shown() if is_plain(each)] or [None])
            if column:
                asked.order.insert(0, ((relation, column), self.random.choice(list(DIRECTIONS))))
        if entity.of_key():
            # No two rows are equal in the order; of one that is not given, the table's own.
            if asked.order or self.random.random() < 0.5:
                asked.order += [(each, "ASC") for each in entity.of_key()]
            if asked.order:
                asked.limit, asked.offset = self.random.choice([(None, None), (2, None), (3, 1), (0, None), (None, 2)])
            asked.is_page = depth > 0 and asked.offset is None and self.random.random() < 0.4
        for relation, inner in asked.relations:
            if relation.is_many:
                self.choose_rows(inner, depth + 1)
            else:
                for deeper, more in inner.relations:
                    if deeper.is_many:
                        self.choose_rows(more, depth + 1)
        return asked


# How GraphQL asks.

def where_of(conditions):
    return {"and": [graphql_condition(one) for one in conditions]}


def graphql_condition(one):
    word = one[0]
    if word == "field":
        return {one[1].face: {one[2]: one[3]}}
    if word == "null":
        return {one[1].face: {"isNull": one[2]}}
    if word in ("and", "or"):
        return {word: [graphql_condition(inner) for inner in one[1]]}
    if word == "not":
        return {"not": graphql_condition(one[1])}
    if one[1].is_many:
        return {one[1].face: {word: where_of(one[2])}}
    return {one[1].face: {"is" if word == "some" else "isNot": where_of(one[2])}}


def order_of(order):
    return [{what.face: word} if not isinstance(what, tuple) else {what[0].face: {what[1].face: word}} for what, word in order]


class Document:
    """The text of a question with its variables."""

    def __init__(self):
        self.variables, self.types = {}, {}

    def variable(self, value, type_):
        name = f"v{len(self.variables)}"
        self.variables[name], self.types[name] = value, type_
        return f"${name}"

    def arguments(self, asked):
        parts = []
        if asked.search is not None:
            parts.append("query: " + self.variable(asked.search, "String!"))
        if asked.where:
            parts.append("where: " + self.variable(where_of(asked.where), asked.entity.type + "Where"))
        if asked.order:
            parts.append("orderBy: " + self.variable(order_of(asked.order), f"[{asked.entity.type}OrderBy!]"))
        if asked.limit is not None:
            parts.append(f"{'first' if asked.is_page else 'limit'}: {asked.limit}")
        if asked.offset is not None:
            parts.append(f"offset: {asked.offset}")
        return f"({', '.join(parts)})" if parts else ""

    def selection(self, asked):
        parts = [f"c{i}: {each.face}" for i, each in enumerate(asked.columns)]
        for i, (relation, inner) in enumerate(asked.relations):
            arguments = self.arguments(inner) if relation.is_many else ""
            below = self.selection(inner)
            parts.append(f"r{i}: {relation.face}Connection{arguments} {{ nodes {below} }}" if inner.is_page else
                         f"r{i}: {relation.face}{arguments} {below}")
        parts += [f"n{i}: {relation.face}Aggregate {{ count }}" for i, relation in enumerate(asked.counts)]
        return "{ " + " ".join(parts) + " }"

    def text(self, root, kind="query"):
        head = ", ".join(f"${name}: {type_}" for name, type_ in self.types.items())
        return f"{kind}{f'({head})' if head else ''} {{ x: {root} }}"


# How REST asks.

def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def name_in_rest(name):
    return name if name.replace("_", "a").isalnum() and name.isascii() else quoted(name)


def embedded(relation):
    """A relation as `select=` names it: where the table's name says several, by what tells them apart."""
    if relation.is_to_self and not relation.is_many and relation.name == relation.target and len(relation.own) == 1:
        # By its own name a table that refers to itself gives the many.
        return name_in_rest(relation.own[0])
    return name_in_rest(relation.name) + (f"!{relation.hint}" if relation.hint else "")


def text_of(each, value):
    value = in_rest(each, value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else dump(value)


def pattern_of(name, value):
    if name in ("contains", "startsWith", "endsWith"):
        plain = "".join("\\" + one if one in "%_\\" else one for one in value)
        return ("" if name == "startsWith" else "%") + plain + ("" if name == "endsWith" else "%")
    return value


def rest_condition(one, negated=False):
    """As a member of and=(...)."""
    word, no = one[0], "not." if negated else ""
    if word == "field":
        _, each, name, value = one
        operator = OPERATORS[name]
        if operator.startswith("not."):
            operator, no = operator[4:], "" if negated else "not."
        if operator == "in":
            return f"{name_in_rest(each.name)}.{no}in.({','.join(quoted(text_of(each, item)) for item in value)})"
        text = pattern_of(name, value) if each.kind == "text" and not each.labels else text_of(each, value)
        return f"{name_in_rest(each.name)}.{no}{operator}.{quoted(text)}"
    if word == "null":
        return f"{name_in_rest(one[1].name)}.{'' if one[2] != negated else 'not.'}is.null"
    if word == "not":
        return rest_condition(one[1], True) if not negated else f"not.and({rest_condition(one[1], True)})"
    return f"{no}{word}({','.join(rest_condition(inner) for inner in one[1])})"


def rest_select(asked, path="", parameters=None):
    """The value of select=; what chooses embedded rows goes to `parameters`."""
    parts = [f"c{i}:{name_in_rest(each.name)}" for i, each in enumerate(asked.columns)]
    for i, (relation, inner) in enumerate(asked.relations):
        at = f"{path}r{i}."
        parts.append(f"r{i}:{embedded(relation)}({rest_select(inner, at, parameters)})")
        if relation.is_many and parameters is not None:
            choose(inner, at, parameters)
    parts += [f"n{i}:{embedded(relation)}(count())" for i, relation in enumerate(asked.counts)]
    if not path and parameters is not None:
        for i, (word, relation, conditions) in enumerate(one for one in asked.where if one[0] in ("some", "none")):
            parts.append(f"w{i}:{embedded(relation)}()")
            parameters.append((f"w{i}", "not.is.null" if word == "some" else "is.null"))
            if conditions:
                parameters.append((f"w{i}.and", f"({','.join(map(rest_condition, conditions))})"))
    return ",".join(parts)


def choose(asked, path, parameters):
    conditions = [one for one in asked.where if one[0] not in ("some", "none")]
    if conditions:
        parameters.append((f"{path}and", f"({','.join(map(rest_condition, conditions))})"))
    places = {id(relation): f"r{i}" for i, (relation, _) in enumerate(asked.relations)}
    words = [f"{name_in_rest(what.name)}.{DIRECTIONS[word]}" if not isinstance(what, tuple) else
             f"{places[id(what[0])]}({name_in_rest(what[1].name)}).{DIRECTIONS[word]}" for what, word in asked.order]
    if words:
        parameters.append((f"{path}order", ",".join(words)))
    if asked.limit is not None:
        parameters.append((f"{path}limit", str(asked.limit)))
    if asked.offset is not None:
        parameters.append((f"{path}offset", str(asked.offset)))


def rest_path(asked):
    parameters = []
    select = rest_select(asked, "", parameters)
    choose(asked, "", parameters)
    if asked.search is not None:
        parameters.append(("q", asked.search))
    query = "&".join(f"{quote(name, safe='.')}={quote(value, safe='')}" for name, value in [("select", select), *parameters])
    return f"/{quote(asked.entity.name, safe='')}{'' if asked.search is None else '/search'}?{query}"


def same_shape(asked, row):
    """REST counts in a list of one row, GraphQL in an object, which has pages of rows, too."""
    if row is None:
        return None
    for i, _ in enumerate(asked.counts):
        counted = row.get(f"n{i}")
        if isinstance(counted, list):
            row[f"n{i}"] = counted[0] if len(counted) == 1 else counted
    for i, (relation, inner) in enumerate(asked.relations):
        if inner.is_page and isinstance(row[f"r{i}"], dict):
            row[f"r{i}"] = row[f"r{i}"]["nodes"]
        below = row.get(f"r{i}")
        for one in below if isinstance(below, list) else [below]:
            same_shape(inner, one)
    for key in [key for key in row if key.startswith("w")]:
        del row[key]
    return row


def of_labels(asked, row):
    """GraphQL's names of an enumeration's values as REST has them."""
    if row is None:
        return None
    for i, each in enumerate(asked.columns):
        if each.labels and f"c{i}" in row:
            row[f"c{i}"] = labels_of(each, row[f"c{i}"])
    for i, (_, inner) in enumerate(asked.relations):
        below = row.get(f"r{i}")
        for one in below if isinstance(below, list) else [below]:
            of_labels(inner, one)
    return row


def labels_of(each, value):
    return [each.labels.get(one, one) for one in value] if isinstance(value, list) else each.labels.get(value, value)


def shown(value):
    return json.dumps(value, ensure_ascii=False, default=str)[:1500]
