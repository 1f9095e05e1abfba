"""The same requests to a service on SQLite and to one on PostgreSQL: the same answers, but for what the table in
docs/postgres.md names. A case that differs bears the name of its row; a row that no case bears is a lie."""
import json
import os
import random
import re
import time
import unittest
from collections import Counter
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

import harness
from difference_cases import CASES, differences_of
from harness import Service

if not harness.POSTGRES:
    harness.skip("there is no PostgreSQL server: $SQLXC_E2E_POSTGRES")

DOCUMENT = harness.ROOT / "docs" / "postgres.md"
HEADERS = ("Content-Type", "Content-Range", "Location", "Link", "Preference-Applied", "Allow", "ETag")
MOMENT = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00)?")


def documented():
    """The names in the first column of the table of differences."""
    text = DOCUMENT.read_text()
    table = text[text.index("## Differences"):]
    return set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE))


def without_now(found):
    """What a database's clock gave is not compared."""
    then = datetime.fromisoformat(found[0].decode()[:19] + "+00:00")
    return b"NOW" if abs(datetime.now(timezone.utc) - then) < timedelta(hours=1) else found[0]


def shown(answer):
    """What is compared of an answer. Of a refusal: what a client decides by, not how the database words it."""
    status, headers, data = answer
    found = {name: headers[name] if name != "ETag" else "" for name in HEADERS if headers[name] is not None}
    if status >= 400:
        problem = json.loads(data) if data else {}
        violations = [(entry.get("row"), entry.get("field"), entry.get("rule")) for entry in problem.get("violations", [])]
        return status, found, (problem.get("code"), violations)
    return status, found, MOMENT.sub(without_now, data)


def chosen(cases):
    """All of them; before prism, which takes its time, all writes and a part of the reads: another one every day."""
    if not harness.JUDGE or os.environ.get("SQLXC_FULL") == "1":
        return cases
    seed = int(time.time()) // 86400
    print(f"a third of the reads, seed {seed}", flush=True)
    choice = random.Random(seed)
    return [case for case in cases if case.method != "GET" or choice.random() < 1 / 3]


class Differences(unittest.TestCase):
    def send(self, service, connection, case):
        body = case.body
        headers = dict(case.headers)
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            if not isinstance(body, bytes):
                body = json.dumps(body).encode()
        target = quote(case.path, safe="/?&=,.()*:!{}\"'-_%+[]<>@|\\$^~;")
        target = target.replace('"', "%22").replace("\\", "%5C")
        is_judged = harness.Judge.can_read(case.method, target, case.body) and not case.is_liberal
        answer, data = service.exchange(case.method, target, body, headers, connection, is_judged)
        return answer.status, answer.headers, data

    def compare(self, example):
        binary = harness.compiled(harness.ROOT / "examples" / example / f"{example}.sql")
        with Service(binary, server=None) as sqlite, Service(binary) as postgres:
            files, servers = sqlite.connect(), postgres.connect()
            statuses, wrong = Counter(), []
            for case in chosen(CASES[example]):
                one, other = (shown(self.send(service, connection, case))
                              for service, connection in ((sqlite, files), (postgres, servers)))
                statuses[one[0]] += 1
                name = f"{case.method} {case.path} {case.body or ''} {case.headers or ''}"
                if one[0] >= 500 or other[0] >= 500:
                    wrong.append(f"{name}\n  a failure: {one}\n             {other}")
                elif harness.JUDGE:
                    pass  # prism writes JSON anew: what it passes on is not compared byte for byte
                elif case.differs is None and one != other:
                    wrong.append(f"{name}\n  SQLite:     {one}\n  PostgreSQL: {other}")
                elif case.differs is not None and one == other:
                    wrong.append(f"{name}\n  no difference, where {case.differs} is said: {one}")
            files.close()
            servers.close()
        print(f"{example}: {sum(statuses.values())} requests, by status {dict(sorted(statuses.items()))}", flush=True)
        if wrong:
            self.fail(f"{len(wrong)} answers are wrong:\n" + "\n".join(wrong[:100]))

    def test_the_blog_is_the_same(self):
        self.compare("blog")

    def test_the_shop_is_the_same(self):
        self.compare("shop")

    def test_all_types_are_the_same(self):
        self.compare("types")

    def test_the_table_names_the_differences_and_no_others(self):
        self.assertEqual(documented(), differences_of(CASES))


if __name__ == "__main__":
    unittest.main()
