#!/usr/bin/env python3
"""How many instructions the service spends on a GraphQL request: usage: graphql.py SQLXC [--service BINARY] [--top]. bench.sql's service
on SQLite runs under callgrind and is asked small questions one at a time; two runs of different length are subtracted, so that starting
up is not counted. With --top, where they go (inclusive). callgrind counts what runs in the program, not what the kernel does for it."""
import argparse
import json
import os
import re
import signal
import subprocess
import tempfile

from validation import Client, free_port, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
REQUESTS = (200, 1200)
TOTAL = re.compile(r"^\s*([\d,]+).*PROGRAM TOTALS")
QUESTIONS = {
    "one, literal": ("{ user(id: 1) { name } }", None),
    "one, variable": ("query($id: BigInt!) { user(id: $id) { name } }", "id"),
    "filter": ("query($id: BigInt!) { posts(where: {userId: {eq: $id}}, limit: 3) { id title author { name } } }", "id"),
    "nested": ("query($id: BigInt!) { user(id: $id) { name posts(limit: 10, orderBy: [{id: ASC}]) "
               "{ title comments(limit: 5, orderBy: [{id: ASC}]) { body } } } }", "id"),
}


def fill(client):
    def post(table, rows):
        status, answer = client.ask("POST", f"/api/{table}", json.dumps(rows))
        assert status == 201, answer
    post("users", [{"id": n, "email": f"{n}@example.com", "name": f"Reader {n}"} for n in range(1, 11)])
    post("posts", [{"id": n, "user_id": n % 10 + 1, "title": f"Post {n}", "content": "words " * 20} for n in range(1, 101)])
    post("comments", [{"post_id": n % 100 + 1, "user_id": n % 10 + 1, "body": f"Comment {n}"} for n in range(1, 501)])


def run(service, database, question, count, top):
    document, variable = QUESTIONS[question]
    with tempfile.TemporaryDirectory() as folder:
        out, port = os.path.join(folder, "callgrind.out"), free_port()
        process = subprocess.Popen(["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}", service, "--port", str(port),
                                    "--database", database, "--threads", "1"], stdout=subprocess.DEVNULL)
        try:
            client = wait_for(port)
            for number in range(count):
                asked = {"query": document}
                if variable:
                    asked["variables"] = {variable: number % 10 + 1}
                status, answer = client.ask("POST", "/graphql", json.dumps(asked))
                assert status == 200 and b"errors" not in answer and b"null" not in answer, answer
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)
        text = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=99", out], check=True, capture_output=True,
                              text=True).stdout
    if top:
        print("\n".join(line[:190] for line in text.splitlines()[20:20 + top]))
    return next(int(found[1].replace(",", "")) for found in map(TOTAL.match, text.splitlines()) if found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sqlxc")
    parser.add_argument("--service", help="one that is built already")
    parser.add_argument("--only", help="this question")
    parser.add_argument("--top", type=int, default=0, metavar="LINES")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = options.service
        if not service:
            subprocess.run([options.sqlxc, os.path.join(HERE, "bench.sql"), "-o", folder], check=True)
            service = os.path.join(folder, "bin", "service")
        database, port = os.path.join(folder, "bench.db"), free_port()
        process = subprocess.Popen([service, "--port", str(port), "--database", database], stdout=subprocess.DEVNULL)
        fill(wait_for(port))
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        for question in [options.only] if options.only else QUESTIONS:
            few, many = (run(service, database, question, count, options.top if count == REQUESTS[1] else 0) for count in REQUESTS)
            print(f"{question:14} {(many - few) / (REQUESTS[1] - REQUESTS[0]):10.0f} instructions a request", flush=True)


if __name__ == "__main__":
    main()
