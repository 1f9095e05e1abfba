"""Writes of many rows at once, and rows that triggers change behind the statement."""
import re
import time
import unittest
from pathlib import Path

import harness
from harness import SHOW, Service

HERE = Path(__file__).resolve().parent
BINARY = harness.compiled(HERE / "writes.sql")
ALL = {"Prefer": "return=representation, missing=default"}
COUNTED = {"Prefer": "missing=default, count=exact"}


def resident(service):
    """The memory of the service at its highest, in MB."""
    text = Path(f"/proc/{service.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024


def various(count):
    """Rows that differ in their keys, of four values and fewer."""
    return [{"title": f"t{i}", **({"place": i} if i % 2 else {}), **({"note": f"n{i}"} if i % 3 else {}),
             "changed": "2020-01-01T00:00:00Z"} for i in range(count)]


class Writes(unittest.TestCase):
    def setUp(self):
        self.service = Service(BINARY)
        self.addCleanup(self.service.__exit__)

    def ask(self, status, method, path, body=None, headers=None):
        patient = self.service.connect(timeout=120)
        found, head, answer = self.service.request(method, path, body, headers, patient)
        patient.close()
        self.assertEqual(found, status, (method, path, str(answer)[:500]))
        return head, answer

    def test_rows_that_differ_in_their_keys_are_as_many_as_one_likes(self):
        rows = various(30_000)
        head, shown = self.ask(201, "POST", "/pages?select=title,place,note", rows, {"Prefer": ALL["Prefer"] + ", count=exact"})
        self.assertEqual(len(shown), len(rows))
        self.assertEqual(shown, [{"title": row["title"], "place": row.get("place", 7), "note": row.get("note")} for row in rows])
        self.assertEqual(head["Content-Range"], "*/30000")
        head, _ = self.ask(206, "GET", "/pages?limit=1", headers={"Prefer": "count=exact"})
        self.assertEqual(head["Content-Range"], "0-0/30000")

    def test_all_of_many_rows_are_written_or_none(self):
        rows = various(30_000)
        rows[-1]["title"] = None
        self.ask(422, "POST", "/pages", rows, COUNTED)
        rows[-1] = {"id": 1, "title": "one"}
        rows[0]["id"] = 1
        self.ask(409, "POST", "/pages", rows, COUNTED)
        self.assertEqual(self.ask(200, "GET", "/pages?limit=1")[1], [])

    def test_many_rows_are_merged(self):
        self.ask(201, "POST", "/pages", [{"id": i, "title": "old", "changed": "2020-01-01T00:00:00Z"} for i in range(1, 11)])
        rows = [{"id": i + 1, **row} for i, row in enumerate(various(30_000))]
        merge = {"Prefer": "resolution=merge-duplicates, missing=default, return=representation"}
        _, shown = self.ask(201, "POST", "/pages?select=id,title", rows, merge)
        self.assertEqual(shown, [{"id": row["id"], "title": row["title"]} for row in rows])

    def test_many_rows_come_with_the_rows_that_hang_on_them(self):
        pages = [{"title": f"p{i}", "parts": [{"body": "a", **({"note": "x"} if i % 2 else {})}, {"body": "b"}]}
                 for i in range(3000)]
        _, shown = self.ask(201, "POST", "/pages?select=title,parts(body,note)", pages, SHOW)
        self.assertEqual(len(shown), 3000)
        titles = {page["title"]: page["parts"] for page in shown}
        self.assertEqual(titles["p2999"], [{"body": "a", "note": "x"}, {"body": "b", "note": None}])

    def test_nothing_is_written_through_a_view(self):
        for name, rows in (("noted_parts", [{"body": "x"}]), ("first_tags", [{"tag_id": 1}]), ("tags_via_first_tags", [{"name": "x"}])):
            with self.subTest(relation=name):
                _, problem = self.ask(400, "POST", "/pages", {"title": "p", name: rows})
                self.assertEqual(problem["code"], "PGRST204")
        _, answer = self.service.graphql('{ __type(name: "PageCreateInput") { inputFields { name } } }')
        names = {field["name"] for field in answer["data"]["__type"]["inputFields"]}
        self.assertEqual({name for name in names if name.lower().endswith(("parts", "tags"))}, {"parts", "pageTags", "tags"})
        _, shown = self.ask(201, "POST", "/pages?select=tags!page_tags(name)", {"title": "p", "tags": [{"name": "x"}]}, SHOW)
        self.assertEqual(shown, [{"tags": [{"name": "x"}]}])

    def test_a_hundred_thousand_rows_cost_a_bounded_time_and_memory(self):
        body = "title,place,note\n" + "".join(f"t{i},{i},some note\n" for i in range(100_000))
        begun = time.monotonic()
        self.ask(201, "POST", "/pages", body.encode(), {"Content-Type": "text/csv"})
        self.ask(201, "POST", "/pages", [{"title": f"t{i}", "place": i, "note": "some note"} for i in range(100_000)])
        self.ask(201, "POST", "/pages", various(100_000), COUNTED)
        took = time.monotonic() - begun
        print(f"three times 100,000 rows: {took:.1f} s, {resident(self.service):.0f} MB at the highest", flush=True)
        self.assertLess(took, 60)
        self.assertLess(resident(self.service), 500)

    def test_the_answer_shows_what_triggers_made_of_the_row(self):
        old = "2020-01-01T00:00:00Z"
        _, made = self.ask(201, "POST", "/pages", {"title": "a", "changed": old}, SHOW)
        for method, path, body in (("PATCH", f"/pages/{made[0]['id']}", {"title": "b"}),
                                   ("PATCH", f"/pages?id=eq.{made[0]['id']}", {"title": "c"})):
            _, shown = self.ask(200, method, path, body, SHOW)
            shown = shown[0] if isinstance(shown, list) else shown
            self.assertEqual(shown["title"], body["title"])
            self.assertNotEqual(shown["changed"][:4], "2020")
            self.assertEqual(shown, self.ask(200, "GET", f"/pages/{made[0]['id']}")[1])


@unittest.skipIf(harness.POSTGRES, "triggers of SQLite's own")
class Triggers(unittest.TestCase):
    def test_rows_are_shown_as_the_triggers_leave_them(self):
        with Service(harness.compiled(HERE / "counted.sql"), server=None) as service:
            def ask(method, path, body, status):
                found, _, answer = service.request(method, path, body, SHOW)
                self.assertEqual(found, status, answer)
                return answer

            self.assertEqual(ask("POST", "/entries", [{"name": "four"}, {"name": "a"}], 201),
                             [{"id": 1, "name": "four", "size": 4, "revision": 0}, {"id": 2, "name": "a", "size": 1, "revision": 0}])
            self.assertEqual(ask("PATCH", "/entries?id=gte.1&select=name,size,revision&order=id.desc", {"name": "seven"}, 200),
                             [{"name": "seven", "size": 5, "revision": 1}, {"name": "seven", "size": 5, "revision": 1}])
            self.assertEqual(ask("PUT", "/entries/1", {"name": "x", "revision": 9}, 200),
                             {"id": 1, "name": "x", "size": 1, "revision": 2})
            self.assertEqual(ask("DELETE", "/entries?id=eq.2", None, 200),
                             [{"id": 2, "name": "seven", "size": 5, "revision": 1}])


if __name__ == "__main__":
    unittest.main(verbosity=2)
