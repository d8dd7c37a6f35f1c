/**
 * Routes for whoever runs the server: is it alive, is it ready, what does it count, what can it do,
 * what does an error mean.
 */
import { Readable } from "node:stream";
import { z } from "zod";
import { Fault, type FaultRow } from "#foundation";
import { serverFaults } from "../faults.ts";
import type { FrontDesk } from "../front-desk.ts";
import { requireReady } from "../intake/readiness.ts";
import { nothing, pathPart } from "../intake/request-part.ts";
import { homePage, problemPage } from "../pages.ts";
import { statusOf } from "../refusal/fault-status.ts";
import { type Route, route } from "../route.ts";
import { staticReply } from "../static-page.ts";

const HTML = "text/html; charset=utf-8";
const state = z.object({ status: z.string() });

/** `/healthz`, `/readyz`, `/metrics`, `/v1/backup`, `/`, `/assets/{file}`, `/problems/{code}`. */
export function operationRoutes(desk: FrontDesk): readonly Route[] {
  return [
    healthRoute(),
    readyRoute(desk),
    metricsRoute(desk),
    backupRoute(desk),
    homeRoute(desk),
    assetRoute(desk),
    problemRoute(desk.faults),
  ];
}

function healthRoute(): Route {
  return route({
    method: "GET",
    path: "/healthz",
    operation: "health",
    access: "public",
    tag: "operations",
    summary: "Whether the process is alive",
    always: true,
    takes: nothing,
    replies: { 200: { description: "Alive.", schema: state } },
    problems: [],
    handle: () => ({ status: 200, body: { status: "alive" } }),
  });
}

function readyRoute(desk: FrontDesk): Route {
  return route({
    method: "GET",
    path: "/readyz",
    operation: "readiness",
    access: "public",
    tag: "operations",
    summary: "Whether decisions can be taken",
    always: true,
    takes: nothing,
    replies: { 200: { description: "Ready.", schema: state } },
    problems: [503],
    handle: async () => {
      await requireReady(desk);
      return { status: 200, body: { status: "ready" } };
    },
  });
}

function metricsRoute({ metrics }: FrontDesk): Route {
  return route({
    method: "GET",
    path: "/metrics",
    operation: "metrics",
    access: "reader",
    tag: "operations",
    summary: "Counters in Prometheus text format",
    always: true,
    takes: nothing,
    replies: { 200: { description: "The counters.", mediaType: "text/plain" } },
    problems: [],
    handle: async () => ({ status: 200, ...(await metrics.text()) }),
  });
}

function backupRoute(desk: FrontDesk): Route {
  return route({
    method: "GET",
    path: "/v1/backup",
    operation: "backup",
    access: "owner",
    tag: "operations",
    summary: "Everything kept, of every tenant, as a file for `tandem restore`",
    description:
      "Decisions go on meanwhile; what was acknowledged before is in it. A file cut short is " +
      "refused by `tandem restore`.",
    endless: true,
    takes: nothing,
    replies: { 200: { description: "The backup.", mediaType: "application/gzip" } },
    problems: [503],
    handle: () => {
      const body = Readable.from(desk.pipeline.backup());
      return { status: 200, body, mediaType: "application/gzip" };
    },
  });
}

function homeRoute({ types, version, page }: FrontDesk): Route {
  const body = homePage(version, types);
  return route({
    method: "GET",
    path: "/",
    operation: "home",
    access: "public",
    tag: "operations",
    summary: "The console",
    always: true,
    takes: nothing,
    replies: { 200: { description: "A page.", mediaType: "text/html" } },
    problems: [],
    handle: () => {
      const built = page("/");
      return built === undefined ? { status: 200, body, mediaType: HTML } : staticReply(built);
    },
  });
}

function assetRoute({ page }: FrontDesk): Route {
  return route({
    method: "GET",
    path: "/assets/{file}",
    operation: "consoleAsset",
    access: "public",
    tag: "operations",
    summary: "A script or style of the console",
    undocumented: true,
    always: true,
    takes: { ...nothing, path: pathPart(z.object({ file: z.string().max(200) })) },
    replies: {},
    problems: [404],
    handle: ({ path }) => {
      const asset = page(`/assets/${path.file}`);
      if (asset === undefined) {
        throw new Fault(serverFaults.routeUnknown, { detail: "the console has no such file" });
      }
      return staticReply(asset);
    },
  });
}

function problemRoute(faults: readonly FaultRow[]): Route {
  const rows = new Map(faults.map((row) => [row.code, row]));
  return route({
    method: "GET",
    path: "/problems/{code}",
    operation: "explainProblem",
    access: "public",
    tag: "operations",
    summary: "What a problem's `type` means and what to do about it",
    always: true,
    takes: { ...nothing, path: pathPart(z.object({ code: z.string().max(80) })) },
    replies: { 200: { description: "A page.", mediaType: "text/html" } },
    problems: [404],
    handle: ({ path }) => {
      const row = rows.get(path.code);
      if (row === undefined) {
        throw new Fault(serverFaults.routeUnknown, { detail: "no problem has this code" });
      }
      return { status: 200, body: problemPage(row, statusOf(row)), mediaType: HTML };
    },
  });
}
