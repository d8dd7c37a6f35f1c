"""Client of the Tandem decision platform: one file, standard library alone, Python 3.9 or newer.

    from tandem_client import TandemClient

    with TandemClient("http://127.0.0.1:7070") as tandem:
        reply = tandem.decide("ranking", {"candidates": [...], "k": 10}, deadline_ms=100)
        print(reply["answer"]["items"], reply["quality"]["rung"])

Calls are repeated only where that cannot do harm and can help: the connection failed or broke, or
the server said when to come back (429 and 503 with Retry-After). However often its request is sent,
a decision is made once, because every logical call carries one idempotency key. What is left of a
deadline travels to the server with each attempt. Whatever goes wrong is a :class:`TandemError`.
"""

from __future__ import annotations

import functools
import http.client
import io
import json
import math
import random
import secrets
import socket
import threading
import time
from typing import Any, Callable, Dict, Generator, Iterable, Iterator, List, Mapping, Optional
from typing import Sequence, Tuple, TypedDict
from urllib.parse import quote, urlencode, urlsplit

__all__ = ["TandemClient", "TandemError", "Decided", "LiveEvent"]

#: The longest a doubling wait between attempts may become, and the first, in milliseconds.
_WAIT_MS_FIRST = 50.0
_WAIT_MS_MAX = 2000.0
#: How much longer than the deadline the client waits for a reply that is on its way.
_NETWORK_MS = 1000.0
#: The most ids one look-up may name; more are asked for in several.
_IDS_PER_LOOK_UP = 100
#: The server says "still here" every 15 s; a stream silent for longer than this is dead.
_SILENCE_S_MAX = 45.0
#: How soon a watcher comes back after a broken connection, at most, in seconds; it doubles with
#: each refusal in a row, up to the second bound.
_COME_BACK_S_MAX = 1.0
_BACKOFF_S_MAX = 30.0
#: What proxies say of a server that is away: a watcher waits for it.
_GATEWAY = (502, 503, 504)
#: More than any socket's timeout can hold on every machine.
_SOCKET_S_MAX = 1e6
#: An earlier attempt of the same call is still at work: its answer will be there soon.
_IN_FLIGHT = "idempotency-key-in-flight"


class Quality(TypedDict):
    """How good an answer is; every field is computed, none claimed."""

    rung: str
    status: str
    objective: float
    bound: Optional[float]
    gap: Optional[float]
    ruleObjective: Optional[float]
    solver: str


class Timing(TypedDict):
    """Where the time went, in milliseconds."""

    receivedAt: str
    deadlineMs: float
    totalMs: float
    solveMs: float


class Reason(TypedDict):
    """One statement about the answer, in words made from its facts."""

    subject: str
    kind: str
    text: str
    facts: Dict[str, Any]


class _Decided(TypedDict):
    decisionId: str
    answer: Any
    quality: Quality
    reasons: List[Reason]
    policy: str
    timing: Timing


class Decided(_Decided, total=False):
    """The reply to a decision request. ``unrecorded`` is there, and true, only for an answer whose
    record could not be made durable under a policy that allows answering all the same."""

    unrecorded: bool


class DecisionSummary(TypedDict):
    """The line of a decision in a list."""

    decisionId: str
    type: str
    policy: str
    at: str
    rung: str
    status: str
    latencyMs: float
    gap: Optional[float]


class DecisionView(TypedDict):
    """A decision with everything kept about it."""

    reply: Decided
    request: Any
    record: Any
    recordDigest: str
    outcomes: List[Dict[str, Any]]


class ReplayReport(TypedDict):
    """What a replay found: ``verdict`` is ``identical``, ``verified`` or ``different``."""

    decisionId: str
    verdict: str
    recordedDigest: str
    replayedDigest: str
    differences: List[str]
    taken: List[str]
    replayMs: float


