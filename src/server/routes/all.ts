/**
 * The list of all routes, in the order of the document.
 */
import type { FrontDesk } from "../front-desk.ts";
import { inferenceRoutes } from "../inference/routes.ts";
import { nothing } from "../intake/request-part.ts";
import { openApiDocument } from "../openapi.ts";
import { type Route, route } from "../route.ts";
import { capacityRoutes } from "./capacity.ts";
import { decisionRoutes } from "./decisions.ts";
import { itemRoutes } from "./items.ts";
import { keyRoutes } from "./keys.ts";
import { liveRoutes } from "./live.ts";
import { operationRoutes } from "./operations.ts";
import { outcomeRoutes } from "./outcomes.ts";
import { policyRoutes } from "./policies.ts";
import { studyRoutes } from "./studies.ts";

/** Every route of the server, the one that serves their document included. */
export function allRoutes(desk: FrontDesk): readonly Route[] {
  const routes: Route[] = [
    ...liveRoutes(desk),
    ...studyRoutes(desk),
    ...decisionRoutes(desk),
    ...outcomeRoutes(desk),
    ...policyRoutes(desk),
    ...itemRoutes(desk),
    ...capacityRoutes(desk),
    ...keyRoutes(desk),
    ...inferenceRoutes(desk),
    ...operationRoutes(desk),
  ];
  let text: string | undefined;
  routes.push(
    route({
      method: "GET",
      path: "/openapi.json",
      operation: "openApi",
      access: "reader",
      tag: "operations",
      summary: "This document",
      always: true,
      takes: nothing,
      replies: { 200: { description: "OpenAPI 3.1, as JSON." } },
      problems: [],
      handle: () => {
        text ??= JSON.stringify(openApiDocument(routes, desk.version));
        return { status: 200, body: text, mediaType: "application/json" };
      },
    }),
  );
  return routes;
}
