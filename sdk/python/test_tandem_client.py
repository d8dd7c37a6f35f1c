"""What of the Python client needs no server: waiting, deadlines in refusals, events, addresses. The
whole client is tested with the JavaScript one, by the scenarios under test/sdk."""

import contextlib
import socket
import threading
import unittest

import tandem_client
from tandem_client import TandemClient, TandemError


@contextlib.contextmanager
def served(*replies, byte_every_s=0.0):
    """The address of a server that answers one connection after the other with these bytes, whole
    or trickling, and the numbers of those it could send to their end."""
    listening = socket.create_server(("127.0.0.1", 0))
    sent = []
    ended = threading.Event()

    def serve():
        for number, reply in enumerate(replies):
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.recv(65536)
                step = 1 if byte_every_s else len(reply)
                for start in range(0, len(reply), step):
                    connection.sendall(reply[start : start + step])
                    if ended.wait(byte_every_s):
                        return
                sent.append(number)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", sent
    finally:
        ended.set()
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def http_reply(body, status=200, media="application/json", headers=""):
    head = f"HTTP/1.1 {status} X\r\ncontent-type: {media}\r\ncontent-length: {len(body)}\r\n"
    return f"{head}{headers}connection: close\r\n\r\n".encode() + body


class Waiting(unittest.TestCase):
    def test_bound_doubles_and_ends(self):
        error = TandemError("unreachable", "no")
        waits = [tandem_client._wait_before(error, attempt, 1.0) for attempt in range(8)]
        self.assertEqual(waits, [50, 100, 200, 400, 800, 1600, 2000, 2000])
        self.assertEqual(tandem_client._wait_before(error, 5, 0.0), 0)

    def test_what_the_server_asks_for_comes_first(self):
        error = TandemError("overloaded", "busy", 503, retry_after_ms=300)
        self.assertEqual(tandem_client._wait_before(error, 0, 0.5), 325)


class Refusals(unittest.TestCase):
    def test_worth_repeating(self):
        rows = [
            ("a broken connection", TandemError("unreachable", ""), True),
            ("at work", TandemError("idempotency-key-in-flight", "", 409), True),
            ("busy, with a time", TandemError("overloaded", "", 503, retry_after_ms=1), True),
            ("too many, with a time", TandemError("rate-limited", "", 429, retry_after_ms=1), True),
            ("busy, without", TandemError("overloaded", "", 503), False),
            ("flawed", TandemError("request-invalid", "", 400, retry_after_ms=1), False),
            ("out of time", TandemError("undecided", "", 504, retry_after_ms=1), False),
            ("no reply in time", TandemError("timeout", ""), False),
        ]
        for remark, error, expected in rows:
            with self.subTest(remark):
                self.assertEqual(tandem_client._worth_repeating(error), expected)

    def test_problem_details_and_strangers(self):
        told = b'{"code":"overloaded","title":"Busy.","detail":"Later.","retryAfterMs":30}'
        error = tandem_client._refusal(503, told, "1")
        self.assertEqual((error.code, error.retry_after_ms), ("overloaded", 30))
        self.assertEqual(str(error), "Busy. Later.")
        for body in (b"", b"<html>", b"[]", b"7", b"\xff", b'{"error":"x"}'):
            with self.subTest(body):
                error = tandem_client._refusal(502, body, None)
                self.assertEqual((error.code, error.retry), ("unexpected-reply", False))


class Deadlines(unittest.TestCase):
    def test_a_reply_that_trickles_does_not_outlive_the_time_limit(self):
        chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        rows = [
            ("headers", b"HTTP/1.1 200 OK\r\nx-slow: " + b"x" * 300),
            ("the size of a chunk", chunked + b"0" * 300),
            ("the body", http_reply(b" " * 300)),
        ]
        for remark, reply in rows:
            with self.subTest(remark), served(reply, byte_every_s=0.02) as (address, sent):
                with TandemClient(address, retries=0, timeout_ms=300) as client:
                    with self.assertRaises(TandemError) as raised:
                        client.policies()
                    self.assertEqual((raised.exception.code, sent), ("timeout", []))


class Events(unittest.TestCase):
    def test_events(self):
        text = b": hi\n\nevent: decision\ndata: {\ndata:1}\n\nevent: missed\ndata: {}\n\ndata: x\n"
        events = list(tandem_client._server_events(text.splitlines(keepends=True)))
        self.assertEqual(events, [("decision", "{\n1}"), ("missed", "{}")])
        self.assertEqual(list(tandem_client._server_events([])), [])


class Addresses(unittest.TestCase):
    def test_refused_at_once(self):
        for address in ("", "x.example", "ftp://x.example", "http://"):
            with self.subTest(address), self.assertRaises(ValueError):
                TandemClient(address)

    def test_the_key_travels(self):
        client = TandemClient("https://tandem.example/api/", api_key="tandem_secret")
        self.assertEqual(client._headers, {"authorization": "Bearer tandem_secret"})
        self.assertEqual((client._host, client._prefix), ("tandem.example", "/api"))

    def test_nobody_there(self):
        with TandemClient("http://127.0.0.1:9/api", retries=0, timeout_ms=1000) as client:
            self.assertFalse(client.ready())
            with self.assertRaises(TandemError) as raised:
                client.policies()
            self.assertEqual(raised.exception.code, "unreachable")


if __name__ == "__main__":
    unittest.main()