class OutcomeReceipt(TypedDict):
    """What became of one outcome: recorded, duplicate, conflict or unknown-decision."""

    outcomeId: str
    result: str
    late: bool


class PolicyView(TypedDict):
    """A policy version as it is kept."""

    reference: str
    name: str
    version: int
    type: str
    policy: Dict[str, Any]
    digest: str
    createdAt: str
    principal: str


class ItemSetReceipt(TypedDict):
    """The newest version of an item set."""

    name: str
    version: int
    digest: str
    itemCount: int


class CapacityView(TypedDict):
    """A shared resource at one moment."""

    resource: str
    total: int
    taken: int


class _LiveEvent(TypedDict):
    kind: str


class LiveEvent(_LiveEvent, total=False):
    """What a watcher is told: ``kind`` is ``decision``, with ``decision``, or ``missed``."""

    decision: DecisionSummary


class TandemError(Exception):
    """A call that was not answered as hoped.

    ``code`` is stable and meant for programs: a code of the platform, or the client's own
    ``unreachable``, ``timeout``, ``unexpected-reply``, or ``invalid-request`` for arguments that
    cannot be sent. ``status`` is 0 where there was no reply.
    ``flaws`` lists every wrong place of the request as ``{"pointer": ..., "message": ...}``.
    """

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 0,
        retry: bool = True,
        flaws: Sequence[Mapping[str, str]] = (),
        rules: Sequence[str] = (),
        retry_after_ms: Optional[float] = None,
        instance: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.retry = retry
        self.flaws = list(flaws)
        self.rules = list(rules)
        self.retry_after_ms = retry_after_ms
        self.instance = instance


#: What methods need of their replies: a mapping names members, a list holds the form of each item.
_SUMMARY = {"decisionId": str}
_DECIDED = {"decisionId": str, "answer": object, "quality": dict, "reasons": list}
_VIEW = {"reply": _SUMMARY, "recordDigest": str, "outcomes": list}
_REPLAY = {"decisionId": str, "verdict": str}
_POLICY = {"reference": str, "policy": dict}
_ITEM_SET = {"name": str, "version": int}
_CAPACITY = {"resources": [{"resource": str, "total": int, "taken": int}]}
_RECEIPT = {"id": str, "state": str}


class Capacity:
    """What decisions share and use up: how much there is, and reservations of it."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def of(self, resources: Sequence[str]) -> List[CapacityView]:
        """The resources named that there are, by name."""
        path = f"/v1/capacity{_query({'resource': list(resources)})}"
        return self._call("GET", path, _CAPACITY)["resources"]

    def declare(self, totals: Sequence[Mapping[str, Any]]) -> List[CapacityView]:
        """Says how much there is; what is taken stays taken. Takes an administrator's key."""
        body = {"totals": list(totals)}
        return self._call("PUT", "/v1/capacity", _CAPACITY, lambda _: body)["resources"]

    def reserve(self, request: Mapping[str, Any]) -> None:
        """Reserves all or nothing; ``capacity-short`` where there is too little."""
        self._call("POST", "/v1/capacity/reservations", _RECEIPT, lambda _: request)

    def commit(self, id: str) -> None:
        """Keeps a reservation, a decision's too, until it is released."""
        self._call("POST", f"/v1/capacity/reservations/{_part(id)}/commit", _RECEIPT)

    def release(self, id: str) -> bool:
        """Gives a reservation back, a decision's too. False where there is none any more."""
        try:
            self._call("POST", f"/v1/capacity/reservations/{_part(id)}/release", _RECEIPT)
            return True
        except TandemError as error:
            if error.code == "unknown-reservation":
                return False
            raise


