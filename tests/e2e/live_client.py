"""A client of graphql-transport-ws for tests and benches: one socket, messages as they come. Standard library only."""
import base64
import json
import os
import re
import socket
import struct


class Closed(Exception):
    """The server has closed; the code says why."""

    def __init__(self, code):
        super().__init__(f"closed with {code}")
        self.code = code


class Socket:
    """A connection that has been acknowledged."""

    def __init__(self, port, timeout=30):
        self.connection = self.connect(port, None)
        self.connection.settimeout(timeout)
        self.buffer = bytearray()
        head = self.read_head()
        if b" 101 " not in head.splitlines()[0]:
            raise AssertionError(f"no socket was opened: {head!r}")
        self.next_id = 0
        self.send({"type": "connection_init"})
        if self.receive() != {"type": "connection_ack"}:
            raise AssertionError("the connection was not acknowledged")

    @staticmethod
    def connect(port, origin):
        connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = ["GET /graphql HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade",
                 "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(), "Sec-WebSocket-Version: 13",
                 "Sec-WebSocket-Protocol: graphql-transport-ws"]
        if origin is not None:
            lines.append(f"Origin: {origin}")
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return connection

    @staticmethod
    def handshake(port, origin):
        """The status that a page of `origin` gets when it asks for a socket."""
        with Socket.connect(port, origin) as connection:
            return int(re.match(rb"HTTP/1.1 (\d+)", connection.recv(4096))[1])

    def read_head(self):
        while b"\r\n\r\n" not in self.buffer:
            self.fill()
        head, _, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        self.buffer = bytearray(rest)
        return head

    def fill(self):
        data = self.connection.recv(65536)
        if not data:
            raise Closed(1006)
        self.buffer += data

    def frame(self):
        """One whole frame out of the buffer, or nothing."""
        if len(self.buffer) < 2:
            return None
        size, at = self.buffer[1], 2
        if size == 126:
            at = 4
            if len(self.buffer) < at:
                return None
            size = struct.unpack(">H", self.buffer[2:4])[0]
        elif size == 127:
            at = 10
            if len(self.buffer) < at:
                return None
            size = struct.unpack(">Q", self.buffer[2:10])[0]
        if len(self.buffer) < at + size:
            return None
        opcode, payload = self.buffer[0] & 15, bytes(self.buffer[at:at + size])
        del self.buffer[:at + size]
        return opcode, payload

    def take(self):
        """A message out of what has been received, or nothing."""
        while (frame := self.frame()) is not None:
            opcode, payload = frame
            if opcode == 8:
                raise Closed(struct.unpack(">H", payload[:2])[0] if len(payload) > 1 else 1005)
            if opcode == 9:
                self.write(0x8A, payload)
            if opcode == 1:
                return json.loads(payload)
        return None

    def receive(self):
        while (message := self.take()) is None:
            self.fill()
        return message

    def write(self, first, payload):
        size = len(payload)
        head = struct.pack(">BB", first, 0x80 | size) if size < 126 else struct.pack(">BBH", first, 0xFE, size)
        self.connection.sendall(head + bytes(4) + payload)  # masked with zeros

    def send(self, message):
        self.write(0x81, json.dumps(message).encode())

    def subscribe(self, payload):
        """Begins an operation; its id."""
        self.next_id += 1
        self.send({"id": str(self.next_id), "type": "subscribe", "payload": payload})
        return str(self.next_id)

    def answer(self, payload, kind):
        identity = self.subscribe(payload)
        message = self.receive()
        if message.get("id") != identity or message["type"] != kind:
            raise AssertionError(f"{payload} was answered with {message}")
        return message["payload"]

    def first(self, payload):
        """The first result of an operation."""
        return self.answer(payload, "next")

    def errors(self, payload):
        """The errors for which it is refused."""
        return self.answer(payload, "error")

    def closing_code(self):
        try:
            while True:
                self.receive()
        except Closed as closed:
            return closed.code

    def close(self):
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
