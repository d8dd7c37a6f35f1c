/**
 * The Open Inference Protocol as its clients speak it: requests shaped like those of tritonclient
 * (binary by default), KServe's REST client and MLServer's codecs, each trap a row, against the
 * platform as it is shipped. Replies are read the way tritonclient reads them.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "#foundation";
import { inferenceError, inferenceResponse, modelMetadata, serverMetadata } from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call } from "../http/client.ts";
import { PATIENT, REQUEST } from "../http/patient.ts";
import { type Inferred, inferredIn, sendInference } from "./inference-client.ts";

/** Its last candidate takes two bytes. */
const DECISION = {
  ...REQUEST,
  candidates: [...REQUEST.candidates.slice(0, 2), { id: "ç", score: 0.1, group: ["y"] }],
};
const OTHER = { ...DECISION, k: 1 };
const TEXT = JSON.stringify(DECISION);
const TWO = [TEXT, JSON.stringify(OTHER)];
const INFER = "/v2/models/ranking/infer";

const OUTPUTS = [
  ...["decision", "item_ids", "item_count", "decision_id", "policy", "rung", "status"],
  ...["objective", "bound", "bound_known", "gap", "deadline_met", "deadline_ms", "total_ms"],
];

let platform: ServedPlatform;

beforeAll(async () => {
  platform = await assembleServer({
    storage: { kind: "memory" },
    host: "127.0.0.1",
    port: 0,
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  expect((await call(platform.url, "POST", "/v1/policies", PATIENT)).status).toBe(201);
});
afterAll(() => platform.stop());

const input = (shape: number[], data: unknown, more = {}) => ({
  ...{ name: "decision_request", shape, datatype: "BYTES", data },
  ...more,
});

async function infer(body: unknown, where = INFER, headers = {}): Promise<Inferred> {
  return inferredIn(await sendInference(platform.url, where, body, headers));
}

/** The sentence of a refusal, in the one form clients read. */
async function refused(where: string, body: unknown, status: number, headers = {}) {
  const reply = await sendInference(platform.url, where, body, headers);
  expect(reply.headers.get("content-type")).toContain("application/json");
  const { error } = inferenceError.parse(JSON.parse(Buffer.from(reply.bytes).toString()));
  expect([reply.status, error]).toEqual([status, error]);
  return error;
}

/** BYTES elements as tritonclient serialises them. */
function elements(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** A request with its input in bytes, and the header that says where they begin. */
function binary(texts: readonly string[], more: object = {}, change: object = {}) {
  const raw = elements(texts);
  const parameters = { binary_data_size: raw.length };
  const tensor = { name: "decision_request", shape: [texts.length], datatype: "BYTES", parameters };
  const json = Buffer.from(JSON.stringify({ inputs: [{ ...tensor, ...change }], ...more }));
  const headers = { "inference-header-content-length": String(json.length) };
  return { body: Buffer.concat([json, raw]), headers };
}

describe("metadata and health", () => {
  const get = async (where: string) => (await call(platform.url, "GET", where)).json;

  test("the server", async () => {
    const { name, extensions } = serverMetadata.parse(await get("/v2"));
    expect([name, extensions]).toEqual(["tandem", expect.arrayContaining(["binary_tensor_data"])]);
    expect(await get("/v2/health/live")).toEqual({ live: true });
    // The specification's text says `live`, KServe's client reads `ready`.
    expect(await get("/v2/health/ready")).toEqual({ live: true, ready: true });
  });

  test.each(["", "/versions/patient@1", "/versions/patient%401", "/versions/1"])(
    "a model, asked for with %j",
    async (part) => {
      const model = modelMetadata.parse(await get(`/v2/models/ranking${part}`));
      expect(model.name).toBe("ranking");
      expect(model.versions).toEqual(["homepage@1", "patient@1"]);
      expect(model.inputs).toEqual([{ name: "decision_request", datatype: "BYTES", shape: [-1] }]);
      expect(model.outputs.map(({ name }) => name)).toEqual(OUTPUTS);
      const ready = { name: "ranking", ready: true };
      expect(await get(`/v2/models/ranking${part}/ready`)).toEqual(ready);
    },
  );

  test("the repository index, with and without a body", async () => {
    for (const body of [undefined, {}, { ready: true }]) {
      const { json } = await call(platform.url, "POST", "/v2/repository/index", body);
      expect(json).toEqual(
        [
          ["ranking", "homepage@1"],
          ["ranking", "patient@1"],
          ["routing", "contact-centre@1"],
        ].map(([name, version]) => ({ name, version, state: "READY", reason: "" })),
      );
    }
  });

  test.each([
    ["GET", "/v2/models/divination", 404, "expected one of ranking"],
    ["GET", "/v2/models/divination/ready", 404, "unknown-decision-type"],
    ["GET", "/v2/models/ranking/versions/patient@9", 404, "homepage@1, patient@1"],
    ["GET", "/v2/models/ranking/versions/9/ready", 404, "homepage@9"],
    ["GET", "/v2/models/ranking/config", 404, "route-unknown"],
    ["GET", "/v2/nowhere?x=1", 404, "route-unknown"],
    ["GET", INFER, 405, "expected POST"],
    ["POST", "/v2", 405, "expected GET"],
    ["POST", "/v2/repository/models/ranking/load", 404, "route-unknown"],
  ])("refuses in its own form: %s %s", async (method, where, status, words) => {
    const got = await call(platform.url, method, where);
    expect(got.headers.get("content-type")).toContain("application/json");
    expect(inferenceError.parse(got.json).error).toContain(words);
    expect(got.status).toBe(status);
  });

  test("and nowhere else", async () => {
    const got = await call(platform.url, "GET", "/v20");
    expect(got.headers.get("content-type")).toContain("problem+json");
  });
});

describe("a decision", () => {
  test("comes with figures of exact type and shape; the id is echoed", async () => {
    const got = await infer({ id: "r-1", inputs: [input([1], [TEXT])] });
    expect(got.head).toMatchObject({
      ...{ id: "r-1", model_name: "ranking", model_version: "patient@1" },
    });
    expect([...got.outputs.keys()]).toEqual(OUTPUTS);
    const reply = JSON.parse(String(got.values("decision")[0]));
    const { decisionId, quality, timing } = reply;
    const read = (name: string) => {
      const { datatype, shape } = present(got.outputs.get(name), name);
      return [datatype, shape, got.values(name)];
    };
    expect(read("item_ids")).toEqual(["BYTES", [1, 2], ["a", "ç"]]);
    expect(read("item_count")).toEqual(["INT64", [1], [2]]);
    expect(read("decision_id")).toEqual(["BYTES", [1], [decisionId]]);
    expect(read("objective")).toEqual(["FP64", [1], [quality.objective]]);
    expect(read("bound")).toEqual(["FP64", [1], [quality.bound]]);
    expect(read("bound_known")).toEqual(["BOOL", [1], [true]]);
    expect(read("gap")).toEqual(["FP64", [1], [quality.gap]]);
    expect(read("deadline_met")).toEqual(["BOOL", [1], [true]]);
    expect(read("deadline_ms")).toEqual(["FP64", [1], [20_000]]);
    expect(read("total_ms")).toEqual(["FP64", [1], [timing.totalMs]]);
    const kept = await call(platform.url, "GET", `/v1/decisions/${decisionId}`);
    expect(kept.json).toMatchObject({ reply });
  });

  test.each([
    ["KServe: flat", [1], [TEXT]],
    ["MLServer's string codec: a column", [1, 1], [TEXT]],
    ["nested to the shape", [1, 1], [[TEXT]]],
    ["a list per row, though the shape is flat", [1], [[TEXT]]],
    ["two, flat", [2], TWO],
    ["two, a list per row", [2], TWO.map((text) => [text])],
    ["two, nested to a column", [2, 1], TWO.map((text) => [text])],
    ["two, nested to a row", [1, 2], [TWO]],
    ["none", [0], []],
    ["none, nested", [0, 1], [[]]],
  ])("BYTES nested as clients do: %s", async (_remark, shape, data) => {
    const got = await infer({ inputs: [input(shape, data)] });
    const count = shape.reduce((product, dimension) => product * dimension, 1);
    expect(got.outputs.get("objective")).toMatchObject({ shape, datatype: "FP64" });
    expect(got.values("decision")).toHaveLength(count);
    const ids = ["a", "ç", "a", ""].slice(0, count * 2);
    expect(got.values("item_ids")).toEqual(ids);
    expect(got.outputs.get("item_ids")?.shape).toEqual([count, count === 0 ? 0 : 2]);
    expect(got.values("item_count")).toEqual([2, 1].slice(0, count));
  });

  test.each([
    [
      "tritonclient's default: bytes in, bytes out",
      binary([TEXT], { parameters: { binary_data_output: true } }),
      true,
    ],
    ["bytes in, JSON out", binary([TEXT]), false],
    [
      "two of them, one with letters beyond ASCII",
      binary(TWO, { parameters: { binary_data_output: true } }),
      true,
    ],
    ["none of them", binary([], { parameters: { binary_data_output: true } }), true],
  ])("binary tensors: %s", async (_remark, { body, headers }, isBinary) => {
    const got = await infer(body, INFER, headers);
    const count = present(got.outputs.get("objective"), "objective").shape[0];
    expect(got.isBinary).toBe(isBinary);
    expect(got.values("item_count")).toEqual([2, 1].slice(0, count));
    expect(got.values("deadline_met")).toEqual([true, true].slice(0, count));
    const replies = got.values("decision").map((text) => JSON.parse(String(text)));
    expect(got.values("objective")).toEqual(replies.map((one) => one.quality.objective));
    expect(got.values("item_ids").slice(0, 2)).toEqual(["a", "ç"].slice(0, count * 2));
  });

  test("outputs asked for are those given, in that order, each in its own form", async () => {
    const outputs = [
      { name: "rung", parameters: { binary_data: true, classification: 0 } },
      { name: "objective", parameters: { binary_data: false } },
      { name: "item_count" },
    ];
    const got = await infer({
      ...{ inputs: [input([1], [TEXT])], outputs, parameters: { binary_data_output: true } },
    });
    expect([...got.outputs.keys()]).toEqual(["rung", "objective", "item_count"]);
    const sizes = [...got.outputs.values()].map((one) => one.parameters?.binary_data_size);
    expect(sizes).toEqual([4 + "proved".length, undefined, 8]);
    expect(got.values("rung")).toEqual(["proved"]);
    expect(got.values("item_count")).toEqual([2]);
  });

  test.each([
    ["no media type at all", { "content-type": "" }],
    ["aiohttp's", { "content-type": "application/octet-stream" }],
    ["JSON's", { "content-type": "Application/JSON; charset=utf-8" }],
  ])("whichever of its media types the client names: %s", async (_remark, headers) => {
    const body = Buffer.from(JSON.stringify({ inputs: [input([1], [TEXT])] }));
    expect((await infer(body, INFER, headers)).values("rung")).toEqual(["proved"]);
  });

  test.each([
    ["members nobody knows", { inputs: [input([1], [TEXT])], colour: "red" }],
    [
      "MLServer's content type",
      { inputs: [input([1], [TEXT], { parameters: { content_type: "str" } })] },
    ],
    [
      "a priority, and another's parameter",
      { parameters: { priority: 1, other: "x" }, inputs: [input([1], [TEXT])] },
    ],
    [
      "sequence 0, which is none",
      { parameters: { sequence_id: 0, sequence_start: false }, inputs: [input([1], [TEXT])] },
    ],
    ["an empty list of outputs", { inputs: [input([1], [TEXT])], outputs: [] }],
  ])("passes over %s", async (_remark, body) => {
    expect((await infer(body)).values("rung")).toEqual(["proved"]);
  });
});

describe("versions are policy versions", () => {
  const plain = { ...DECISION, options: { seed: 7 } };
  const body = { inputs: [input([1], [JSON.stringify(plain)])] };

  test.each([
    ["patient@1", "patient@1"],
    ["patient%401", "patient@1"],
    ["1", "homepage@1"],
  ])("%s decides by %s", async (version, policy) => {
    const where = `/v2/models/ranking/versions/${version}/infer`;
    const timeout = { parameters: { timeout: 1_000_000 } };
    const got = await infer({ ...body, ...timeout }, where);
    expect(got.head.model_version).toBe(policy);
    expect(got.values("policy")).toEqual([policy]);
  });

  test("a batch under several policies names none; one that is not there is refused", async () => {
    const data = [TEXT, JSON.stringify({ ...plain, options: { deadlineMs: 1000 } })];
    const { head, values } = await infer({ inputs: [input([2], data)] });
    expect([head.model_version, values("policy")]).toEqual([
      undefined,
      ["patient@1", "homepage@1"],
    ]);
    const nowhere = "/v2/models/ranking/versions/patient@7/infer";
    expect(await refused(nowhere, body, 404)).toContain("unknown-policy");
    const clash = "/v2/models/ranking/versions/homepage@1/infer";
    const own = { inputs: [input([1], [TEXT])] };
    expect(await refused(clash, own, 400)).toContain("expected none beside version homepage@1");
  });
});

describe("timeout, in microseconds, is the deadline", () => {
  test.each([
    ["five seconds", 5_000_000, {}, 5000],
    ["cut to whole milliseconds", 5_000_999, {}, 5000],
    ["none", 0, {}, 20_000],
    ["the lesser of two", 9_000_000, { deadlineMs: 8000 }, 8000],
    ["the lesser of two, the other way", 8_000_000, { deadlineMs: 9000 }, 8000],
    ["longer than the policy allows: the policy's own", 3_600_000_000, {}, 20_000],
    ["longer than any policy allows", 7_200_000_000, {}, 20_000],
    ["beyond whole numbers", 2 ** 53, {}, 20_000],
    ["beyond 64 bits", 2 ** 64, {}, 20_000],
    ["as digits", "5000000", {}, 5000],
    ["none, as a digit", "0", {}, 20_000],
  ])("%s", async (_remark, timeout, own, deadlineMs) => {
    const text = JSON.stringify({ ...DECISION, options: { ...DECISION.options, ...own } });
    const got = await infer({ parameters: { timeout }, inputs: [input([1], [text])] });
    expect(got.values("deadline_ms")).toEqual([deadlineMs]);
  });
});

describe("repeats", () => {
  test.each([
    ["by header", { "idempotency-key": "inference-1" }, {}],
    ["by parameter", {}, { parameters: { "tandem.idempotency_key": "inference-2" } }],
  ])("decide once: %s", async (_remark, headers, more) => {
    const body = { ...more, inputs: [input([2], TWO)] };
    const first = await infer(body, INFER, headers);
    const again = await infer(body, INFER, headers);
    const replies = ({ values }: Inferred) => values("decision").map((one) => JSON.parse(`${one}`));
    expect(replies(again)).toEqual(replies(first));
    expect(new Set(first.values("decision_id")).size).toBe(2);
  });
});

describe("refusals: never 200, never problem details", () => {
  const good = [input([1], [TEXT])];
  const rest = binary([TEXT]);
  const short = binary([TEXT], {}, { parameters: { binary_data_size: 3 } });
  const both = binary([TEXT], {}, { data: [TEXT] });
  const untold = binary([TEXT], {}, { parameters: {} });
  const lying = { ...rest, body: Buffer.from(rest.body) };
  lying.body.writeUInt32LE(0xffff_ffff, Number(rest.headers["inference-header-content-length"]));

  type Headers = Readonly<Record<string, string>>;
  const rows: readonly (readonly [string, unknown, number, string, Headers?])[] = [
    ["no body", "", 400, "request-shape-invalid"],
    ["not JSON", "{", 400, "json-malformed"],
    ["a name twice", '{"inputs":[],"inputs":[]}', 400, "json-malformed"],
    ["nested without end", "[".repeat(100_000), 400, "json-malformed"],
    ["no inputs", {}, 400, "/inputs"],
    ["empty inputs", { inputs: [] }, 400, "/inputs"],
    ["another input", { inputs: [{ ...good[0], name: "x" }] }, 400, 'got "x"'],
    ["the input twice", { inputs: [...good, ...good] }, 400, "got it 2 times"],
    ["another datatype", { inputs: [{ ...good[0], datatype: "FP32" }] }, 400, 'got "FP32"'],
    [
      "fewer than the shape",
      { inputs: [input([2], [TEXT])] },
      400,
      "expected 2 for shape [2], got 1",
    ],
    ["more than the shape", { inputs: [input([1], TWO)] }, 400, "got 2"],
    ["a shape without dimensions", { inputs: [input([], [TEXT])] }, 400, "/inputs/0/shape"],
    ["a negative dimension", { inputs: [input([-1], [TEXT])] }, 400, "/inputs/0/shape/0"],
    ["too many", { inputs: [input([65], Array(65).fill(TEXT))] }, 400, "at most 64 decisions"],
    [
      "no data",
      { inputs: [{ name: "decision_request", shape: [1], datatype: "BYTES" }] },
      400,
      "got none",
    ],
    ["an object for a text", { inputs: [input([1], [DECISION])] }, 400, "got object"],
    [
      "a structured parameter",
      { inputs: good, parameters: { tandem: {} } },
      400,
      "/parameters/tandem",
    ],
    [
      "an unknown parameter of ours",
      { inputs: good, parameters: { "tandem.speed": 1 } },
      400,
      "tandem.speed",
    ],
    ["a sequence", { inputs: good, parameters: { sequence_id: 7 } }, 400, "stands alone"],
    [
      "a timeout below a millisecond",
      { inputs: good, parameters: { timeout: 50 } },
      400,
      "1000 microseconds",
    ],
    [
      "a timeout in words",
      { inputs: good, parameters: { timeout: "1s" } },
      400,
      'a whole number of at least 1000 microseconds, got "1s"',
    ],
    ["no time at all, as a text", { inputs: good, parameters: { timeout: "" } }, 400, 'got ""'],
    ["a numeric id", { id: 7, inputs: good }, 400, "/id"],
    [
      "an output there is not",
      { inputs: good, outputs: [{ name: "scores" }] },
      400,
      "expected one of decision",
    ],
    [
      "an output twice",
      { inputs: good, outputs: [{ name: "gap" }, { name: "gap" }] },
      400,
      "got it again",
    ],
    [
      "classes",
      { inputs: good, outputs: [{ name: "gap", parameters: { classification: 3 } }] },
      400,
      "probabilities",
    ],
    ["a text that is no JSON", { inputs: [input([2], [TEXT, "x"])] }, 400, "decision_request 1"],
    ["a flawed decision request", { inputs: [input([1], ['{"k":-1}'])] }, 400, "/candidates"],
    [
      "rules that clash",
      { inputs: [input([1], [JSON.stringify({ ...DECISION, rules: { minPerGroup: { x: 3 } } })])] },
      422,
      "contradiction",
    ],
    [
      "a policy there is not",
      { inputs: [input([1], [JSON.stringify({ ...DECISION, options: { policy: "x@1" } })])] },
      404,
      "unknown-policy",
    ],
    ["too large", Buffer.alloc(5_000_000, " "), 413, "body-too-large"],
    ["bytes not announced", untold.body, 400, "binary_data_size", untold.headers],
    ["bytes and data", both.body, 400, "expected none beside", both.headers],
    ["another size of bytes", short.body, 400, "the bytes after the JSON, got 3", short.headers],
    ["lengths that do not add up", lying.body, 400, "with their lengths", rest.headers],
    ["bytes without the header", rest.body, 400, "json-malformed"],
    [
      "a header beyond the body",
      rest.body,
      400,
      "expected a length of at most",
      { "inference-header-content-length": "99999999" },
    ],
    [
      "a header that is no number",
      rest.body,
      400,
      "got x",
      { "inference-header-content-length": "x" },
    ],
    ...["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"].map(
      (type) =>
        [
          type,
          { inputs: good },
          415,
          `got ${type.split(";")[0]} `,
          { "content-type": type },
        ] as const,
    ),
    ["a compressed body", { inputs: good }, 415, "got gzip", { "content-encoding": "gzip" }],
    [
      "another site",
      { inputs: good },
      403,
      "origin-refused",
      { origin: "http://elsewhere.example" },
    ],
    [
      "a key too long",
      { inputs: good },
      400,
      "visible ASCII",
      { "idempotency-key": "x".repeat(251) },
    ],
  ];
  test.each(rows.map((row) => [row[0], row] as const))("%s", async (_remark, row) => {
    const [, body, status, words, headers = {}] = row;
    const text = typeof body === "string" ? Buffer.from(body) : body;
    expect(await refused(INFER, text, status, headers)).toContain(words);
  });

  test("a model there is not", async () => {
    const where = "/v2/models/divination/infer";
    expect(await refused(where, { inputs: good }, 404)).toContain("expected one of ranking");
  });
});

test("the documented schema is the reply's", async () => {
  const reply = await sendInference(platform.url, INFER, { inputs: [input([1], [TEXT])] });
  inferenceResponse.parse(JSON.parse(Buffer.from(reply.bytes).toString()));
});
