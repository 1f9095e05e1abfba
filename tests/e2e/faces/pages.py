"""A connection of GraphQL walked from one end to the other is the list that REST gives, forwards and backwards."""
from .questions import Document, Question, of_labels, rest_path, shown


def walk(face, differences, asker, entity):
    asked = Question(entity, columns=entity.of_key())
    # REST sorts by rows that it shows.
    ones = [relation for relation in entity.relations if not relation.is_many and asker.entities[relation.target].of_key()]
    if ones and asker.random.random() < 0.7:
        relation = asker.random.choice(ones)
        asked.relations.append((relation, Question(asker.entities[relation.target], columns=asker.entities[relation.target].of_key())))
    asker.choose_rows(asked)
    asked.where = [one for one in asked.where if one[0] not in ("some", "none")]
    asked.order = asked.order or [(each, "ASC") for each in entity.of_key()]
    # More than a page may have: REST would stop at the table's own.
    asked.limit, asked.offset = 1000, None
    path = rest_path(asked)
    status, body = face.rest("GET", path)
    is_forward = asker.random.random() < 0.5
    size = asker.random.randrange(1, 5)
    asked.limit = None
    nodes, cursor, text, document = [], None, "", Document()
    for _ in range(1000):
        document = Document()
        arguments = document.arguments(asked)[1:-1]
        word = "first" if is_forward else "last"
        if cursor:
            arguments += f" {'after' if is_forward else 'before'}: {document.variable(cursor, 'String')}"
        text = document.text(f"{entity.many}Connection({word}: {size}, {arguments}) {{ totalCount edges {{ cursor node {document.selection(asked)} }} "
                             "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }")
        answer = face.graphql(text, document.variables)
        if "errors" in answer:
            break
        page = answer["data"]["x"]
        rows = [edge["node"] for edge in page["edges"]]
        nodes = nodes + rows if is_forward else rows + nodes
        info = page["pageInfo"]
        if status < 400 and page["totalCount"] != len(body):
            differences.add("page", f"totalCount is {page['totalCount']} of {len(body)}", text)
        if page["edges"] and (info["startCursor"], info["endCursor"]) != (page["edges"][0]["cursor"], page["edges"][-1]["cursor"]):
            differences.add("page", f"the ends are not the cursors of the edges: {shown(page)}", text)
        cursor = info["endCursor" if is_forward else "startCursor"]
        if not info["hasNextPage" if is_forward else "hasPreviousPage"]:
            answer["data"]["x"] = [of_labels(asked, row) for row in nodes]
            break
    else:
        return differences.add("page", "pages without end", text)
    return differences.compare("pages", status, body, answer, f"{path}\n  {text} {shown(document.variables)}")
