#!/usr/bin/env python3
"""PostgREST's own cases against a service that sqlxc compiled from their fixtures.

    tests/corpus/postgrest.py [out/bin/sqlxc] [--feature Query/Query] [--every-schema] [--verbose] [--keep DIR]

The service serves the schema `test` alone, as PostgREST is told to, or every schema (--every-schema). The cases are those of the
default configuration that need neither role nor token. A case passes with the same status and, on success, the same rows. What
differs on purpose is listed in DIFFERENCES with its reason; anything else that fails is an error."""
import argparse
import collections
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import postgres  # noqa: E402

CORPUS = Path(os.environ.get("SQLXC_CORPUS", ROOT.parent / "shared" / "corpus")) / "postgrest"


def read_cases():
    for line in (CORPUS / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        has_role = any(name.lower() == "authorization" for name, _ in case["headers"])
        if case["config"] == "baseCfg" and not has_role:
            yield case


def encoded(path):
    """The path as a client sends it: what no URL may hold is percent-encoded."""
    return urllib.parse.quote(path if path.startswith("/") else "/" + path, safe="/?&=%:,.()*!'~@+;$-_{}[]|^<>\\\"#`")


def send(port, case):
    headers = [(name, value) for name, value in case["headers"]]
    if case["method"] not in ("GET", "HEAD", "OPTIONS"):
        headers.append(("Prefer", "tx=rollback"))
    body = case.get("body")
    has_type = any(name.lower() == "content-type" for name, _ in headers)
    if body is not None and not has_type:
        headers.append(("Content-Type", "application/json"))
    path = "/api" + encoded(case["path"]).replace(" ", "%20").replace('"', "%22").replace("\\", "%5C")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(case["method"], path.encode().decode("latin-1"), skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value.encode())
    data = b"" if body is None else body.encode()
    if data or case["method"] in ("POST", "PUT", "PATCH"):
        connection.putheader("Content-Length", str(len(data)))
    connection.endheaders(data)
    response = connection.getresponse()
    return response.status, response.read().decode("utf-8", "replace")


def in_any_order(value):
    """Rows compare as a set where the request asked for no order."""
    if isinstance(value, list):
        return sorted((in_any_order(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, dict):
        return {key: in_any_order(item) for key, item in value.items()}
    return value


def without_margin(text):
    """Some expected texts still hold the margin of the source that they were taken from: `   |<html>`."""
    lines = [line.strip() for line in text.strip().splitlines()]
    has_margin = lines and all(line.startswith("|") for line in lines)
    return "\n".join(re.sub(r"^ *\|", "", line) for line in text.strip().splitlines()) if has_margin else text


def same_body(case, body):
    if case["method"] == "HEAD" or case["status"] >= 300:
        return True
    if "json" in case and case["json"] is not None:
        try:
            found = json.loads(body)
        except ValueError:
            return False
        if found == case["json"]:
            return True
        return "order=" not in case["path"] and in_any_order(found) == in_any_order(case["json"])
    if case.get("text"):
        return body.strip() == without_margin(case["text"]).strip()
    return True


def differences():
    """Cases that answer otherwise on purpose: FEATURE METHOD PATH -> reason, from the file beside this one."""
    table = {}
    for line in (Path(__file__).parent / "postgrest_differences.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            case, reason = line.split("  # ", 1)
            table[case.strip()] = reason
    return table


def wait_for(process, log):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"listens on http://[^:]+:(\d+)", log.read_text())
        if found:
            return int(found[1])
        time.sleep(0.05)
    sys.exit("the service did not start:\n" + log.read_text())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sqlxc", nargs="?", default=os.environ.get("SQLXC"))
    parser.add_argument("--feature")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--every-schema", action="store_true", help="serve what is in other schemas than PostgREST serves, too")
    parser.add_argument("--keep", help="compile into this folder, and do not compile again if a service stands there")
    options = parser.parse_args()
    if not (CORPUS / "cases.jsonl").exists():
        print("skipped: no corpus at", CORPUS)
        return 77
    if postgres.find_binaries() is None:
        print("skipped: no PostgreSQL server is installed")
        return 77
    with tempfile.TemporaryDirectory() as scratch, postgres.Server() as server:
        build = Path(options.keep or Path(scratch) / "build")
        if not (options.keep and (build / "bin" / "service").exists()):
            schemas = [] if options.every_schema else ["--schema=test"]
            subprocess.run([options.sqlxc, str(CORPUS / "fixtures" / "schema.sql"), "--target=postgres", *schemas, "-o", str(build)], check=True,
                           stderr=None if options.verbose else subprocess.DEVNULL)
        subprocess.run(["bash", str(CORPUS / "load.sh"), "127.0.0.1", str(server.port), "postgres", "fixtures"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        log = Path(scratch) / "log"
        with open(log, "w") as output:
            service = subprocess.Popen([str(build / "bin" / "service"), "--port=0", "--database=" + server.url("fixtures")],
                                       stdout=output, stderr=output)
        try:
            return run(wait_for(service, log), options)
        finally:
            service.terminate()
            service.wait(20)


def run(port, options):
    excused = differences()
    passed, total = collections.Counter(), collections.Counter()
    failures, used = [], set()
    for case in read_cases():
        if options.feature and case["feature"] != options.feature:
            continue
        feature = case["feature"]
        total[feature] += 1
        status, body = send(port, case)
        if status == case["status"] and same_body(case, body):
            passed[feature] += 1
            continue
        name = f"{feature} {case['method']} {case['path']}"
        if name in excused:
            used.add(name)
            print(f"differs: {name}: {excused[name]}")
            continue
        failures.append(name)
        print(f"FAILED: {name} {case['headers'] or ''} {(case.get('body') or '')[:200]}\n  expected {case['status']} "
              f"{json.dumps(case.get('json') or case.get('text'), ensure_ascii=False)[:400]}\n  found    {status} {body[:400]}")
    for feature in sorted(total):
        print(f"{feature:40} {passed[feature]:4} of {total[feature]:4}")
    everything = sum(total.values())
    right = sum(passed.values())
    print(f"{right} of {everything} cases ({100 * right / max(1, everything):.1f} %), {len(used)} differ on purpose, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
