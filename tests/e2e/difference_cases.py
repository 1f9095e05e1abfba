"""The requests of test_differences.py: what is written, and then every operator on every column."""
import itertools
from dataclasses import dataclass, field, replace

REPRESENTATION = {"Prefer": "return=representation"}


@dataclass(frozen=True)
class Case:
    method: str
    path: str
    body: object = None
    headers: dict = field(default_factory=dict)
    differs: str | None = None  # the row of the table of differences
    is_liberal: bool = False  # the service takes what its OpenAPI document does not promise: a day where a moment is asked for


def get(path, headers=None, differs=None):
    return Case("GET", path, None, headers or {}, differs)


def post(path, body, prefer="return=representation", differs=None, **headers):
    return Case("POST", path, body, {"Prefer": prefer, **headers} if prefer else headers, differs)


def patch(path, body, prefer="return=representation", differs=None):
    return Case("PATCH", path, body, {"Prefer": prefer} if prefer else {}, differs)


def delete(path, prefer="return=representation", differs=None):
    return Case("DELETE", path, None, {"Prefer": prefer} if prefer else {}, differs)


def liberal(case):
    return replace(case, is_liberal=True)


def differences_of(cases):
    return {case.differs for case in itertools.chain(*cases.values()) if case.differs}


COMPARISONS = ("eq", "neq", "gt", "gte", "lt", "lte", "isdistinct")
ORDERS = ("asc", "desc", "asc.nullsfirst", "asc.nullslast", "desc.nullsfirst", "desc.nullslast")
PATTERNS = ("like.*a*", "like.A*", "like.%", "like._*", "ilike.*A*", "ilike.a%", "match.^[A-Z]", "match.a|o", "imatch.^a",
            "like(any).{*a*,*o*}", "like(all).{*a*,*o*}", "ilike(any).{A*,*X}", "match(any).{^A,z$}", "imatch(all).{a,.}")


def reads(table, key, columns, has_key=True):
    """Every operator on every column. `columns` gives the kind and values of each."""
    base = f"/{table}?select={key}&order={key}"
    for name, values in columns.items():
        kind, values = values[0], values[1:]
        for value in values:
            for operator in COMPARISONS:
                if kind == "enum" and operator in ("gt", "gte", "lt", "lte"):
                    continue
                yield get(f"{base}&{name}={operator}.{value}")
                yield get(f"{base}&{name}=not.{operator}.{value}")
        quoted = ",".join(f'"{value}"' for value in values)
        for operator in (f"in.({quoted})", f"not.in.({quoted})", "in.()", f"eq(any).{{{quoted}}}", f"eq(all).{{{quoted}}}",
                         f"not.eq(any).{{{quoted}}}", "is.null", "not.is.null", "is.not_null", "isdistinct.null", "is.true",
                         "is.false", "is.unknown", "eq.", "nothing.1", "is.nothing", "eq", ""):
            yield get(f"{base}&{name}={operator}")
        yield get(f"{base}&or=({name}.eq.\"{values[0]}\",{name}.is.null)")
        yield get(f"{base}&and=({name}.not.is.null,or({name}.neq.\"{values[0]}\",not.and({name}.eq.\"{values[0]}\")))")
        yield get(f"{base}&not.or=({name}.eq.\"{values[0]}\",{name}.is.null)")
        if kind == "text":
            for pattern in PATTERNS:
                yield get(f"{base}&{name}={pattern}")
        for order in ORDERS if kind != "enum" else ():
            yield get(f"/{table}?select={key},{name}&order={name}.{order},{key}")
        if kind != "real":
            yield get(f"/{table}?select=x:{name},y:{name}::text&order={key}")
        if kind != "enum":
            yield get(f"/{table}?select={name},n:count()&order={name}")
        yield get(f"/{table}?select=n:{name}.count()")
        if kind == "number":
            yield get(f"/{table}?select={name}.sum(),{name}.avg(),{name}.min(),{name}.max()")
            yield get(f"/{table}?select={name}.count()::text,{name}.sum()")
            yield get(f"/{table}?select={key}.count(),{name}.sum()&{name}=is.null")
    yield get(f"/{table}?order={key}")
    for accept in ("text/csv", "application/x-ndjson", "application/vnd.pgrst.object+json", "application/json",
                   "application/vnd.pgrst.array+json;nulls=stripped", "application/vnd.pgrst.object+json;nulls=stripped",
                   "application/octet-stream", "text/html", "*/*", "text/csv;q=0.5, application/json;q=0.4"):
        yield get(f"/{table}?order={key}", {"Accept": accept})
        yield get(f"/{table}?order={key}&limit=1", {"Accept": accept})
    yield Case("HEAD", f"/{table}?order={key}", None, {"Prefer": "count=exact"})
    yield Case("OPTIONS", f"/{table}", differs=None if has_key else "writes-to-views")
    for prefer, page in itertools.product(("count=exact", "count=none", "handling=strict, count=exact", "handling=strict, x=y"),
                                          ("limit=2", "limit=2&offset=1", "offset=1000", "limit=0", "offset=-1", "limit=-1")):
        yield get(f"/{table}?select={key}&order={key}&{page}", {"Prefer": prefer})
    for header in ("0-1", "2-", "0-0", "9-3", "1000-", "items=0-1", "bytes=0-1", "x"):
        yield get(f"/{table}?select={key}&order={key}", {"Range-Unit": "items", "Range": header})
        yield get(f"/{table}?select={key}&order={key}", {"Range": header, "Prefer": "count=exact"})
    for wrong in ("select=nothing", "select=", "select=id(", "order=nothing", "order=id.up", "nothing=eq.1", "limit=x",
                  "offset=x", "after=1", "after=", "or=()", "or=(x", "select=nothing(*)", "select=...nothing(*)", "and=(a.b.c)",
                  "select=%22%22", "select=*,*", f"select={key},{key}", f"select={key}::nothing", "on_conflict=id", "columns=id"):
        if has_key or wrong not in ("select=", "select=*,*", f"select={key},{key}"):
            yield get(f"/{table}?{wrong}")


