"""An HTTP client that sends any bytes as they are, over one connection, and reads the answer to its last byte."""
import socket
from dataclasses import dataclass


class Dropped(Exception):
    """The connection ended where an answer was due."""


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    def __repr__(self):
        return f"{self.status} {self.headers.get('content-type')} {self.body[:600]!r}"


class Client:
    def __init__(self, port, timeout=60):
        self.port, self.timeout, self.socket, self.left = port, timeout, None, b""

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.left = None, b""

    def send(self, method, target, headers=(), body=None):
        """One request and its answer; a connection that the service closed after an answer is made anew."""
        lines = [method.encode() + b" " + target + b" HTTP/1.1"]
        if not any(name.lower() == b"host" for name, _ in headers):
            lines.append(b"Host: localhost")
        lines += [name + b": " + value for name, value in headers]
        if body is not None:
            lines.append(b"Content-Length: %d" % len(body))
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + (body or b""))
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before it was sent whole: the answer is on its way
        return self.read(method == "HEAD")

    def more(self):
        try:
            data = self.socket.recv(1 << 16)
        except TimeoutError:
            self.close()
            raise Dropped("no answer in time") from None
        except ConnectionResetError:
            data = b""
        if not data:
            got = self.left
            self.close()
            raise Dropped(f"the connection was closed after {got[:200]!r}")
        self.left += data

    def take(self, size):
        while len(self.left) < size:
            self.more()
        data, self.left = self.left[:size], self.left[size:]
        return data

    def line(self):
        while b"\r\n" not in self.left:
            self.more()
        line, self.left = self.left.split(b"\r\n", 1)
        return line

    def read(self, is_head):
        status = int(self.line().split(b" ")[1])
        headers = {}
        while line := self.line():
            name, value = line.split(b":", 1)
            headers[name.decode().lower()] = value.strip().decode("latin-1")
        body = b""
        if is_head or status in (204, 304):
            pass
        elif "chunked" in headers.get("transfer-encoding", ""):
            while size := int(self.line(), 16):
                body += self.take(size)
                self.line()
            self.line()
        else:
            body = self.take(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body)
