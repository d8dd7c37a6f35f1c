"""Speaks to a running server with NVIDIA's own client, where that is installed:

    python3 test/inference/tritonclient_check.py 127.0.0.1:7070

Prints a line per check and exits with 1 if one fails. The client is no part of this project."""

import asyncio
import json
import sys

import numpy
import tritonclient.http
import tritonclient.http.aio
from tritonclient.utils import InferenceServerException

REQUEST = {
    "candidates": [
        {"id": "a", "score": 0.3, "group": ["x"]},
        {"id": "b", "score": 0.2, "group": ["x"]},
        {"id": "ç", "score": 0.1, "group": ["y"]},
    ],
    "k": 2,
    "rules": {"maxPerGroup": {"x": 1}},
    "options": {"deadlineMs": 1000},
}
TEXT = json.dumps(REQUEST)
OTHER = json.dumps({**REQUEST, "k": 1}, ensure_ascii=False)

failed = 0


def check(what, holds):
    global failed
    failed += not holds
    print("ok  " if holds else "FAIL", what)


def tensor(texts, shape, binary=True):
    array = numpy.array(texts, dtype=object).reshape(shape)
    made = tritonclient.http.InferInput("decision_request", list(shape), "BYTES")
    made.set_data_from_numpy(array, binary_data=binary)
    return made


def check_metadata(client):
    check("live and ready", client.is_server_live() and client.is_server_ready())
    for version in ("", "1", "homepage@1"):
        check(f"model ready, version {version!r}", client.is_model_ready("ranking", version))
    check("another model is not", not client.is_model_ready("nowhere"))
    extensions = client.get_server_metadata()["extensions"]
    check("extensions", "binary_tensor_data" in extensions)
    index = client.get_model_repository_index()
    check("index", index[0]["name"] == "ranking" and index[0]["state"] == "READY")


def check_decisions(client):
    for binary in (True, False):
        for shape, texts in (
            ((1,), [TEXT]),
            ((1, 1), [TEXT]),
            ((2,), [TEXT, OTHER]),
            ((2, 1), [TEXT, OTHER]),
            ((1, 2), [TEXT, OTHER]),
        ):
            result = client.infer("ranking", [tensor(texts, shape, binary)])
            objective = result.as_numpy("objective")
            ids = result.as_numpy("item_ids")[0].tolist()
            kinds = [result.as_numpy(name).dtype for name in ("deadline_met", "item_count")]
            holds = objective.shape == shape and objective.dtype == numpy.float64
            holds = holds and ids == [b"a", "ç".encode()]
            check(f"shape {shape}, binary {binary}", holds and kinds == [numpy.bool_, numpy.int64])
    wanted = [
        tritonclient.http.InferRequestedOutput("rung"),
        tritonclient.http.InferRequestedOutput("gap", binary_data=False),
    ]
    result = client.infer(
        "ranking", [tensor([TEXT], (1,))], "1", wanted, request_id="q", timeout=500_000, priority=1
    )
    head = result.get_response()
    check("id, version", (head["id"], head["model_version"]) == ("q", "homepage@1"))
    check("outputs asked for alone", result.as_numpy("objective") is None)
    later = client.async_infer("ranking", [tensor([TEXT], (1,))])
    check("asynchronously", later.get_result().as_numpy("rung") is not None)


def check_refusals(client):
    def ask(texts=(TEXT,), **options):
        return lambda: client.infer("ranking", [tensor(list(texts), (len(texts),))], **options)

    classes = [tritonclient.http.InferRequestedOutput("gap", class_count=2)]
    for what, attempt in (
        ("another model", lambda: client.get_model_metadata("nowhere")),
        ("a flawed request", ask(["{}"])),
        ("a timeout of 5 us", ask(timeout=5)),
        ("a sequence", ask(sequence_id=3, sequence_start=True)),
        ("classes", ask(outputs=classes)),
        ("a compressed body", ask(request_compression_algorithm="gzip")),
        ("loading", lambda: client.load_model("ranking")),
        ("statistics", lambda: client.get_inference_statistics("ranking")),
    ):
        try:
            attempt()
            check(f"refuses {what}", False)
        except InferenceServerException as error:
            # What the client cannot read it reports as a failure to decode.
            readable = "decoding" not in error.message() and error.status() != "200"
            check(f"refuses {what}: {error.status()}", readable)


async def check_asyncio(url):
    async with tritonclient.http.aio.InferenceServerClient(url) as client:
        for binary in (True, False):
            result = await client.infer("ranking", [tensor([TEXT], (1,), binary)])
            check(f"asyncio, binary {binary}", result.as_numpy("item_ids")[0, 0] in (b"a", "a"))


with tritonclient.http.InferenceServerClient(sys.argv[1]) as triton:
    check_metadata(triton)
    check_decisions(triton)
    check_refusals(triton)
asyncio.run(check_asyncio(sys.argv[1]))
sys.exit(1 if failed else 0)