def blog():
    yield from BLOG_WRITES
    yield from reads("users", "id", {
        "id": ("number", 1, 3, 99), "email": ("text", "ada@example.com", "x"), "name": ("text", "Ada", "Émile", "zz"),
        "age": ("number", 36, 13, 1000), "bio": ("text", "short", "a, \\\\\"b\\\\\" (c)")})
    yield from reads("posts", "id", {
        "id": ("number", 1, 7), "author_id": ("number", 1, 2), "title": ("text", "A first", "nothing"),
        "status": ("enum", "draft", "published"), "rating": ("number", 5, 9.5, 0, 3.25),
        "published_at": ("time", "2026-01-02T03:04:05Z", "2026-01-02 05:04:05%2B02", "2030-01-01")})
    yield from reads("comments", "id", {"post_id": ("number", 1, 2), "body": ("text", "Good.", "So so")})
    yield from reads("tags", "id", {"id": ("number", 1), "name": ("text", "history", "style")})
    yield from reads("author_activity", "id", {"posts": ("number", 0, 3), "name": ("text", "Ada")}, has_key=False)
    for path in BLOG_READS:
        yield get(path)
    yield from BLOG_ERRORS
    yield from BLOG_CHANGES
    yield from SEARCHES


BLOG_WRITES = [
    post("/users", [{"email": "ada@example.com", "name": "Ada", "age": 36, "bio": "short"},
                    {"email": "bob@example.com", "name": "bob", "age": None, "bio": None},
                    {"email": "emile@example.com", "name": "Émile", "age": 13, "bio": 'a, "b" (c)'},
                    {"email": "zoe@example.com", "name": "Zoë", "age": 150, "bio": ""},
                    {"email": "ok@example.com", "name": "日本語", "age": 36, "bio": "line\nbreak\ttab \\ back"}]),
    post("/users", {"email": "last@example.com", "name": "Last"}, "return=headers-only"),
    post("/posts", [{"author_id": 1, "title": "A first", "content": "c", "rating": 5},
                    {"author_id": 1, "title": "another", "content": "c", "rating": 9.5},
                    {"author_id": 1, "title": "Zoo", "content": "", "rating": None},
                    {"author_id": 2, "title": "o", "content": "c", "rating": 0},
                    {"author_id": 3, "title": "ä", "content": "c", "rating": 10},
                    {"author_id": 5, "title": "100%", "content": "c", "rating": 3.2}]),
    post("/posts", [{"author_id": 2, "title": "Out", "content": "c", "status": "published",
                     "published_at": "2026-01-02T03:04:05Z"},
                    {"author_id": 2, "title": "Out too", "content": "c", "status": "archived",
                     "published_at": "2026-01-02T03:04:05.123456+02:00"}]),
    post("/comments", [{"post_id": 1, "author_id": 2, "body": "Good."}, {"post_id": 1, "author_id": 3, "body": "So so"},
                       {"post_id": 2, "author_id": 1, "body": "a"}], "return=representation, count=exact"),
    post("/tags", [{"name": "history"}, {"name": "style"}, {"name": "unused"}], "return=minimal"),
    post("/post_tags", [{"post_id": 1, "tag_id": 1}, {"post_id": 1, "tag_id": 2}, {"post_id": 2, "tag_id": 2}], None),
]