class TandemClient:
    """A platform behind HTTP. Threads may share one client; each keeps a connection of its own.

    ``base_url`` may hold a path. ``api_key`` travels as ``Authorization: Bearer``. ``retries`` is
    how often one call may be tried again. ``timeout_ms`` is how long a call without a deadline may
    take, all attempts included.
    """

    def __init__(
        self,
        base_url: str,
        api_key: Optional[str] = None,
        retries: int = 3,
        timeout_ms: float = 30_000,
    ) -> None:
        address = urlsplit(base_url)
        if address.scheme not in ("http", "https") or address.hostname is None:
            raise ValueError(f"base_url: expected an http or https address, got {base_url!r}")
        self._secure = address.scheme == "https"
        self._host = address.hostname
        self._port = address.port
        self._prefix = address.path.rstrip("/")
        self._headers = {} if api_key is None else {"authorization": f"Bearer {api_key}"}
        self._retries = retries
        self._timeout_ms = float(timeout_ms)
        self._local = threading.local()
        self.capacity = Capacity(self._call)

    def __enter__(self) -> "TandemClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the calling thread's connection. The client stays usable."""
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close()

    # Decisions

    def decide(
        self,
        type: str,
        request: Mapping[str, Any],
        deadline_ms: Optional[float] = None,
        idempotency_key: Optional[str] = None,
    ) -> Decided:
        """Asks for a decision: a checked, feasible answer by the deadline, or an error saying why.

        ``deadline_ms`` counts from the call; the lesser of it and the request's own
        ``options.deadlineMs`` holds. ``idempotency_key`` names the request: one decision is made
        under it. A new one is drawn for each call unless given.
        """
        if not isinstance(request, Mapping):
            raise _unsendable("request: expected a mapping")
        if deadline_ms is not None and _milliseconds(deadline_ms) is None:
            raise _unsendable("deadline_ms: expected a finite number from 0")
        own = request.get("options")
        own = dict(own) if isinstance(own, Mapping) else {}
        # A deadline in the request that is none is left for the server to refuse.
        given = (_milliseconds(deadline_ms), _milliseconds(own.get("deadlineMs")))
        deadlines = [one for one in given if one is not None]
        within_ms = min(deadlines) if deadlines else None

        def body(left_ms: float) -> Mapping[str, Any]:
            if within_ms is None:
                return request
            return {**request, "options": {**own, "deadlineMs": math.ceil(left_ms)}}

        headers = {"idempotency-key": idempotency_key or secrets.token_hex(16)}
        path = f"/v1/decisions/{_part(type)}"
        return self._call("POST", path, _DECIDED, body, headers, within_ms)

    def decision(self, id: str) -> DecisionView:
        """A decision with everything kept about it."""
        return self._call("GET", f"/v1/decisions/{_part(id)}", _VIEW)

    def decisions(
        self,
        type: Optional[str] = None,
        policy: Optional[str] = None,
        rung: Optional[str] = None,
        page_size: Optional[int] = None,
    ) -> Iterator[DecisionSummary]:
        """Decisions, newest first; pages are fetched as the iteration reaches them."""
        cursor: Optional[str] = None
        while True:
            wishes = {"type": type, "policy": policy, "rung": rung, "limit": page_size}
            path = "/v1/decisions" + _query({**wishes, "cursor": cursor})
            page = self._call("GET", path, {"items": [_SUMMARY]})
            yield from page["items"]
            cursor = page.get("next")
            if cursor is None:
                return

    def replay(self, id: str) -> ReplayReport:
        """Runs a stored decision again and compares."""
        return self._call("POST", f"/v1/decisions/{_part(id)}/replay", _REPLAY)

    def watch(self, after: Optional[str] = None) -> Generator[LiveEvent, None, None]:
        """Decisions as they are made, or from after the decision ``after`` on, without end.

        A broken connection is opened again after the last decision seen; where the server no longer
        remembers it, an event of kind ``missed`` says to read the list again. Close the generator
        to stop.
        """
        last = after
        refusals = 0
        while True:
            try:
                for event in self._one_stream(last):
                    if event["kind"] == "decision":
                        last = event["decision"]["decisionId"]
                    yield event
            except TandemError as error:
                if not error.retry and error.status not in _GATEWAY:
                    raise
                refusals = refusals + 1 if error.status else 0
            else:
                refusals = 0
            bound_s = min(_COME_BACK_S_MAX * 2.0 ** min(refusals, 9), _BACKOFF_S_MAX)
            time.sleep(random.random() * bound_s)

    # What came of them

    def report_outcomes(self, outcomes: Sequence[Mapping[str, Any]]) -> List[OutcomeReceipt]:
        """Reports what happened after decisions: a receipt for each, in order."""
        form = {"results": [{"outcomeId": str, "result": str}]}
        return self._call("POST", "/v1/outcomes", form, lambda _: list(outcomes))["results"]

    # Policies

    def policies(self) -> List[PolicyView]:
        """All policy versions."""
        return self._call("GET", "/v1/policies", {"items": [_POLICY]})["items"]

    def policy(self, reference: str) -> PolicyView:
        """One policy version, by ``name@version``."""
        return self._call("GET", f"/v1/policies/{_part(reference)}", _POLICY)

    def add_policy(self, policy: Mapping[str, Any]) -> PolicyView:
        """Adds an immutable policy version; the same content again is fine."""
        return self._call("POST", "/v1/policies", _POLICY, lambda _: policy)

    # Items

    def item_set(self, name: str) -> ItemSetReceipt:
        """The newest version of an item set, without its items."""
        return self._call("GET", f"/v1/items/{_part(name)}", _ITEM_SET)

    def put_items(
        self, name: str, items: Sequence[Mapping[str, Any]], type: Optional[str] = None
    ) -> ItemSetReceipt:
        """Registers the next version of an item set; the same content keeps its version."""
        typed = {} if type is None else {"type": type}
        path = f"/v1/items/{_part(name)}"
        return self._call("PUT", path, _ITEM_SET, lambda _: {"items": list(items), **typed})

    def items(self, name: str, ids: Sequence[str], version: Optional[int] = None) -> List[Any]:
        """Registered items by id, in the order asked for; those not there are left out."""
        found: List[Any] = []
        for start in range(0, len(ids), _IDS_PER_LOOK_UP):
            query = _query({"version": version, "id": ids[start : start + _IDS_PER_LOOK_UP]})
            path = f"/v1/items/{_part(name)}/entries{query}"
            found += self._call("GET", path, {"items": list})["items"]
        return found

    # The server itself

    def health(self) -> bool:
        """Whether the process is alive. False if it cannot be reached."""
        return self._answers("/healthz")

    def ready(self) -> bool:
        """Whether decisions are taken. False if it cannot be reached."""
        return self._answers("/readyz")

    # One logical call

    def _answers(self, path: str) -> bool:
        try:
            self._attempt("GET", path, None, {}, _now_ms() + self._timeout_ms)
            return True
        except TandemError:
            return False

    def _call(
        self,
        method: str,
        path: str,
        form: Any,
        body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        within_ms: Optional[float] = None,
    ) -> Any:
        """Attempts until answered in this form; ``body`` makes the JSON to send from what is left of
        the deadline. No attempt begins after the deadline, and the client waits a second longer."""
        began_ms = _now_ms()
        deadline_ms = self._timeout_ms if within_ms is None else within_ms
        timeout_ms = self._timeout_ms if within_ms is None else within_ms + _NETWORK_MS
        attempt = 0
        while True:
            left_ms = max(1.0, deadline_ms - (_now_ms() - began_ms))
            try:
                text = None if body is None else json.dumps(body(left_ms), allow_nan=False)
            except (ValueError, TypeError, RecursionError, OverflowError) as error:
                raise _unsendable(f"{method} {path}: expected JSON to send, got {error}") from error
            try:
                reply = self._attempt(method, path, text, headers or {}, began_ms + timeout_ms)
                return _parsed(reply, form, f"{method} {path}")
            except TandemError as error:
                wait_ms = _wait_before(error, attempt, random.random())
                spent_ms = _now_ms() - began_ms
                over = attempt >= self._retries or deadline_ms - spent_ms - wait_ms < 1
                if over or not _worth_repeating(error):
                    raise
            time.sleep(wait_ms / 1000)
            attempt += 1

    def _attempt(
        self,
        method: str,
        path: str,
        text: Optional[str],
        headers: Mapping[str, str],
        until_ms: float,
    ) -> bytes:
        """Sends once and returns the body of a successful reply."""
        connection = self._connection()
        done = False
        try:
            seconds = _seconds_until(until_ms)
            connection.timeout = seconds
            if connection.sock is not None:
                connection.sock.settimeout(seconds)
            sent = {**self._headers, **headers}
            if text is not None:
                sent["content-type"] = "application/json"
            payload = None if text is None else text.encode("utf-8")
            connection.request(method, self._prefix + path, payload, sent)
            connection.response_class = functools.partial(_TimedReply, until_ms=until_ms)
            reply = connection.getresponse()
            body = reply.read()
            done = not reply.will_close
        except (socket.timeout, TimeoutError) as error:
            what = f"{method} {path}: expected a reply in time, got none"
            raise TandemError("timeout", what) from error
        except (OSError, http.client.HTTPException) as error:
            what = f"{method} {path}: expected a reply, got {error or error.__class__.__name__}"
            raise TandemError("unreachable", what) from error
        except ValueError:
            # Without the cause, whose message may hold the API key.
            raise _unsendable(f"{method} {path}: expected headers HTTP can carry") from None
        finally:
            if not done:
                self.close()
        if 200 <= reply.status < 300:
            return body
        raise _refusal(reply.status, body, reply.getheader("retry-after"))

    def _connection(self) -> http.client.HTTPConnection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._new_connection(self._timeout_ms / 1000)
            self._local.connection = connection
        return connection

    def _new_connection(self, timeout_s: float) -> http.client.HTTPConnection:
        made = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        return made(self._host, self._port, timeout=timeout_s)

    def _one_stream(self, last: Optional[str]) -> Iterator[LiveEvent]:
        connection = self._new_connection(_SILENCE_S_MAX)
        headers = {**self._headers, "accept": "text/event-stream"}
        if last is not None:
            headers["last-event-id"] = last
        try:
            connection.request("GET", f"{self._prefix}/v1/decisions/stream", headers=headers)
            reply = connection.getresponse()
            if reply.status != 200:
                raise _refusal(reply.status, reply.read(), reply.getheader("retry-after"))
            media = reply.getheader("content-type", "").partition(";")[0].strip().lower()
            if media != "text/event-stream":
                raise _strange(f"expected text/event-stream, got {media!r}", 200)
            for event, data in _server_events(iter(reply.readline, b"")):
                if event == "decision":
                    yield {"kind": "decision", "decision": _parsed(data, _SUMMARY, "the stream")}
                elif event == "missed":
                    yield {"kind": "missed"}
        except (OSError, http.client.HTTPException) as error:
            raise TandemError("unreachable", f"the stream broke: {error}") from error
        except UnicodeDecodeError as error:
            raise _strange("the stream: expected UTF-8, got something else") from error
        except ValueError:
            raise _unsendable("watch: expected headers HTTP can carry") from None
        finally:
            connection.close()


