"""Documents that mean harm: deep, wide, cyclic, multiplied, of megabytes, with variables that are none. Each is answered as the
specifications of GraphQL and of GraphQL over HTTP say, with little processor time (of the service's own: it does not matter what
else the machine does) and little memory, and the service goes on."""
import http.client
import json
import os
import unittest
from pathlib import Path

import harness
from harness import Service

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
TICK = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024 * 1024
SECONDS = 1.0   # of processor time, for the worst of them
GROWTH = 192     # megabytes that the service may hold on to after all of them: the allocator keeps them, for each loop


def doubling(levels, end):
    """Fragments that each spread the next one twice: 2 ** levels fields."""
    parts = [f"fragment f{i} on User {{ a: posts {{ author {{ ...f{i + 1} }} }} ...f{i + 1} }}" for i in range(levels)]
    return "query { users { ...f0 } } " + " ".join(parts) + f" fragment f{levels} on User {{ {end} }}"


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BINARY, server=None)
        cls.service.graphql("{ __typename }")
        cls.start_mb = cls.service.resident_mb()

    @classmethod
    def tearDownClass(cls):
        print(f"\n{cls.service.resident_mb() - cls.start_mb:.1f} MB more than at the start", end="", flush=True)
        cls.service.__exit__()

    def processor_seconds(self):
        fields = Path(f"/proc/{self.service.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def post(self, body, headers=None):
        """Status, and the decoded answer; checks what holds for every one of them."""
        before = self.processor_seconds()
        client = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
        try:
            client.request("POST", "/graphql", body, {"Content-Type": "application/json", **(headers or {})})
            answer = client.getresponse()
            status, data = answer.status, answer.read()
        finally:
            client.close()
        self.assertLess(self.processor_seconds() - before, SECONDS)
        self.assertTrue(self.service.is_running())
        self.assertLess(self.service.resident_mb() - self.start_mb, GROWTH)
        return status, json.loads(data) if data else None

    def refused(self, text, code="GRAPHQL_VALIDATION_FAILED", variables=None, operation=None):
        """An error of the request: `errors` and no `data`; 400 for who reads the new media type, 200 for who does not."""
        body = json.dumps({"query": text, "variables": variables, "operationName": operation})
        status, answer = self.post(body)
        self.assertEqual(status, 200, str(answer)[:300])
        self.assertNotIn("data", answer)
        self.assertLessEqual(len(answer["errors"]), 110)
        self.assertEqual(answer["errors"][0]["extensions"]["code"], code, answer["errors"][0])
        status, again = self.post(body, {"Accept": "application/graphql-response+json"})
        self.assertEqual((status, again), (400, answer))
        return answer["errors"]

    def answered(self, text, variables=None):
        status, answer = self.post(json.dumps({"query": text, "variables": variables}))
        self.assertEqual((status, answer.get("errors")), (200, None))
        return answer["data"]

    def test_deep_documents(self):
        self.refused("{ users " * 100_000, "GRAPHQL_PARSE_FAILED")
        self.refused("{" * 300_000, "GRAPHQL_PARSE_FAILED")
        self.refused("{ users(where: " + "{not: " * 50_000 + "{}" + "}" * 50_000 + ") { id } }", "GRAPHQL_PARSE_FAILED")
        self.refused("{ users(where: {and: " + "[" * 50_000 + "]" * 50_000 + "}) { id } }", "GRAPHQL_PARSE_FAILED")
        self.refused("query($v: " + "[" * 50_000 + "Int" + "]" * 50_000 + ") { __typename }", "GRAPHQL_PARSE_FAILED")
        self.assertIn("20 levels", self.refused("{ users { " + "posts { author { " * 15 + "id" + " } }" * 15 + " } }")[0]["message"])
        self.assertIn("users", self.answered("{ users(limit: 1) { " + "posts(limit: 1) { author { " * 2 + "id" + " } }" * 2 + " } }"))

    def test_wide_documents(self):
        self.refused("{ " + " ".join(f"a{i}: users {{ id }}" for i in range(12_000)) + " }")
        self.refused("{ users { " + " ".join(f"a{i}: id" for i in range(30_000)) + " } }")
        self.refused("{ " + "users { id } " * 10_000 + "nothing }")
        self.refused("{ users { " + "nothing " * 50_000 + " } }")
        # The same field over and over is one field.
        self.assertEqual(self.answered("{ users { " + "id " * 20_000 + " } }"), {"users": []})

    def test_a_root_field_is_asked_for_a_hundred_times_at_most(self):
        self.answered("{ " + " ".join(f"a{i}: users {{ id }}" for i in range(100)) + " }")
        self.refused("{ " + " ".join(f"a{i}: users {{ id }}" for i in range(101)) + " }")
        self.refused("mutation { " + " ".join(f"a{i}: deleteUser(id: {i}) {{ id }}" for i in range(101)) + " }")

    def test_fragments_that_spread_themselves(self):
        self.refused("{ users { ...a } } fragment a on User { ...b } fragment b on User { ...a }")
        self.refused("{ users { ...a } } fragment a on User { id posts { author { ...a } } }")
        ring = " ".join(f"fragment f{i} on User {{ ...f{(i + 1) % 3000} }}" for i in range(3000))
        self.refused("{ users { ...f0 } } " + ring)

    def test_fragments_that_multiply(self):
        self.refused(doubling(30, "id"))
        self.refused("{ users { ...f0 } } " + " ".join(f"fragment f{i} on User {{ {' '.join(f'p{k}: posts {{ author {{ ...f{i + 1} }} }}' for k in range(8))} }}"
                                                       for i in range(9)) + " fragment f9 on User { id }")
        # What is spread a thousand times and says one field costs what it says once.
        flat = " ".join(f"fragment f{i} on User {{ ...f{i + 1} ...f{i + 1} }}" for i in range(40)) + " fragment f40 on User { id }"
        self.assertEqual(self.answered("{ users { ...f0 } } " + flat), {"users": []})

    def test_fields_of_one_name_that_might_conflict(self):
        same = " ".join(f"x: users(limit: {1 + i % 2}) {{ id }}" for i in range(3_000))
        self.refused("{ " + same + " }")
        nested = "x: posts { x: author { " * 8 + "x: id" + " } }" * 8
        self.refused("{ users { " + " ".join([nested] * 200) + " x: name } }")

    def test_directives_by_the_thousand(self):
        self.refused("{ users " + "@include(if: true) " * 12_000 + "{ id } }")
        self.refused("{ users { " + "id @skip(if: false) @include(if: true) @nothing " * 5_000 + " } }")
        self.assertEqual(self.answered("{ users { " + "id @skip(if: false) " * 4_000 + " } }"), {"users": []})

    def test_documents_of_megabytes(self):
        for text in ("{ __typename } #" + "x" * (10 * MEGABYTE), " " * (10 * MEGABYTE) + "{ __typename }", "{ users(where: {name: {eq: \"" + "x" * (10 * MEGABYTE) + "\"}}) { id } }",
                     "{ a" + "a" * (10 * MEGABYTE) + " }"):
            self.refused(text, "GRAPHQL_PARSE_FAILED")
        self.refused("{ " + "a " * 200_000 + " }", "GRAPHQL_PARSE_FAILED")

    def test_a_body_that_is_larger_than_the_service_takes(self):
        status, _ = self.post(b'{"query": "' + b" " * (40 * MEGABYTE) + b'"}')
        self.assertEqual(status, 413)

    def test_introspection_that_multiplies(self):
        self.refused("{ __schema { types { " + "fields { type { " * 8 + "name" + " } }" * 8 + " } } }")
        self.refused('{ __type(name: "User") { ' + "fields { type { " * 9 + "name" + " } }" * 9 + " } }")

    def test_strings_that_are_none(self):
        for text in ('"\\u{110000}"', '"\\uD800"', '"\\x"', '"open', '"""open', '"a\nb"', '"\\u{' + "0" * 100_000 + '}"'):
            self.refused("{ users(where: {name: {eq: " + text + "}}) { id } }", "GRAPHQL_PARSE_FAILED")
        status, answer = self.post(b'{"query": "{ users(where: {name: {eq: \\"\xff\\"}}) { id } }"}')
        self.assertEqual((status, "errors" in answer), (400, True))
        for sign in ("\u0000", "\u0007", "\ufffe$"):
            self.refused("{ __typename " + sign + " }", "GRAPHQL_PARSE_FAILED")

    def test_numbers_that_are_none(self):
        for number in ("01", "1.", "1e", ".5", "-", "0x1", "1_000"):
            self.refused(f"{{ users(limit: {number}) {{ id }} }}", "GRAPHQL_PARSE_FAILED")
        for number in ("9" * 100_000, "1.5", "2147483648", "1e400"):
            self.refused(f"{{ users(limit: {number}) {{ id }} }}")
        self.refused("query($n: BigInt!) { user(id: $n) { id } }", "BAD_USER_INPUT", {"n": 2**63})
        self.refused("query($n: Int) { users(limit: $n) { id } }", "BAD_USER_INPUT", {"n": 1.5})

    def test_variables_that_are_wrong(self):
        text = "query($id: BigInt!, $where: UserWhere) { user(id: $id) { id } users(where: $where) { id } }"
        for variables in ({}, {"id": None}, {"id": "x"}, {"id": [1]}, {"id": {}}, {"id": 1, "where": 5}, {"id": 1, "where": {"nothing": 1}},
                          {"id": 1, "where": {"name": {"eq": {}}}}, {"id": 1, "where": {"name": {"in": [[1]]}}}, {"id": 1, "where": {"and": [{"and": 3}]}}):
            self.refused(text, "BAD_USER_INPUT", variables)
        # One that is not declared is passed over, as graphql-js does.
        self.assertEqual(self.answered(text, {"id": 1, "more": "x" * 100_000}), {"user": None, "users": []})
        for variables in ("[]", '"x"', "5", "[{}]"):
            status, answer = self.post('{"query": "{ __typename }", "variables": ' + variables + "}")
            self.assertEqual((status, "errors" in answer), (400, True))

    def test_variables_that_are_deep_or_wide(self):
        text = "query($where: UserWhere) { users(where: $where) { id } }"
        deep = '{"not":' * 50_000 + "{}" + "}" * 50_000
        status, answer = self.post(f'{{"query": "{text}", "variables": {{"where": {deep}}}}}')
        self.assertEqual(("errors" in answer, "data" in answer), (True, False))
        nested = {}
        for _ in range(25):
            nested = {"not": nested}
        values = [str(i) for i in range(150_000)]
        for where in (nested, {"name": {"in": values}}, {"or": [{"name": {"eq": "x"}}] * 20_000}, {"and": [{"name": {"in": values[:3000]}}] * 2}):
            # The field fails, and says why in the words of REST.
            status, answer = self.post(json.dumps({"query": text, "variables": {"where": where}}))
            self.assertEqual((status, answer["data"]), (200, {"users": None}))
            self.assertEqual([error["extensions"]["reason"] for error in answer["errors"]], ["54001"])
        self.answered(text, {"where": {"name": {"in": values[:5000]}, "or": [{"name": {"eq": "x"}}] * 199}})
        self.refused(text, "BAD_USER_INPUT", {"where": {"name": {"in": values + values}}})

    def test_a_large_variable_in_many_fields(self):
        rows = [{"name": {"eq": "x"}}] * 60_000
        fields = " ".join(f"a{i}: users(where: {{or: $rows}}) {{ id }}" for i in range(90))
        self.refused("query($rows: [UserWhere!]) { " + fields + " }", variables={"rows": rows})
        deep = " ".join(f"a{i}: posts(where: {{and: $rows}}) {{ id }}" for i in range(1000))
        self.refused("query($rows: [PostWhere!]) { users { " + deep + " } }", variables={"rows": [{"title": {"eq": "x"}}] * 1000})

    def test_operations_that_are_not_there(self):
        two = "query A { __typename } query B { users { id } }"
        self.refused(two, "BAD_USER_INPUT")
        self.refused(two, "BAD_USER_INPUT", operation="C")
        self.refused("fragment f on User { id }")
        self.refused("", "GRAPHQL_PARSE_FAILED")
        self.refused("# nothing", "GRAPHQL_PARSE_FAILED")
        self.refused("type Query { a: Int }")
        self.refused("mutation { nothing }")
        self.refused("query A { __typename } query A { __typename }")

    def test_batches_and_files_are_refused_clearly(self):
        one = {"query": "{ __typename }"}
        for body in ([], [one], [one] * 1000):
            status, answer = self.post(json.dumps(body))
            self.assertEqual((status, "data" in answer), (400, False))
            self.assertIn("batch", answer["errors"][0]["message"].lower())
        form = b'--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--x--\r\n'
        status, answer = self.post(form, {"Content-Type": "multipart/form-data; boundary=x"})
        self.assertEqual(status, 415)
        self.assertIn("errors", answer)
        for body in (b"", b"null", b"5", b'"x"', b"{", b'{"query": 5}', b'{"query": null}', b'{"query": ["a"]}', b'{"query": "{ __typename }", "operationName": 5}',
                     b'{"query": "{ __typename }", "extensions": 5}', b"[" * 100_000):
            status, answer = self.post(body)
            self.assertEqual((status, "errors" in answer, "data" in answer), (400, True, False), body[:60])

    def test_the_same_over_and_over_is_not_kept(self):
        before = self.service.resident_mb()
        for i in range(300):
            self.answered("{ __typename } #" + f"{i:06}" + "x" * 60_000)
        # Eight megabytes of documents are kept in each loop, with what was made of them.
        self.assertLess(self.service.resident_mb() - before, 64)

    def test_the_worst_of_them_take_no_more_the_tenth_time(self):
        rows = [{"name": {"eq": "x"}}] * 60_000
        fields = " ".join(f"a{i}: users(where: {{or: $rows}}) {{ id }}" for i in range(90))
        worst = [json.dumps({"query": "query($rows: [UserWhere!]) { " + fields + " }", "variables": {"rows": rows}}),
                 json.dumps({"query": " " * (10 * MEGABYTE) + "{ __typename }"}), json.dumps({"query": "{ " + "a " * 200_000 + " }"})]
        for _ in range(5):
            for body in worst:
                self.post(body)
        before = self.service.resident_mb()
        for _ in range(5):
            for body in worst:
                self.post(body)
        self.assertLess(self.service.resident_mb() - before, 32)

    def test_what_comes_after_is_answered_as_before(self):
        self.assertEqual(self.answered("{ users { id } }"), {"users": []})


if __name__ == "__main__":
    unittest.main()