BLOG_READS = [
    "/users/1?select=id,name", "/users/99", "/users/x", "/users/1/posts?select=id&order=id", "/users/99/posts",
    "/posts/1/author", "/posts/1/tags?order=id", "/posts/1/comments?select=body&order=id", "/posts/1/nothing", "/post_tags/1,2",
    "/post_tags/1,9", "/post_tags/1", "/nothing", "/users/1/posts/2",
    "/users?select=name,posts(title)&order=id&posts.order=id",
    "/users?select=name,posts(title,comments(body,author(name)),tags(name))&order=id&posts.order=id&posts.tags.order=name"
    "&posts.comments.order=id",
    "/users?select=name,posts!inner(title)&posts.rating=gte.5&order=id&posts.order=id",
    "/users?select=name,posts()&posts=is.null&order=id", "/users?select=name,posts()&posts=not.is.null&order=id",
    "/users?select=name,p:posts(id)&or=(p.is.null,age.gt.100)&order=id&p.order=id",
    "/posts?select=title,...author(written_by:name)&order=id", "/posts?select=title,...tags(names:name)&order=id&tags.order=id",
    "/posts?select=title,author(name)&order=author(name),id", "/posts?select=title,author(name)&order=author(name).desc,id",
    "/posts?select=title,author!inner(name)&author.name=eq.Ada&order=id",
    "/posts?select=id,author:users(name)&order=id", "/posts?select=id,users!posts_author_id_fkey(name)&order=id",
    "/posts?select=id,users!author_id(name)&order=id", "/posts?select=id,tags!post_tags(name)&order=id&tags.order=name",
    "/posts?select=id,users!nothing(name)", "/users?select=id,posts(count())&order=id", "/users?select=id,...posts(n:count())&order=id",
    "/users?select=id,...posts(sum:rating.sum(),rating.avg())&order=id",
    "/users?select=id,posts(rating.sum(),rating.avg(),rating.max())&order=id",
    "/posts?select=author_id,rating.sum(),rating.avg(),n:count()&order=author_id",
    
    "/posts?select=...author(name),n:count(),rating.sum()&order=author(name)",
    "/posts?select=count()", "/posts?select=count()::text", "/posts?select=id.count()&id=eq.99", "/posts?select=rating.sum()&id=eq.99",
    "/posts?select=id,title&order=rating.desc.nullslast,id&limit=3",
    "/posts?select=id,title&order=rating.desc.nullslast,id&limit=3&after=5,1",
    "/posts?select=id&order=rating,id&limit=2", "/posts?select=id&order=rating.nullsfirst&limit=2&after=null,3",
    "/posts?select=id&order=title.desc&limit=2&after=\"o\",4", "/posts?select=id&after=1", "/posts?select=id&order=id&after=x",
    "/posts?select=id&order=id&limit=2&offset=2", "/posts?select=id::text,rating::text,status::text&order=id",
    "/posts?select=id::nothing", "/posts?select=id,published_at::date&order=id", "/posts?select=id::float8,x:id::numeric&order=id",
    "/users?select=id,name&name=eq.日本語", "/users?select=id&bio=eq.a, \"b\" (c)", "/users?select=id&bio=eq.&order=id",
    "/users?select=id&name=in.(\"Ada\",\"bob\",Zoë)&order=id", "/users?select=id&bio=in.(\"a, \\\"b\\\" (c)\")",
    "/posts?select=id&title=like.100\\%", "/posts?select=id&title=eq.100%25", "/users?select=id&name=like.*\\",
    "/users?select=id&age=gte.36&age=lt.100&order=id", "/users?select=id&name=match.(", "/users?select=id&name=match.[[:upper:]]d&order=id",
    "/users?select=\"id\",\"name\"&order=\"id\"", "/users?select=id&\"id\"=eq.1", "/users?select=id&id=eq.99999999999999999999",
    "/users?select=id&id=eq.1.5", "/users?select=id&id=eq. 1", "/users?select=id&age=eq.+36&order=id", "/users?select=id&age=eq.036&order=id",
    "/posts?select=id&status=eq.nothing", "/posts?select=id&status=in.(draft,nothing)",
    "/posts?select=id&rating=lt.1e1&order=id", "/posts?select=id&published_at=eq.2026-13-01", "/posts?select=id&published_at=gt.x",
    "/users?select=*,posts(*)&order=id&posts.order=id&limit=1", "/users?select=id,posts(id)&posts.limit=1&posts.offset=1&order=id&posts.order=id",
    "/users?select=id,posts(id)&posts.title=eq.Zoo&order=id", "/users?select=id,posts(id)&posts.or=(id.eq.1,rating.eq.0)&order=id",
    "/users?select=id&posts.id=eq.1", "/author_activity?id=eq.1", "/author_activity?select=name,posts.sum()&order=name",
]

# Rows of their own, at the end: no other case finds them.
SEARCHES = [
    post("/users", {"id": 9000, "name": "Searched", "email": "searched@example.com"}, prefer="return=minimal"),
    post("/posts", [{"id": 9000 + i, "author_id": 9000, "title": title, "content": content} for i, (title, content) in enumerate((
        ("Kettle", "z"), ("Lid", "z"), ("Z", "kettle"), ("Z", "kettle"), ("Write", "to tea@pots.example or the others"),
        ("Long", "z " * 60_000 + "saucer")))], prefer="return=minimal"),
    get("/posts/search?select=id&q=kettle"), get("/posts/search?select=id,author(name)&q=lid or tea@pots.example -saucer&order=id"),
    get("/posts/search?select=id&q=kettle&id=gt.9000&limit=1&offset=1"), get("/posts/search?q=-kettle"), get("/posts/search?q="),
    get("/posts/search?select=id&q=kettle or lid", differs="ranks"), get("/posts/search?select=id&q=pots", differs="tokens"),
    get("/posts/search?select=id&q=saucer", differs="words-in-long-texts"),
]

FILTERS_THAT_SQLITE_LACKS = ("fts.ada", "plfts.ada", "phfts.ada", "wfts.ada", "fts(english).ada")

BLOG_ERRORS = [
    *(get(f"/users?select=id&bio={filter}", differs="full-text") for filter in FILTERS_THAT_SQLITE_LACKS),
    get("/users?select=id&bio=match.(?<=a)b", differs="regular-expressions"),
    get("/users?select=id&name=match.[[:upper:]]&order=id", differs="regular-expressions"),
    get("/users?select=id&id=cs.1", differs="missing-operators"), get("/users?select=id&bio=cs.x", differs="missing-operators"),
    get("/posts?select=id&rating=eq.NaN", differs="words-for-values"), get("/users?select=id&age=is.true", differs=None),
    get("/posts?select=rating.avg()::int", differs="casts"), get("/posts?select=rating.avg()::text", differs="casts-to-text"),
    get("/posts?select=id,status&order=status,id", differs="order-of-enums"),
    get("/posts?select=id&status=lt.published&order=id", differs="order-of-enums"),
    post("/users", {"email": None, "name": "x", "age": 3}), post("/users", {"email": "y@example.com"}),
    post("/users", {"email": "y@example.com", "name": "yy", "nothing": 1}), post("/users", [{"email": "y"}, {"name": "x"}]),
    post("/users", b"{"), post("/users", b"[1]"), post("/users", b"\xff"), post("/users", b'{"a":1,"a":2}'),
    post("/users", {"email": "y@example.com", "name": 5}), post("/users", {"email": "y@example.com", "name": "yy", "age": "old"}),
    post("/users", {"email": "y@example.com", "name": "yy", "age": 1.5}), post("/users", {"email": "y" * 300, "name": "yy"}),
    post("/users", {"email": "y@example.com", "name": "yy", "created_at": "2026-01-01T00:00:00Z"}),
    liberal(post("/users", {"email": "no address", "name": "yy"})), post("/tags", {"name": "Not A Tag"}), post("/tags", {"name": "a\0b"}),
    post("/posts", {"author_id": 1, "title": "t", "content": "c", "status": "nothing"}),
    post("/posts", {"author_id": 1, "title": "t", "content": "c", "status": "published"}),
    post("/posts", {"author_id": 1, "title": "t", "content": "c", "rating": 10.06}),
    post("/posts", {"author_id": 1, "title": "t", "content": "c", "rating": 12345}),
    post("/posts", {"author_id": 1, "title": "", "content": "c"}),
    post("/posts", {"author_id": 99, "title": "t", "content": "c"}),
    post("/tags", {"name": "history"}), post("/tags", [{"name": "history"}, {"name": "style"}], differs="all-taken-keys"),
    post("/author_activity", {"id": 1, "name": "x", "posts": 1}, differs="writes-to-views"),
    Case("PUT", "/tags", {}), Case("PUT", "/tags/x", {"name": "x"}), Case("PATCH", "/tags", {"name": "x"}), Case("DELETE", "/tags"),
    Case("POST", "/tags/1", {"name": "x"}), patch("/tags/99", {"name": "x"}), delete("/tags/99"), patch("/tags?id=eq.99", {"name": "x"}),
    patch("/tags/1", {"name": "style"}), patch("/posts/1", {"status": "published"}), patch("/posts/1", {"id": None}),
    patch("/posts/1", {}), patch("/posts/1", b""), patch("/posts/1", [{"title": "x"}]), patch("/posts?id=eq.1&select=nothing", {"title": "x"}),
    post("/tags?on_conflict=nothing", {"name": "x"}, "resolution=merge-duplicates"),
    post("/tags?columns=nothing", {"name": "x"}), post("/tags?select=nothing", {"name": "x"}),
]

