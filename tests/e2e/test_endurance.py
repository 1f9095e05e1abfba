"""Many slow clients, clients that leave, a stop in the middle of work."""
import json
import re
import resource
import socket
import threading
import unittest

import harness
from harness import Service

BINARY = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")


class Endurance(unittest.TestCase):
    def setUp(self):
        self.service = Service(BINARY)
        self.service.request("POST", "/users", {"id": 1, "email": "ada@example.com", "name": "Ada"})
        self.service.request("POST", "/posts", {"id": 1, "author_id": 1, "title": "t", "content": "c"})

    def tearDown(self):
        self.service.__exit__()

    def test_two_thousand_slow_connections_cost_memory_and_nothing_else(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        count = min(2000, hard - 200)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, count + 200)), hard))
        before = self.service.resident_mb()
        slow = []
        try:
            for _ in range(count):
                client = socket.create_connection(("127.0.0.1", self.service.port), timeout=10)
                client.sendall(b"GET /api/users/1 HTTP/1.1\r\nHost: x\r\nX-Slow: ")
                slow.append(client)
            connection = self.service.connect()
            for _ in range(200):
                status, _, row = self.service.request("GET", "/users/1", connection=connection)
                self.assertEqual((status, row["name"]), (200, "Ada"))
            connection.close()
            self.assertLess(self.service.resident_mb() - before, 64)
            for client in slow:
                client.sendall(b"done\r\n\r\n")
            for client in slow:
                self.assertTrue(client.recv(64).startswith(b"HTTP/1.1 200"))
        finally:
            for client in slow:
                client.close()

    def test_clients_that_leave_do_no_harm(self):
        for method, body in (("GET", b""), ("POST", json.dumps({"post_id": 1, "author_id": 1, "body": "x"}).encode())):
            for _ in range(100):
                with socket.create_connection(("127.0.0.1", self.service.port), timeout=10) as client:
                    client.sendall(f"{method} /api/comments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                   f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self.assertEqual(self.service.get("/users/1")[0], 200)

    def test_pipelined_requests_are_answered_in_order(self):
        paths = ["/users/1", "/comments", "/users/2", "/users/1"] * 5
        requests = [f"GET /api{path} HTTP/1.1\r\nHost: x\r\n" for path in paths]
        requests[-1] += "Connection: close\r\n"
        reply = self.service.raw("".join(request + "\r\n" for request in requests).encode(), ends=False)
        statuses = re.findall(r"HTTP/1\.1 (\d+)", reply.decode())
        self.assertEqual(statuses, ["200", "200", "404", "200"] * 5)

    def test_a_stop_finishes_what_was_begun(self):
        accepted, failures = [], []

        def write(writer):
            connection = self.service.connect()
            try:
                for i in range(100000):
                    body = {"post_id": 1, "author_id": 1, "body": f"{writer}-{i}"}
                    status, _, _ = self.service.request("POST", "/comments", body, None, connection)
                    (accepted if status == 201 else failures).append(body["body"])
                    if status == 503:
                        return
            except OSError:
                pass
            except Exception as error:  # http.client has many names for a closed connection
                if "Remote" not in type(error).__name__ and "BadStatus" not in type(error).__name__:
                    raise
            finally:
                connection.close()

        writers = [threading.Thread(target=write, args=(i,)) for i in range(4)]
        for thread in writers:
            thread.start()
        self.assertTrue(harness.wait_until(lambda: len(accepted) > 50))
        self.assertEqual(self.service.stop(), 0)
        for thread in writers:
            thread.join()
        self.service.start()
        _, _, rows = self.service.get("/comments?select=body")
        self.assertLessEqual(set(accepted), {row["body"] for row in rows})


if __name__ == "__main__":
    unittest.main()
