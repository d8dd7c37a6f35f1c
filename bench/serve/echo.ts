/**
 * The yardstick: a bare Fastify server that checks the very same body against the very same schema
 * and sends it back. What a decision costs beyond this is what deciding costs.
 */
import fastify from "fastify";
import { z } from "zod";
import { catalogue } from "#decisions";
import { present } from "#foundation";

const type = present(catalogue[0], "a decision type");
const body = z.toJSONSchema(type.requestSchema, { io: "input", target: "draft-7" });

// Members such as units are for people; a validator that is strict would stumble over them.
const ajv = { customOptions: { strict: false } };
const app = fastify({ bodyLimit: 4 * 1024 * 1024, ajv });
app.post("/echo", { schema: { body } }, (request, reply) => reply.send(request.body));
app.get("/metrics", () => {
  const { user, system } = process.cpuUsage();
  return `process_cpu_seconds_total ${(user + system) / 1e6}\n`;
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });
process.stdout.write(`${JSON.stringify({ url })}\n`);