BLOG_CHANGES = [
    # Refused writes have used ids up on PostgreSQL: from here on they are given.
    post("/tags", {"name": "next"}, "return=headers-only", differs="ids"),
    delete("/tags?name=eq.next", None),
    post("/tags", [{"id": 50, "name": "fifty"}, {"id": 51, "name": "fifty-one"}]),
    post("/tags?columns=id,name", {"id": 52, "name": "fifty-two", "nothing": 1}),
    post("/tags?select=name", {"id": 53, "name": "fifty-three"}), post("/tags", {"id": 54, "name": "fifty-four"}, "return=headers-only"),
    post("/tags", [], "return=representation"), post("/tags", [{"id": 55, "name": "fifty-five"}], "return=minimal, count=exact"),
    post("/tags?on_conflict=id", [{"id": 50, "name": "merged"}, {"id": 60, "name": "sixty"}],
         "resolution=merge-duplicates, return=representation"),
    post("/tags", [{"id": 50, "name": "again"}], "resolution=merge-duplicates, return=representation"),
    post("/tags", [{"id": 50, "name": "ignored"}, {"id": 61, "name": "sixty-one"}], "resolution=ignore-duplicates, return=representation"),
    post("/tags?on_conflict=name", [{"id": 62, "name": "history"}], "resolution=ignore-duplicates, return=representation"),
    post("/tags?on_conflict=name", [{"id": 62, "name": "style"}], "resolution=ignore-duplicates"),
    post("/tags", [{"id": 63}, {"id": 64, "name": "x"}], "missing=default"), post("/tags", [{"id": 63, "name": "a"}, {"name": "b"}]),
    post("/tags", b"id,name\n70,seventy\n71,\"seventy-one\"\n", **{"Content-Type": "text/csv"}),
    post("/tags", b"id,name\n72,NULL\n", **{"Content-Type": "text/csv"}), post("/tags", b"id,name\n73\n", **{"Content-Type": "text/csv"}),
    post("/tags", b'{"id":74,"name":"a-line"}\n{"id":75,"name":"b-line"}\n', **{"Content-Type": "application/x-ndjson"}),
    post("/tags", b"id=76&name=form", **{"Content-Type": "application/x-www-form-urlencoded"}),
    Case("PUT", "/tags/80", {"name": "eighty"}), Case("PUT", "/tags/80", {"name": "eighty-again"}, REPRESENTATION),
    Case("PUT", "/tags/80", {"id": 81, "name": "x"}), Case("PUT", "/tags?id=eq.82", {"id": 82, "name": "put"}, REPRESENTATION),
    Case("PUT", "/tags?id=eq.82", {"id": 83, "name": "put"}), Case("PUT", "/tags?name=eq.x", {"id": 83, "name": "put"}),
    patch("/tags/80", {"name": "patched"}), patch("/tags/80", {"name": "patched-again"}, None),
    patch("/tags/80?select=name", {"name": "once-more"}), patch("/tags?id=in.(50,51)", {"name": "same"}),
    patch("/tags?id=gte.50&id=lte.51&select=id&order=id", {"name": "x"}, "return=representation, count=exact"),
    patch("/posts?id=lte.2&order=id", {"rating": 1.25}), patch("/posts?rating=eq.1.3&select=id,author(name)&order=id", {"rating": None}),
    patch("/posts?id=lte.2", {"rating": 7}, "return=headers-only, count=exact"), patch("/posts?id=eq.1", {"content": "x"}, "return=minimal"),
    patch("/posts?id=lte.4", {"content": "x"}, "handling=strict, max-affected=2"), patch("/posts", {"rating": 1}, "affect=all, return=headers-only, count=exact"),
    patch("/posts/1", {"content": "x"}, "tx=rollback, return=representation"), get("/posts/1?select=content"),
    delete("/tags/80"), delete("/tags/81"), delete("/tags?id=gte.70&order=id"), delete("/tags?id=gte.50&select=name", "return=headers-only, count=exact"),
    delete("/tags?id=eq.12345"), delete("/users/3"), get("/comments?order=id&select=id"), delete("/users?id=eq.2", "count=exact"),
    Case("POST", "/batch", [{"method": "POST", "path": "/tags", "body": {"id": 90, "name": "batched"}},
                            {"method": "PATCH", "path": "/tags/90", "body": {"name": "changed"}, "headers": {"Prefer": "return=representation"}},
                            {"method": "DELETE", "path": "/tags/90"}]),
    Case("POST", "/batch", [{"method": "POST", "path": "/tags", "body": {"id": 91, "name": "undone"}},
                            {"method": "DELETE", "path": "/tags/12345"}]),
    Case("POST", "/batch", [{"method": "POST", "path": "/tags", "body": {"id": 91, "name": "undone"}},
                            {"method": "POST", "path": "/tags", "body": {"id": 91, "name": "undone-too"}}]),
    Case("POST", "/batch", []), Case("POST", "/batch", {}), Case("POST", "/batch", [{"method": "GET", "path": "/tags"}]), get("/batch"),
    get("/tags?order=id"), get("/users?order=id&select=id,name"), get("/posts?order=id&select=id,title,rating"),
]


