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


class Strangers(unittest.TestCase):
    """Whatever answers, and whatever is asked, what goes wrong is a TandemError."""

    def test_flaws_of_refusals(self):
        for flaw in ('"retryAfterMs":"soon"', '"retryAfterMs":-5000', '"retryAfterMs":NaN',
                     '"flaws":null', '"flaws":7', '"rules":7', '"retryAfterMs":1' + "0" * 400):
            with self.subTest(flaw[:30]):
                body = f'{{"code":"overloaded",{flaw}}}'.encode()
                error = tandem_client._refusal(503, body, "\u00b2")
                self.assertEqual((error.code, error.retry_after_ms), ("overloaded", None))
                self.assertEqual((error.flaws, error.rules), ([], []))
        for body in (b'{"code":7}', b"[" * 100_000):
            self.assertEqual(tandem_client._refusal(400, body, None).code, "unexpected-reply")

    def test_replies_that_are_none(self):
        asked = {"candidates": []}
        decided = b'{"decisionId":"a","answer":NaN,"quality":{},"reasons":[]}'
        rows = [
            *((lambda c: c.decide("ranking", asked), body) for body in (b"[]", b"7", b"{}")),
            (lambda c: c.decide("ranking", asked), decided),
            (lambda c: c.policies(), b'{"items":[7]}'),
            (lambda c: c.report_outcomes([]), b"null"),
            (lambda c: list(c.decisions()), b'{"items":null}'),
            (lambda c: c.items("a", ["b"]), b"[]"),
            (lambda c: c.replay("a"), b"[" * 100_000),
        ]
        for call, body in rows:
            with self.subTest(body[:40]), served(http_reply(body)) as (address, _):
                self.assert_refused(address, call, "unexpected-reply")

    def test_streams_that_are_none(self):
        rows = [
            ("application/json", b'event: decision\ndata: {"decisionId":"a"}\n\n'),
            *(
                ("text/event-stream; charset=utf-8", b"event: decision\ndata: " + data + b"\n\n")
                for data in (b"\xff", b"[]", b"null", b"{")
            ),
        ]
        for media, body in rows:
            reply = http_reply(body, media=media)
            with self.subTest(body), served(reply) as (address, _):
                self.assert_refused(address, lambda c: next(c.watch()), "unexpected-reply")

    def test_a_watcher_waits_for_a_server_that_is_away(self):
        stream = b'event: decision\ndata: {"decisionId":"a"}\n\n'
        away = http_reply(b"<html>", 502, "text/html")
        with served(away, http_reply(stream, media="text/event-stream")) as (address, _):
            events = TandemClient(address).watch()
            self.assertEqual(next(events)["decision"], {"decisionId": "a"})
            events.close()

    def test_redirects_are_not_followed(self):
        moved = http_reply(b"", 307, headers="location: /elsewhere\r\n")
        with served(moved, http_reply(b'{"items":[]}')) as (address, _):
            self.assert_refused(address, lambda c: c.policies(), "unexpected-reply")

    def test_what_cannot_be_sent(self):
        deep = []
        for _ in range(100_000):
            deep = [deep]
        rows = [
            lambda c: c.decide("ranking", {"candidates": [{"id": "a", "score": float("nan")}]}),
            lambda c: c.decide("ranking", {"candidates": {1, 2}}),
            lambda c: c.decide("ranking", {"candidates": deep}),
            lambda c: c.decide("ranking", 7),
            lambda c: c.decide("ranking", {}, deadline_ms=float("nan")),
            lambda c: c.decide("ranking", {}, deadline_ms=-1),
            lambda c: c.decide("ranking", {}, deadline_ms="soon"),
            lambda c: c.decide("ranking", {}, idempotency_key="\u0142"),
            lambda c: c.decide(7, {}),
            lambda c: c.decision("\ud800"),
            lambda c: c.report_outcomes(None),
            lambda c: c.put_items("a", None),
        ]
        for number, call in enumerate(rows):
            with self.subTest(number), served() as (address, _):
                self.assert_refused(address, call, "invalid-request")
        with served() as (address, _), TandemClient(address, api_key="secret\n") as client:
            for call in (client.policies, lambda: next(client.watch())):
                with self.assertRaises(TandemError) as raised:
                    call()
                self.assertEqual(raised.exception.code, "invalid-request")
                self.assertNotIn("secret", str(raised.exception))

    def assert_refused(self, address, call, code):
        with TandemClient(address) as client, self.assertRaises(TandemError) as raised:
            call(client)
        self.assertEqual((raised.exception.code, raised.exception.retry), (code, False))


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
