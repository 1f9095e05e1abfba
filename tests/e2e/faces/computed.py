"""What is computed over rows and over groups of them: `usersAggregate` and the aggregates of `select=`."""
from urllib.parse import quote

from .questions import Document, is_plain, labels_of, name_in_rest, rest_condition, shown, where_of

COMPUTED = {"sum": "sum", "average": "avg", "min": "min", "max": "max"}
NUMBERS = ("int16", "int32", "int64", "decimal", "float32", "float64")


def able(entity, name):
    """The fields that this is computed of, as the schema of GraphQL has them."""
    fields = [each for each in entity.shown() if is_plain(each)]
    if name in ("sum", "average"):
        return [each for each in fields if each.kind in NUMBERS]
    return [each for each in fields if each.kind not in ("boolean", "uuid")]


def members(random, entity):
    """What is asked for: (name, field), each of them once."""
    found = []
    for name in COMPUTED:
        fields = able(entity, name)
        found += [(name, each) for each in random.sample(fields, min(len(fields), random.randrange(3)))]
    return found


def graphql_members(asked):
    return " ".join(["count"] + [f"a{i}: {name} {{ v: {each.face} }}" for i, (name, each) in enumerate(asked)])


def rest_members(asked):
    return ["count()"] + [f"a{i}:{name_in_rest(each.name)}.{COMPUTED[name]}()" for i, (name, each) in enumerate(asked)]


def flat(row):
    """`{a0: {v: 1}}` as `{a0: 1}`."""
    return {key: value["v"] if isinstance(value, dict) and "v" in value else value for key, value in row.items()}


def of_rest(entity, select, conditions, more=()):
    parameters = [("select", ",".join(select)), *more]
    if conditions:
        parameters.append(("and", f"({','.join(map(rest_condition, conditions))})"))
    query = "&".join(f"{quote(name, safe='.')}={quote(value, safe='')}" for name, value in parameters)
    return f"/{quote(entity.name, safe='')}?{query}"


def ask(face, differences, asker, entity):
    random = asker.random
    asker.has_wrong = False
    conditions = asker.conditions(entity, 1)
    keys = [each for each in entity.shown() if (is_plain(each) or each.labels) and not each.is_array]
    by = random.sample(keys, min(len(keys), random.choice([0, 1, 1, 2])))
    document = Document()
    where = f"(where: {document.variable(where_of(conditions), entity.type + 'Where')})" if conditions else ""
    asked = members(random, entity)
    if by:
        key = " ".join(f"k{i}: {each.face}" for i, each in enumerate(by))
        root = (f"{entity.many}Aggregate{where} {{ groups(by: [{', '.join(each.face for each in by)}], limit: 100) "
                f"{{ key {{ {key} }} {graphql_members(asked)} }} }}")
        select = [f"k{i}:{name_in_rest(each.name)}" for i, each in enumerate(by)] + rest_members(asked)
        order = ",".join(name_in_rest(each.name) for each in by)
        path = of_rest(entity, select, conditions, [("order", order), ("limit", "100")])
    else:
        root = f"{entity.many}Aggregate{where} {{ {graphql_members(asked)} }}"
        path = of_rest(entity, rest_members(asked), conditions)
    status, body = face.rest("GET", path)
    answer = face.graphql(document.text(root), document.variables)
    if "errors" not in answer:
        value = answer["data"]["x"]
        for group in value["groups"] if by else []:
            group["key"] = {name: labels_of(each, one) for each, (name, one) in zip(by, group["key"].items())}
        rows = [{**group["key"], **group} for group in value["groups"]] if by else [value]
        answer["data"]["x"] = [flat({name: one for name, one in row.items() if name != "key"}) for row in rows]
    if status < 400:
        body = [flat(row) for row in body]
    differences.compare("aggregate", status, body, answer, f"{path}\n  {document.text(root)} {shown(document.variables)}")