def shop():
    yield from SHOP_WRITES
    yield from reads("customers", "id", {
        "id": ("number", 1, 2), "email": ("text", "a@example.com"), "last_name": ("text", "Adams", "adams"), "phone": ("text", "1", ""),
        "newsletter": ("boolean", "true", "f")})
    yield from reads("products", "id", {
        "sku": ("text", "A-1"), "price": ("number", "10", 9.99, "0.10"), "list_price": ("number", 12.5), "stock": ("number", 0, 5),
        "weight": ("real", 1.5, 1e-7), "is_active": ("boolean", "true", "false"),
        "created_at": ("time", "2026-01-02T03:04:05", "2026-01-02 03:04:06")})
    yield from reads("orders", "id", {
        "status": ("enum", "open", "paid"), "ordered_at": ("time", "2026-03-01T00:00:00"), "total": ("number", 19.98),
        "staff_id": ("number", 1)})
    yield from reads("staff", "id", {"hired_on": ("date", "2020-01-01", "2021-06-01"), "reports_to": ("number", 1)})
    for path in SHOP_READS:
        yield get(path)
    yield from SHOP_CHANGES


ADDRESS = {"street": "s", "city": "c", "country_code": "AT"}
SHOP_WRITES = [
    post("/countries", [{"code": "AT", "name": "Austria"}, {"code": "DE", "name": "Germany"}]),
    post("/customers", [{"email": "a@example.com", "first_name": "Ann", "last_name": "Adams", "phone": "1", "newsletter": True},
                        {"email": "b@example.com", "first_name": "Bob", "last_name": "adams", "phone": None, "newsletter": False}],
         "return=representation"),
    post("/addresses", [{"customer_id": 1, "kind": "billing", **ADDRESS}, {"customer_id": 1, "kind": "shipping", **ADDRESS},
                        {"customer_id": 2, "kind": "shipping", **ADDRESS}]),
    post("/staff", {"name": "Boss", "hired_on": "2020-01-01"}),
    post("/staff", [{"name": "One", "reports_to": 1, "hired_on": "2021-06-01"}, {"name": "Two", "reports_to": 1, "hired_on": "2020-01-01"}]),
    post("/categories", {"name": "All"}), post("/categories", [{"parent_id": 1, "name": "Some", "position": 1}, {"parent_id": 1, "name": "None", "position": 2}]),
    post("/products", [{"sku": "A-1", "name": "First", "price": 9.99, "list_price": 12.5, "stock": 5, "weight": 1.5, "is_active": True,
                        "attributes": {"a": {"b": [1, 2, {"c": "x"}]}, "n": 1.5, "t": "text", "y": True, "z": None},
                        "created_at": "2026-01-02T03:04:05"},
                       {"sku": "B-2", "name": "Second", "price": "10.00", "list_price": None, "stock": 0, "weight": 1e-7, "is_active": False,
                        "attributes": [1, "two", None], "created_at": "2026-01-02T03:04:06"},
                       {"sku": "C-3", "name": "Third", "price": 0.1, "list_price": None, "stock": 7, "weight": None, "is_active": True,
                        "attributes": None, "created_at": "2026-02-02T00:00:00"}]),
    post("/product_categories", [{"product_id": 1, "category_id": 2}, {"product_id": 1, "category_id": 3}, {"product_id": 2, "category_id": 2}]),
    post("/orders", [{"customer_id": 1, "billing_address_id": 1, "shipping_address_id": 2, "staff_id": 1, "status": "open",
                      "ordered_at": "2026-03-01T00:00:00", "total": 19.98},
                     {"customer_id": 2, "billing_address_id": 3, "shipping_address_id": 3, "staff_id": None, "status": "paid",
                      "ordered_at": "2026-03-02T00:00:00", "total": 0}]),
    post("/order_items", [{"order_id": 1, "line": 1, "product_id": 1, "quantity": 2, "unit_price": 9.99},
                          {"order_id": 1, "line": 2, "product_id": 2, "quantity": 1, "unit_price": 10}]),
    post("/payments", {"order_id": 2, "method": "card", "amount": 5, "reference": "r", "paid_at": "2026-03-02T01:00:00"}),
    post("/reviews", {"product_id": 1, "customer_id": 1, "stars": 5, "title": "Good", "created_at": "2026-03-02T01:00:00"}),
]
SHOP_READS = [
    "/orders?select=id,billing_address(street),shipping_address(city),customer(email),order_items(line,amount,product(sku))&order=id"
    "&order_items.order=line", "/orders?select=id,addresses(street)", "/orders?select=id,addresses!orders_billing_fk(street)&order=id",
    "/addresses?select=id,billed_orders(id),shipped_orders(id)&order=id", "/staff?select=name,manager(name),reports(name)&order=id&reports.order=id",
    "/staff?select=name,manager(name,manager(name))&order=manager(name).nullsfirst,id", "/staff/2/manager", "/staff/1/reports?order=id",
    "/categories?select=name,children(name),parent(name)&order=id&children.order=id", "/products?select=sku,categories(name)&order=id&categories.order=id",
    "/products?select=sku,categories!inner(name)&categories.name=eq.None", "/products?select=...categories(name),n:count()&order=sku",
    "/products?select=id,attributes->a&order=id", "/products?select=id,attributes->a->b->2->>c&order=id", "/products?select=id,attributes->>t&order=id",
    "/products?select=id,x:attributes->a->b->-1&order=id", "/products?select=id,attributes->0,attributes->>1&order=id",
    "/products?select=id,attributes->>n&order=id", "/products?select=id,attributes->y&order=id",
    "/products?select=id,attributes->z,zz:attributes->>z&order=id", "/products?select=id&attributes->>t=eq.text", "/products?select=id&attributes->a->b->>0=eq.1",
    "/products?select=id&attributes->>t=is.null&order=id", "/products?select=id&attributes->>n=gt.1&order=id", "/products?select=id&order=attributes->>t.desc.nullslast,id",
    "/order_items/1,2", "/order_items/1,9", "/order_items/1", "/order_items?select=amount.sum(),quantity.sum(),unit_price.avg()",
    "/order_items?select=product(sku),amount&order=line", "/orders?select=total.sum(),total.avg(),total.max(),total.min()",
    "/products?select=weight.sum(),weight.avg(),price.sum(),price.avg(),stock.avg(),stock.sum()", 
    "/customers?select=newsletter,n:count()&order=newsletter", "/countries/AT", "/countries/AT/addresses?select=id&order=id", "/countries/at",
    "/customers?select=email,orders(total.sum())&order=id", "/customers?select=email,...orders(sum:total.sum())&order=id",
    "/customers?select=id,newsletter::text,n:newsletter&order=id", "/products?select=price::text,p:price::float8&order=id",
    "/products?select=stock::text,created_at::text,d:created_at::date&order=id", "/staff?select=hired_on::text&order=id",
]
SHOP_CHANGES = [
    get("/products?select=id,n:attributes->>n::numeric&order=id", differs="casts"),
    patch("/products/3?select=attributes", {"attributes": {"z": 1, "b": {"a": 1.50}}}, differs="json-text"),
    patch("/products/3?select=created_at", {"created_at": "2026-01-02T03:04:05.5"}, differs="fraction-digits"),
    post("/countries", {"code": "AT", "name": "Other"}), post("/countries", {"code": "AUT", "name": "x"}), post("/countries", {"code": "X", "name": "x"}),
    get("/countries?code=eq.X"), get("/countries?code=eq.X "), get("/countries?code=like.X"), get("/countries/X"),
    post("/products", {"sku": "D", "name": "x", "price": -1}), post("/products", {"sku": "D", "name": "x", "price": 5, "list_price": 1}),
    post("/products", {"sku": "D", "name": "x", "price": 123456789.5}), post("/products", {"sku": "D", "name": "x", "price": "x"}),
    post("/order_items", {"order_id": 1, "line": 70000, "product_id": 1, "quantity": 1, "unit_price": 1}),
    post("/order_items", {"order_id": 1, "line": -1, "product_id": 1, "quantity": 1, "unit_price": 1}),
    post("/order_items", {"order_id": 1, "line": 3, "product_id": 1, "quantity": 0, "unit_price": 1}),
    post("/order_items", {"order_id": 1, "line": 3, "product_id": 1, "quantity": 1, "unit_price": 1, "amount": 1}),
    post("/order_items", {"order_id": 1, "line": 3, "product_id": 1, "quantity": 1, "unit_price": 1.005}),
    post("/order_items", {"order_id": 9, "line": 1, "product_id": 1, "quantity": 1, "unit_price": 1}),
    patch("/order_items/1,1", {"quantity": 3}), patch("/order_items/1,1?select=amount,order(total)", {"quantity": 4}),
    Case("PUT", "/order_items/2,1", {"product_id": 1, "quantity": 1, "unit_price": 5}, REPRESENTATION),
    liberal(patch("/customers/1", {"newsletter": "no"})), patch("/customers/1", {"newsletter": 0}), patch("/customers/1", {"newsletter": "maybe"}),
    patch("/orders/1", {"status": "shipped"}), patch("/orders/1?select=status,shipped_at", {"status": "shipped", "shipped_at": "2026-04-01T00:00:00"}),
    patch("/orders/1?select=shipped_at", {"shipped_at": "2026-04-01 10:00"}), patch("/orders/1", {"shipped_at": "x"}), patch("/staff/1", {"hired_on": "2026-02-30"}),
    patch("/products/1?select=attributes", {"attributes": {"deep": [1, {"a": None}]}}), patch("/products/1?select=attributes", {"attributes": None}),
    patch("/products/1?select=attributes", {"attributes": "text"}), delete("/customers/1"), delete("/products/1"), delete("/staff/1"),
    get("/orders?select=id,staff_id&order=id"), delete("/payments/1"), delete("/categories/1"), get("/categories?order=id"),
]