def _now_ms() -> float:
    return time.monotonic() * 1000


def _seconds_until(until_ms: float) -> float:
    left = (until_ms - _now_ms()) / 1000
    if left <= 0:
        raise TimeoutError
    return min(left, _SOCKET_S_MAX)


class _TimedReply(http.client.HTTPResponse):
    """A reply of which every byte, headers included, has to be there by ``until_ms``. A socket's
    own timeout begins anew with each byte, so a reply that trickles would never meet it."""

    def __init__(self, sock: socket.socket, *args: Any, until_ms: float, **named: Any) -> None:
        super().__init__(sock, *args, **named)
        self.fp.close()
        self.fp = io.BufferedReader(_TimedReader(sock, until_ms))


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, until_ms: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._until_ms = until_ms

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Optional[int]:
        self._sock.settimeout(_seconds_until(self._until_ms))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _worth_repeating(error: TandemError) -> bool:
    if error.code in ("unreachable", _IN_FLIGHT):
        return True
    return error.status in (429, 503) and error.retry_after_ms is not None


def _wait_before(error: TandemError, attempt: int, uniform: float) -> float:
    """Full jitter (M. Brooker, "Exponential Backoff and Jitter", 2015) after what was asked for."""
    bound_ms = min(_WAIT_MS_MAX, _WAIT_MS_FIRST * 2.0**attempt)
    return (error.retry_after_ms or 0.0) + uniform * bound_ms


