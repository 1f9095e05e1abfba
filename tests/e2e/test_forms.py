"""What a schema of PostgreSQL says of the form in which its values and rows travel: casts of domains, aggregates named for media
types."""
import unittest
from pathlib import Path

import harness
from harness import SHOW, Service

if harness.POSTGRES is None:
    harness.skip("these are PostgreSQL's own")
BINARY = harness.compiled(Path(__file__).resolve().parent / "forms.sql")
RED, BLUE = {"code": "#FF0000", "name": "red"}, {"code": "#0000FF", "name": "blue"}


class Forms(unittest.TestCase):
    def setUp(self):
        self.service = Service(BINARY)
        self.addCleanup(self.service.__exit__)
        self.ask(201, "POST", "/inks", [RED, BLUE])

    def ask(self, status, method, path, body=None, headers=None):
        found, head, answer = self.service.request(method, path, body, headers)
        self.assertEqual(found, status, (method, path, answer))
        self.type = head.get("Content-Type")
        return answer.decode() if isinstance(answer, bytes) else answer

    def rows(self, path):
        return self.ask(200, "GET", path)

    def test_answers_show_what_the_cast_makes(self):
        self.assertEqual(self.rows("/inks?select=code,x:code,name"), [{**BLUE, "x": "#0000FF"}, {**RED, "x": "#FF0000"}])
        self.assertEqual(self.rows("/dark_inks"), [BLUE])
        self.assertEqual(self.rows("/inks?select=code::text&limit=1"), [{"code": '"#0000FF"'}])
        self.assertEqual(self.rows("/inks?select=code.max(),n:count()"), [{"max": 0xFF0000, "n": 2}])
        self.assertEqual(self.rows("/inks?select=code,count()&order=code.desc&limit=1"), [{"code": "#FF0000", "count": 1}])

    def test_filters_and_paths_are_read_by_the_cast(self):
        self.assertEqual(self.rows("/inks?code=eq.0000FF"), [{**BLUE, "mixed_from": None, "made": None}])
        for condition in ("code=in.(FF0000,00FF00)", "code=not.eq.0000FF", "code=gt(any).{FF,FFFF}", "or=(code.eq.FF0000)"):
            self.assertEqual(self.rows(f"/inks?select=name&{condition}"), [{"name": "red"}], condition)
        self.assertEqual(self.rows("/inks/%23FF0000")["name"], "red")
        self.ask(404, "GET", "/inks/%2300FF00")
        self.ask(400, "GET", "/inks?code=eq.xyz")

    def graphql(self, text, **variables):
        status, answer = self.service.graphql(text, variables)
        self.assertEqual((status, answer.get("errors")), (200, None), text)
        return answer["data"]

    def test_graphql_has_them_as_json(self):
        made = self.graphql("mutation($input: InkCreateInput!) { createInk(input: $input) { code mixedFrom made } }",
                            input={"code": "#800080", "name": "purple", "mixedFrom": "#FF0000", "made": "2020-02-02"})
        self.assertEqual(made["createInk"], {"code": "#800080", "mixedFrom": "#FF0000", "made": {"year": 2020}})
        self.assertEqual(self.graphql('{ ink(code: "#0000FF") { code name } }'), {"ink": BLUE})
        self.assertEqual(self.graphql('{ inks(where: {code: {in: ["FF0000", "00FF00"]}}) { name } }'), {"inks": [{"name": "red"}]})
        self.assertEqual(self.graphql('mutation { updateInk(code: "#0000FF", input: {mixedFrom: "#FF0000"}) { code mixedFrom } }'),
                         {"updateInk": {"code": "#0000FF", "mixedFrom": "#FF0000"}})
        found = self.graphql("{ inksAggregate { max { code } groups(by: [code]) { key { code } count } } }")["inksAggregate"]
        self.assertEqual(found["max"], {"code": 0xFF0000})
        self.assertEqual([group["key"]["code"] for group in found["groups"]], ["#0000FF", "#800080", "#FF0000"])
        page = self.graphql("{ inksConnection(first: 1, orderBy: [{code: ASC}]) { nodes { code } pageInfo { endCursor } } }")["inksConnection"]
        self.assertEqual(page["nodes"], [{"code": "#0000FF"}])
        after = page["pageInfo"]["endCursor"]
        page = self.graphql("query($after: String) { inksConnection(first: 1, after: $after, orderBy: [{code: ASC}]) { nodes { code } } }", after=after)
        self.assertEqual(page["inksConnection"]["nodes"], [{"code": "#800080"}])
        node = self.graphql('{ ink(code: "#0000FF") { nodeId } }')["ink"]["nodeId"]
        self.assertEqual(self.graphql("query($id: ID!) { node(id: $id) { ... on Ink { code } } }", id=node), {"node": {"code": "#0000FF"}})
        status, answer = self.service.graphql('{ inks(where: {code: {eq: "xyz"}}) { name } }')
        self.assertEqual((status, answer["errors"][0]["extensions"]["status"]), (200, 400))

    def test_bodies_are_read_by_the_cast(self):
        shown = self.ask(201, "POST", "/inks?select=code,mixed_from,made",
                         [{"code": "#800080", "name": "purple", "mixed_from": "#FF0000", "made": "2020-02-02"},
                          {"code": "#00FF00", "name": "green", "mixed_from": None, "made": None}], SHOW)
        self.assertEqual(shown, [{"code": "#800080", "mixed_from": "#FF0000", "made": {"year": 2020}},
                                 {"code": "#00FF00", "mixed_from": None, "made": None}])
        found, head, _ = self.service.request("POST", "/inks", {"code": "#010203", "name": "near black"})
        self.assertEqual((found, head["Location"]), (201, "/api/inks/%23010203"))
        self.assertEqual(self.ask(200, "PATCH", "/inks?code=eq.00FF00", {"mixed_from": "#0000FF"}, SHOW)[0]["mixed_from"], "#0000FF")
        self.assertEqual(self.ask(200, "PUT", "/inks/%2300FF00", {"name": "lime"}, SHOW),
                         {"code": "#00FF00", "name": "lime", "mixed_from": None, "made": None})
        self.ask(400, "PUT", "/inks/%2300FF00", {"code": "#00FF01", "name": "lime"})
        merge = {"Prefer": "resolution=merge-duplicates, return=representation"}
        self.assertEqual(self.ask(200, "POST", "/inks?select=name", {**RED, "name": "scarlet"}, merge), [{"name": "scarlet"}])
        csv = {"Content-Type": "text/csv", **SHOW}
        self.assertEqual(self.ask(201, "POST", "/inks?select=code,name", b"code,name\n#000001,almost black\n#000002,NULL2", csv),
                         [{"code": "#000001", "name": "almost black"}, {"code": "#000002", "name": "NULL2"}])

    def test_what_the_cast_does_not_take_is_the_clients_mistake(self):
        for code in ("#1000000", "red", {"a": 1}, True):
            found, _, answer = self.service.request("POST", "/inks", {"code": code, "name": "x"})
            self.assertIn(found, (400, 422), (code, answer))
        self.ask(422, "POST", "/inks", {"code": None, "name": "x"})

    def test_rows_of_rows_have_the_form_too(self):
        self.ask(201, "POST", "/pens", {"ink": "#0000FF", "parts": [1, 2]})
        self.assertEqual(self.rows("/pens?select=parts,inks(code,pens(ink))"),
                         [{"parts": [1, 2], "inks": {"code": "#0000FF", "pens": [{"ink": "#0000FF"}]}}])
        self.assertEqual(self.rows("/inks/%230000FF/pens?select=ink"), [{"ink": "#0000FF"}])

    def test_pages_go_on_by_what_is_stored(self):
        page, names = "/inks?select=code,name&order=code&limit=1", []
        while page:
            found, head, answer = self.service.request("GET", page)
            self.assertEqual(found, 200, answer)
            names += [row["name"] for row in answer]
            page = head["Link"].split(">")[0].removeprefix("</api") if "Link" in head else None
        self.assertEqual(names, ["blue", "red"])

    def test_rows_come_in_the_media_types_of_aggregates(self):
        self.assertEqual(self.ask(200, "GET", "/inks?order=code.desc", headers={"Accept": "text/x-lines"}), "red\nblue\n")
        self.assertEqual(self.type, "text/x-lines")
        self.assertEqual(self.ask(200, "GET", "/inks?name=eq.none", headers={"Accept": "text/x-lines"}), "")
        self.assertEqual(self.ask(200, "GET", "/rpc/inks_from?lowest=256", headers={"Accept": "text/x-lines"}), "red\n")
        self.assertEqual(self.ask(200, "GET", "/inks?limit=1", headers={"Accept": "application/x-any"}), "1 rows")
        self.assertEqual(self.ask(200, "GET", "/inks?select=name,code", headers={"Accept": "application/x-any"}), "2 rows")
        self.assertEqual(self.ask(200, "GET", "/pens", headers={"Accept": "application/json"}), {})
        self.assertEqual(self.type, "application/json")
        self.assertEqual(self.ask(200, "GET", "/pens?select=id", headers={"Accept": "application/json"}), [])
        self.assertEqual(self.rows("/pens"), [])

    def test_the_rows_of_a_call_are_counted(self):
        count = {"Prefer": "count=exact"}
        for method, path, body in (("GET", "/rpc/all_inks?limit=1", None), ("GET", "/rpc/all_inks", None), ("POST", "/rpc/all_inks", {})):
            found, head, _ = self.service.request(method, path, body, count)
            expected = (206, "0-0/2") if "limit" in path else (200, "0-1/2")
            self.assertEqual((found, head["Content-Range"]), expected, (method, path))

    def test_what_no_aggregate_makes_is_refused(self):
        self.ask(406, "GET", "/inks?select=name", headers={"Accept": "text/x-lines"})
        self.ask(406, "GET", "/inks?select=x:name", headers={"Accept": "application/x-any"})
        self.ask(406, "GET", "/pens", headers={"Accept": "text/x-lines"})
        self.ask(406, "GET", "/inks/%230000FF", headers={"Accept": "text/x-lines"})
        self.ask(406, "GET", "/inks", headers={"Accept": "text/none"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
