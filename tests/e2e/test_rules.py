"""What a client is told of a row that breaks rules: all of them at once, those of types among them, and an EXCLUDE by its name."""
import unittest
from pathlib import Path

import harness
from harness import SHOW, Service

BINARY = harness.compiled(Path(__file__).resolve().parent / "rules.sql")
GOOD = {"guest": "ada@example.com", "seats": 2, "first_day": "2024-05-01", "last_day": "2024-05-03", "days": "[1,3)"}


class Rules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BINARY)

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def ask(self, status, method, path, body):
        found, _, answer = self.service.request(method, path, body, SHOW)
        self.assertEqual(found, status, (method, path, body, answer))
        return answer

    def broken(self, status, method, path, body):
        """(row, field, rule) of each violation; each has its place in the schema."""
        answer = self.ask(status, method, path, body)
        for violation in answer["violations"]:
            self.assertRegex(violation["source"], r"^rules\.sql:\d+$", violation)
        return {(one["row"], one["field"], one["rule"]) for one in answer["violations"]}

    def test_types_and_conditions_are_told_together(self):
        row = {**GOOD, "seats": 0, "guest": "x", "room_id": "one", "last_day": "2024-04-31"}
        self.assertEqual(self.broken(422, "POST", "/bookings", row),
                         {(0, "room_id", "type"), (0, "last_day", "range"), (0, "seats", "positive_check"),
                          (0, "guest", "bookings_guest_check"), (0, "guest", "bookings_guest_format")})

    def test_of_many_rows_each_is_told(self):
        rows = [{**GOOD, "seats": True, "last_day": "2024-05-01"}, {**GOOD, "guest": 7, "seats": -1}]
        self.assertEqual(self.broken(422, "POST", "/bookings", rows),
                         {(0, "seats", "type"), (0, "last_day", "leaves_later"), (1, "guest", "type"), (1, "seats", "positive_check")})

    def test_a_change_is_judged_by_what_it_names(self):
        self.assertEqual(self.broken(422, "PATCH", "/bookings?id=eq.0", {"seats": "many", "guest": "nobody"}),
                         {(0, "seats", "type"), (0, "guest", "bookings_guest_format")})

    def test_an_exclusion_is_a_conflict_of_its_own(self):
        self.ask(201, "POST", "/bookings", GOOD)
        again = {**GOOD, "days": "[2,9)"}
        if not harness.POSTGRES:
            # SQLite has none; the compiler said so (SX5017).
            self.ask(201, "POST", "/bookings", again)
            return
        answer = self.ask(409, "POST", "/bookings", again)
        self.assertEqual(answer["code"], "23P01")
        self.assertEqual([{name: one[name] for name in ("field", "rule", "sql", "source", "row")} for one in answer["violations"]],
                         [{"field": "days", "rule": "exclusion", "sql": "exclude (days with &&) where (seats is not null)",
                           "source": "rules.sql:12", "row": 0}])
        self.assertIn("`one_at_a_time`", answer["violations"][0]["message"])
        self.ask(201, "POST", "/bookings", {**again, "days": "[20,30)"})


if __name__ == "__main__":
    unittest.main()