def _refusal(status: int, body: bytes, retry_after: Optional[str]) -> TandemError:
    header = retry_after or ""
    whole = header.isascii() and header.isdecimal()
    header_ms = _milliseconds(float(header) * 1000) if whole else None
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("code"), str):
        error = _strange(f"expected problem details, got status {status} with something else")
        error.status, error.retry, error.retry_after_ms = status, header_ms is not None, header_ms
        return error
    told_ms = _milliseconds(told.get("retryAfterMs"))
    flaws, rules, instance = told.get("flaws"), told.get("rules"), told.get("instance")
    return TandemError(
        told["code"],
        f"{told.get('title', '')} {told.get('detail', '')}".strip(),
        status,
        retry=told.get("retry") is True,
        flaws=flaws if isinstance(flaws, list) else (),
        rules=rules if isinstance(rules, list) else (),
        retry_after_ms=header_ms if told_ms is None else told_ms,
        instance=instance if isinstance(instance, str) else "",
    )


def _strange(message: str, status: int = 0) -> TandemError:
    return TandemError("unexpected-reply", message, status, retry=False)


def _unsendable(message: str) -> TandemError:
    return TandemError("invalid-request", message, retry=False)


def _milliseconds(value: Any) -> Optional[float]:
    """A finite number from 0, or None for whatever else stands in its place."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value < 1e15 else None


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _parsed(body: Any, form: Any, what: str) -> Any:
    try:
        value = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _strange(f"{what}: expected JSON, got something else") from error
    if not _fits(value, form):
        raise _strange(f"{what}: expected {form}, got other JSON")
    return value


def _fits(value: Any, form: Any) -> bool:
    if isinstance(form, dict):
        fitting = (name in value and _fits(value[name], one) for name, one in form.items())
        return isinstance(value, dict) and all(fitting)
    if isinstance(form, list):
        return isinstance(value, list) and all(_fits(one, form[0]) for one in value)
    return isinstance(value, form)


def _server_events(lines: Iterable[bytes]) -> Iterator[Tuple[str, str]]:
    """Type and data of each server-sent event (WHATWG HTML, 9.2) in lines that end in a line feed,
    as this API's do."""
    event, data = "message", []
    for raw in lines:
        line = raw.decode("utf-8").rstrip("\r\n")
        if line == "":
            if data:
                yield event, "\n".join(data)
            event, data = "message", []
            continue
        name, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if name == "event":
            event = value
        elif name == "data":
            data.append(value)


def _part(text: str) -> str:
    try:
        return quote(text, safe="")
    except (TypeError, UnicodeError) as error:
        raise _unsendable(f"expected text for an address, got {error}") from error


def _query(parameters: Mapping[str, Any]) -> str:
    given = {name: value for name, value in parameters.items() if value is not None}
    try:
        return f"?{urlencode(given, doseq=True)}" if given else ""
    except (TypeError, UnicodeError) as error:
        raise _unsendable(f"expected text for an address, got {error}") from error
