"""Rows that are written with a row, in one transaction: created, connected, changed, disconnected and deleted, in both directions, through
tables of pairs, several levels deep; all or nothing."""
import unittest

import harness
from harness import Service

BINARY = harness.compiled(harness.ROOT / "tests" / "e2e" / "clients" / "library.sql")
AUTHOR = "{ id name teacher { name } pupils(orderBy: [{id: ASC}]) { name } books(orderBy: [{title: ASC}]) { id title price shelves(orderBy: [{code: ASC}]) { code place } } }"


class Nested(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(BINARY)

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def run_text(self, text, **variables):
        status, answer = self.service.graphql(text, variables)
        self.assertEqual(status, 200, answer)
        return answer

    def done(self, text, **variables):
        answer = self.run_text(text, **variables)
        self.assertNotIn("errors", answer)
        return next(iter(answer["data"].values()))

    def failed(self, text, **variables):
        """The code of the only error; nothing was written."""
        before = self.everything()
        answer = self.run_text(text, **variables)
        self.assertEqual(len(answer["errors"]), 1, answer)
        self.assertEqual(self.everything(), before)
        return answer["errors"][0]["extensions"]["code"]

    def everything(self):
        return self.run_text("{ authors(orderBy: [{id: ASC}]) " + AUTHOR + " shelves(orderBy: [{code: ASC}]) { code place } shelveds { bookId shelfCode } }")

    def create(self, name, **more):
        return self.done("mutation($input: AuthorCreateInput!) { createAuthor(input: $input) " + AUTHOR + " }", input={"name": name, **more})

    UPDATE = "mutation($id: Int!, $input: AuthorUpdateInput!) { updateAuthor(id: $id, input: $input) " + AUTHOR + " }"
    BOOK = "mutation($id: Int!, $input: BookUpdateInput!) { updateBook(id: $id, input: $input) { title author { id name } shelves(orderBy: [{code: ASC}]) { code place } } }"

    def update(self, id, **input):
        return self.done(self.UPDATE, id=id, input=input)

    def update_book(self, id, **input):
        return self.done(self.BOOK, id=id, input=input)

    def test_created_with_a_row_three_levels_deep(self):
        made = self.create("Deep", teacher={"create": {"name": "Deeper"}}, books={"create": [
            {"title": "A", "shelves": {"create": [{"code": "d1"}, {"code": "d2"}]}}, {"title": "B"}]})
        self.assertEqual(made["teacher"], {"name": "Deeper"})
        self.assertEqual([[shelf["code"] for shelf in book["shelves"]] for book in made["books"]], [["d1", "d2"], []])

    def test_many_of_a_row_are_created_changed_and_deleted_with_it(self):
        made = self.create("Many", books={"create": [{"title": "A"}, {"title": "B"}, {"title": "C"}]})
        a, b, c = (book["id"] for book in made["books"])
        changed = self.update(made["id"], name="Many more", books={
            "create": [{"title": "D", "shelves": {"create": [{"code": "m1"}]}}], "update": [{"key": {"id": a}, "input": {"title": "A2", "price": 5}}],
            "delete": [{"id": b}, {"authorId": made["id"], "title": "C"}]})
        self.assertEqual(changed["name"], "Many more")
        self.assertEqual([(book["title"], book["price"], [one["code"] for one in book["shelves"]]) for book in changed["books"]],
                         [("A2", 5, []), ("D", None, ["m1"])])

    def test_rows_are_connected_and_disconnected(self):
        teacher, first, second = self.create("Teacher"), self.create("First"), self.create("Second")
        changed = self.update(teacher["id"], pupils={"connect": [{"id": first["id"]}, {"name": "Second"}]})
        self.assertEqual([one["name"] for one in changed["pupils"]], ["First", "Second"])
        changed = self.update(teacher["id"], pupils={"disconnect": [{"id": first["id"]}]})
        self.assertEqual([one["name"] for one in changed["pupils"]], ["Second"])
        self.assertEqual(self.update(second["id"], teacher={"disconnect": True})["teacher"], None)
        self.assertEqual(self.update(second["id"], teacher={"connect": {"id": first["id"]}})["teacher"], {"name": "First"})

    def test_the_row_that_a_row_refers_to_is_created_changed_and_deleted(self):
        pupil = self.create("Pupil")
        changed = self.update(pupil["id"], teacher={"create": {"name": "New teacher", "books": {"create": [{"title": "T"}]}}})
        self.assertEqual(changed["teacher"], {"name": "New teacher"})
        self.assertEqual(self.update(pupil["id"], teacher={"update": {"name": "Renamed"}})["teacher"], {"name": "Renamed"})
        self.assertEqual(self.failed(self.UPDATE, id=pupil["id"], input={"teacher": {"update": {"name": "Pupil"}}}), "CONFLICT")
        # The foreign key has no rule of its own: the teacher is still referred to.
        self.assertEqual(self.failed(self.UPDATE, id=pupil["id"], input={"teacher": {"delete": True}}), "CONFLICT")
        book = self.create("Owner", books={"create": [{"title": "Owned"}]})["books"][0]
        self.assertEqual(self.update_book(book["id"], author={"update": {"name": "Owner 2"}})["author"]["name"], "Owner 2")
        # The book goes with its author, and then there is none to change.
        self.assertEqual(self.failed(self.BOOK, id=book["id"], input={"author": {"delete": True}}), "NOT_FOUND")

    def test_nothing_is_changed_through_a_row_that_refers_to_none(self):
        alone = self.create("Alone")
        for action in ({"update": {"name": "x"}}, {"delete": True}):
            self.assertEqual(self.failed(self.UPDATE, id=alone["id"], input={"teacher": action}), "NOT_FOUND")

    def test_through_a_table_of_pairs(self):
        made = self.create("Pairs", books={"create": [{"title": "A", "shelves": {"create": [{"code": "p1"}, {"code": "p2"}]}}, {"title": "B"}]})
        a, b = (book["id"] for book in made["books"])
        changed = self.update_book(a, shelves={"create": [{"code": "p3", "place": "new"}], "update": [{"key": {"code": "p1"}, "input": {"place": "left"}}],
                                               "disconnect": [{"code": "p2"}]})
        self.assertEqual(changed["shelves"], [{"code": "p1", "place": "left"}, {"code": "p3", "place": "new"}])
        self.assertEqual(self.update_book(b, shelves={"connect": [{"code": "p2"}, {"code": "p3"}]})["shelves"], [{"code": "p2", "place": None}, {"code": "p3", "place": "new"}])
        # What is another's is not changed through this one.
        self.assertEqual(self.failed(self.BOOK, id=b, input={"shelves": {"update": [{"key": {"code": "p1"}, "input": {"place": "x"}}]}}), "NOT_FOUND")
        self.assertEqual(self.update_book(b, shelves={"delete": [{"code": "p2"}]})["shelves"], [{"code": "p3", "place": "new"}])

    def test_set_lets_go_of_all_others(self):
        teacher, first, second, third = (self.create(f"Set {name}") for name in ("teacher", "a", "b", "c"))
        self.update(teacher["id"], pupils={"connect": [{"id": first["id"]}, {"id": second["id"]}]})
        changed = self.update(teacher["id"], pupils={"set": [{"id": second["id"]}, {"name": "Set c"}]})
        self.assertEqual([one["name"] for one in changed["pupils"]], ["Set b", "Set c"])
        self.assertEqual(self.failed(self.UPDATE, id=teacher["id"], input={"pupils": {"set": [{"id": first["id"]}, {"id": 98765}]}}), "NOT_FOUND")
        self.assertEqual(self.update(teacher["id"], pupils={"set": []})["pupils"], [])
        # A book has an author.
        owner = self.create("Set owner", books={"create": [{"title": "A"}, {"title": "B"}]})
        self.assertIn(self.failed(self.UPDATE, id=owner["id"], input={"books": {"set": [{"id": owner["books"][0]["id"]}]}}), ("VALIDATION_FAILED", "CONFLICT"))
        both = [{"id": book["id"]} for book in owner["books"]]
        self.assertEqual(len(self.update(owner["id"], books={"set": both})["books"]), 2)

    def test_set_through_a_table_of_pairs(self):
        made = self.create("Set pairs", books={"create": [{"title": "A", "shelves": {"create": [{"code": "s1"}, {"code": "s2"}]}}, {"title": "B", "shelves": {"create": [{"code": "s3"}]}}]})
        a, b = (book["id"] for book in made["books"])
        self.assertEqual([one["code"] for one in self.update_book(a, shelves={"set": [{"code": "s2"}, {"code": "s3"}]})["shelves"]], ["s2", "s3"])
        self.assertEqual(self.failed(self.BOOK, id=a, input={"shelves": {"set": [{"code": "nowhere"}]}}), "CONFLICT")
        self.assertEqual(self.update_book(a, shelves={"set": []})["shelves"], [])
        self.assertEqual([one["code"] for one in self.update_book(b, title="B2")["shelves"]], ["s3"])

    def test_below_the_first_level(self):
        made = self.create("Levels", books={"create": [{"title": "A", "shelves": {"create": [{"code": "l1"}]}}]})
        book = made["books"][0]["id"]
        changed = self.update(made["id"], books={"update": [{"key": {"id": book}, "input": {"price": 7, "shelves": {
            "create": [{"code": "l2"}], "update": [{"key": {"code": "l1"}, "input": {"place": "deep"}}]}}}]})
        self.assertEqual((changed["books"][0]["price"], changed["books"][0]["shelves"]), (7, [{"code": "l1", "place": "deep"}, {"code": "l2", "place": None}]))
        other = self.create("Other")
        # The book is there, and not this author's.
        foreign = {"books": {"update": [{"key": {"id": book}, "input": {"shelves": {"create": [{"code": "l3"}]}}}]}}
        self.assertEqual(self.failed(self.UPDATE, id=other["id"], input=foreign), "NOT_FOUND")
        connected = self.update(other["id"], books={"create": [{"title": "C", "shelves": {"connect": [{"code": "l1"}], "create": [{"code": "l4"}]}}]})
        self.assertEqual([one["code"] for one in connected["books"][0]["shelves"]], ["l1", "l4"])

    def test_all_or_nothing(self):
        made = self.create("All", books={"create": [{"title": "A"}]})
        book = made["books"][0]["id"]
        for books, code in (({"create": [{"title": "B"}, {"title": ""}]}, "VALIDATION_FAILED"), ({"create": [{"title": "B"}, {"title": "A"}]}, "CONFLICT"),
                            ({"create": [{"title": "B"}], "delete": [{"id": 98765}]}, "NOT_FOUND"),
                            ({"update": [{"key": {"id": book}, "input": {"title": "Z"}}, {"key": {"id": 98765}, "input": {"title": "Y"}}]}, "NOT_FOUND"),
                            ({"update": [{"key": {"authorId": made["id"]}, "input": {"title": "Z"}}]}, "BAD_USER_INPUT")):
            self.assertEqual(self.failed(self.UPDATE, id=made["id"], input={"name": "changed", "books": books}), code, books)
        # The book's author is not there: which of the two is said first is the database's business.
        self.assertIn(self.failed(self.UPDATE, id=98765, input={"books": {"create": [{"title": "X"}]}}), ("CONFLICT", "NOT_FOUND"))
        self.assertEqual(self.failed("mutation { createAuthor(input: {name: \"x\", books: {create: [{title: \"\"}]}}) { id } }"), "VALIDATION_FAILED")


if __name__ == "__main__":
    unittest.main()
