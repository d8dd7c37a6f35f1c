"""Runs the scenarios of scenarios.json with the Python client: reads them as JSON lines on standard
input, each with the address to call, and prints what came of each as a JSON line."""

import itertools
import json
import operator
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "sdk" / "python"))

from tandem_client import TandemClient, TandemError  # noqa: E402


def resolved(value, results):
    """`{"$": [step, member, ...]}` stands for what an earlier step came to."""
    if isinstance(value, dict) and set(value) == {"$"}:
        first, *path = value["$"]
        found = results[first]["value"]
        for step in path:
            found = found[step]
        return found
    if isinstance(value, dict):
        return {name: resolved(member, results) for name, member in value.items()}
    if isinstance(value, list):
        return [resolved(member, results) for member in value]
    return value


def perform(client, call, given):
    options = given.get("options", {})
    arguments = given.get("arguments", [])
    if call == "watch":
        events = client.watch(**options)
        seen = list(itertools.islice(events, given["count"]))
        events.close()
        return seen
    if call == "decisions":
        return list(itertools.islice(client.decisions(**options), given["count"]))
    return operator.attrgetter(call)(client)(*arguments, **options)


def snake(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def step_of(client, step, results):
    given = resolved(step, results)
    given["options"] = {snake(name): one for name, one in given.get("options", {}).items()}
    try:
        return {"value": perform(client, snake(given["call"]), given)}
    except TandemError as error:
        facts = {"code": error.code, "status": error.status, "retry": error.retry}
        return {"error": {**facts, "flaws": error.flaws, "rules": error.rules}}


for line in sys.stdin:
    scenario = json.loads(line)
    results = []
    settings = {snake(name): one for name, one in scenario.get("client", {}).items()}
    with TandemClient(scenario["baseUrl"], **settings) as client:
        for step in scenario["steps"]:
            results.append(step_of(client, step, results))
    print(json.dumps(results), flush=True)