def types():
    yield from TYPES_WRITES
    yield from reads("numbers", "id", {
        "small": ("number", 0, -32768), "whole": ("number", 5), "big": ("number", 9007199254740993, "-9223372036854775808"),
        "money": ("number", "12.50", 0), "exact": ("number", "12345678901234567890.0000000001", 1), "any_size": ("number", "1e3", "0.1000"),
        "single": ("real", 1.5, "0.1"), "twice": ("real", 0.1, "1e300"), "yes_no": ("boolean", "true", "false"), "domained": ("number", 1)})
    yield from reads("texts", "id", {
        "free": ("text", "a", "ä"), "bounded": ("text", "ab"), "fixed": ("text", "ab", "abcd"), "feeling": ("enum", "ok", "happy"),
        "postal": ("text", "1010"), "unique_id": ("uuid", "00000000-0000-0000-0000-000000000001", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")})
    yield from reads("moments", "id", {
        "day": ("date", "2026-01-02", "0001-01-01"), "clock": ("time", "03:04:05", "23:59:59.999999"),
        "local": ("time", "2026-01-02T03:04:05", "2026-01-02 03:04:05.25"), "instant": ("time", "2026-01-02T03:04:05Z", "2026-01-02T05:04:05%2B02:00"),
        "precise": ("time", "2026-01-02T03:04:05.123")})
    yield from reads("cells", "row_number,column_number", {"area": ("number", 6, 1), "parent_row": ("number", 1)})
    for path in TYPES_READS:
        yield get(path)
    yield from TYPES_CHANGES


TYPES_WRITES = [
    post("/numbers", [
        {"small": -32768, "whole": 5, "big": -9223372036854775808, "money": 12.5, "exact": 1, "any_size": 1000, "single": 1.5, "twice": 0.1,
         "yes_no": True, "domained": 1},
        {"small": 32767, "whole": -2147483648, "big": 9007199254740993, "money": 0, "exact": "12345678901234567890.0000000001",
         "any_size": "0.1000", "single": 0.1, "twice": 1e300, "yes_no": False, "domained": 2147483647},
        {"small": None, "whole": 0, "big": None, "money": None, "exact": None, "any_size": None, "single": None, "twice": None, "yes_no": False,
         "domained": None},
        {"small": 0, "whole": 7, "big": 0, "money": "9999999999.99", "exact": "-0.0000000001", "any_size": "-12345678901234567890.123456789",
         "single": 3.4e38, "twice": -1e-300, "yes_no": True, "domained": 12}]),
    liberal(post("/texts", [
        {"free": "a", "bounded": "ab", "fixed": "ab c", "feeling": "ok", "postal": "1010", "raw": "AAEC/w==", "document": None, "binary_document": {},
         "unique_id": "00000000-0000-0000-0000-000000000001"},
        {"free": "ä\u2028", "bounded": "äöü", "fixed": "abcd", "feeling": "happy", "postal": "0000000000", "raw": "", "document": [1, 2.50, "x"],
         "binary_document": [], "unique_id": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
        {"free": "", "bounded": "", "fixed": None, "feeling": "sad", "postal": "abc", "raw": None, "document": "text", "binary_document": 1,
         "unique_id": None},
        {"free": None, "bounded": "x" * 20, "fixed": None, "feeling": None, "postal": "x y", "raw": "eA==", "document": True, "binary_document": None or "s",
         "unique_id": "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12}"}])),
    liberal(post("/moments", [
        {"day": "2026-01-02", "clock": "03:04:05", "clock_zone": "03:04:05+02", "local": "2026-01-02T03:04:05", "instant": "2026-01-02T03:04:05Z",
         "precise": "2026-01-02T03:04:05.123", "span": "1 day"},
        {"day": "0001-01-01", "clock": "23:59:59.999999", "clock_zone": "23:59:59.5-05:30", "local": "2026-01-02T03:04:05.25",
         "instant": "2026-01-02T05:04:05+02:00", "precise": "2026-01-02T03:04:05.999", "span": "P1Y2M3DT4H5M6S"},
        {"day": None, "clock": None, "clock_zone": None, "local": None, "instant": None, "precise": None, "span": None},
        {"day": "9999-12-31", "clock": "00:00", "clock_zone": "00:00Z", "local": "1999-12-31 23:59:59.999999", "instant": "1969-12-31T23:59:59.5-00:30",
         "precise": "2000-01-01", "span": "-3 hours 30 minutes"}])),
    post("/others", [
        {"code": "a", "numbers": [1, 2, 3], "words": ["x", "y,z", 'q"', None, ""], "network": "10.0.0.1", "address": "08:00:2b:01:02:03",
         "period": None, "flags": "10101010"},
        {"code": "b", "numbers": [], "words": None, "network": "10.0.0.0/8", "address": None, "period": None, "flags": None}]),
    post("/cells", [{"row_number": 1, "column_number": 1, "width": 2, "height": 3, "parent_row": None, "parent_column": None},
                    {"row_number": 1, "column_number": 2, "width": 1, "height": 1, "parent_row": 1, "parent_column": 1}]),
]
ARRAY_FILTERS = ("cs.{1}", "cs.{1,9}", "cd.{1,2,3,4}", "cd.{}", "ov.{3,9}", "ov.{}", "eq.{1,2,3}", "neq.{}", "not.cs.{1}", "cs.x", "cs.{x}", "is.null")
TYPES_READS = [
    *(f"/others?select=code&order=code&numbers={filter}" for filter in ARRAY_FILTERS),
    *(f"/others?select=code&order=code&words={filter}" for filter in ("cs.{x}", 'cs.{"y,z"}', "ov.{x}", "is.null", "cd.{x}")),
    "/others?order=code", "/others/a", "/others/a?select=numbers", "/others?select=flags::text&order=code", "/numbers?select=yes_no::text&order=id",
    "/numbers?select=any_size::text,exact::text&order=id", "/numbers?select=big::text,small::bigint&order=id",
    "/numbers?select=whole::float8,w:whole::numeric&order=id", "/texts?select=raw,raw::text&order=id",
    "/texts?select=document->0&order=id", "/texts?select=document->>2&order=id", "/texts?select=id&document->>0=eq.1",
    "/moments?order=id", "/moments?select=day::text,clock::text,clock_zone::text,local::text,instant::text,precise::text,span::text&order=id",
    "/moments?select=instant::date,local::date&order=id", "/moments?select=id&day=eq.2026-02-30", "/moments?select=id&clock=eq.25:00",
    "/cells/1,2", "/cells/1,2?select=area,cells(*)", "/cells?select=row_number,area.sum()", "/texts?select=id&raw=eq.AAEC/w==",
    "/numbers?select=id&yes_no=is.true&order=id", "/numbers?select=id&yes_no=not.is.true&order=id", "/numbers?select=id&yes_no=is.unknown",
    "/texts?select=id,fixed&order=fixed.nullsfirst,id", "/texts?select=id&unique_id=eq.x",
    "/texts?select=id&unique_id=in.(00000000-0000-0000-0000-000000000001)", "/texts?select=id&fixed=like.ab*&order=id",
]
TYPES_CHANGES = [
    get("/others?select=code,numbers::text&order=code", differs="casts-to-text"),
    get("/others?select=network::text&order=code", differs="casts-to-text"), get("/numbers?select=twice::text&order=id", differs="casts-to-text"),
    get("/numbers?select=exact::int&order=id", differs="casts"), get("/numbers?select=twice::numeric&order=id", differs="casts"),
    get("/numbers?select=yes_no::int&order=id"), get("/texts?select=binary_document->0&order=id", differs="json-text"),
    get("/texts?select=id&fixed=eq.abcd%20%20", differs="padding"), get("/numbers?select=money.min()::text", differs="casts-to-text"),
    get("/numbers?select=twice.sum(),twice.avg()", differs="sums-of-reals"),
    get("/texts?select=id,fixed&fixed=like.ab*&order=id"), patch("/texts/3?select=fixed", {"fixed": "ab"}, differs="padding"),
    patch("/moments/4?select=precise", {"precise": "2026-01-02T03:04:05.9999"}, differs="fraction-digits"),
    get("/moments?select=id&day=eq.today", differs="words-for-values"), get("/moments?select=id&day=eq.2 Jan 2026", differs="words-for-values"),
    get("/others?select=code&order=code&network=sl.10.0.0.2", differs="missing-operators"),
    get("/others?select=code&order=code&network=gt.9.0.0.0", differs="order-of-text"),
    patch("/moments/1", {"span": "2 days"}, "return=minimal"), patch("/moments/2", {"span": "10 days"}, "return=minimal"),
    get("/moments?select=id&order=span,id", differs="order-of-text"),
    get("/texts?select=id&binary_document=cs.{}&order=id", differs="missing-operators"),
    post("/numbers", {"small": 40000}), post("/numbers", {"small": 1.5}), post("/numbers", {"whole": "x"}), post("/numbers", {"whole": None}),
    post("/numbers", {"money": -1}), post("/numbers", {"money": 12345678901}), post("/numbers", {"twice": "x"}), post("/numbers", {"yes_no": "x"}),
    post("/numbers", {"domained": 0}), post("/numbers", {"big": 9223372036854775808}), post("/numbers", {"single": 1e39}), post("/numbers", {"exact": "NaN"}),
    post("/numbers", {"any_size": "NaN"}), post("/numbers", {"twice": "NaN"}),
    post("/texts", {"postal": "x"}), post("/texts", {}), post("/texts", {"postal": "1010", "feeling": "x"}), post("/texts", {"postal": "1010", "raw": "?"}),
    post("/texts", {"postal": "1010", "fixed": "abcde"}), post("/texts", {"postal": "1010", "bounded": "x" * 21}), post("/texts", {"postal": "1010", "unique_id": "x"}),
    post("/texts", {"postal": "1010", "binary_document": None}), post("/moments", {"id": 9}), post("/moments", {"day": "x"}), post("/moments", {"clock": "25:00"}),
    liberal(post("/moments", {"instant": "2026-01-02"}, "return=minimal")), post("/moments", {"span": "x"}), post("/moments", {"day": 5}),
    post("/others", {"code": "c", "numbers": ["x"]}), post("/others", {"code": "c", "numbers": 1}), post("/others", {"code": "c", "numbers": None}),
    post("/others", {"code": "c", "numbers": [1.5]}), post("/others", {"code": "c", "words": [1]}), post("/others", {"code": "c", "words": ["a"], "numbers": [None]}),
    post("/others", {"code": "d", "network": "x"}, differs="kinds-kept-as-text"),
    post("/others", {"code": "e", "period": "[2026-01-01,2026-02-01)"}, differs="kinds-kept-as-text"),
    post("/cells", {"row_number": 2, "column_number": 1, "width": 0, "height": 1}), post("/cells", {"row_number": 2, "column_number": 1, "width": 1, "height": 1, "area": 1}),
    post("/cells", {"row_number": 2, "column_number": 1, "width": 1, "height": 1, "parent_row": 9, "parent_column": 9}),
    post("/cells", {"row_number": 2, "column_number": 1, "width": 4, "height": 5}), patch("/cells/2,1", {"width": 6}), patch("/cells/2,1", {"area": 6}),
    patch("/numbers/1", {"yes_no": None}), patch("/numbers/1?select=small,whole", {"small": 1, "whole": "12"}), patch("/texts/1?select=raw", {"raw": "eHg="}),
    patch("/texts/1?select=document,binary_document", {"document": {"b": 1, "a": [1.0]}, "binary_document": {"b": 1, "a": 2}}, differs="json-text"),
    patch("/others/a?select=numbers,words", {"numbers": [9], "words": [None]}), delete("/others?code=eq.a&select=numbers"),
]

CASES = {"blog": list(blog()), "shop": list(shop()), "types": list(types())}
