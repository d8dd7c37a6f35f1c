/**
 * Routes of what decisions share and use up: how much there is, and reservations of it; those that
 * decisions made for themselves, too, under their ids.
 */
import { z } from "zod";
import {
  capacityList,
  capacityTotals,
  RESOURCES_MAX,
  type ReservationReceipt,
  reservationId,
  reservationReceipt,
  reservationRequest,
  resourceName,
} from "#wire";
import type { FrontDesk } from "../front-desk.ts";
import { BODY_BYTES_MAX, nothing, pathPart, queryPart, readAs } from "../intake/request-part.ts";
import { type Route, route } from "../route.ts";

const EXAMPLE = { resource: "stock/22423", total: 12 };

/** `GET|PUT /v1/capacity`, and `/v1/capacity/reservations` with its commit and release. */
export function capacityRoutes(desk: FrontDesk): readonly Route[] {
  return [readRoute(desk), putRoute(desk), reserveRoute(desk), ...endRoutes(desk)];
}

function readRoute(desk: FrontDesk): Route {
  const query = z.strictObject({
    resource: z
      .union([resourceName, z.array(resourceName).max(RESOURCES_MAX)], {
        error: `expected 1 to ${RESOURCES_MAX} resources, each as a parameter of its own`,
      })
      .meta({ description: "A resource's name; may be repeated." }),
  });
  return route({
    method: "GET",
    path: "/v1/capacity",
    operation: "getCapacity",
    access: "reader",
    tag: "capacity",
    summary: "How much there is of shared resources, and how much is taken",
    takes: { ...nothing, query: queryPart(query) },
    replies: { 200: { description: "Those there are, by name.", schema: capacityList } },
    problems: [503],
    handle: async ({ principal, query: { resource } }) => ({
      status: 200,
      body: { resources: await desk.pipeline.capacities(principal, [resource].flat()) },
    }),
  });
}

function putRoute(desk: FrontDesk): Route {
  return route({
    method: "PUT",
    path: "/v1/capacity",
    operation: "putCapacity",
    access: "admin",
    tag: "capacity",
    summary: "Say how much there is of shared resources",
    description:
      "Resources not named keep their totals, and what is taken stays taken. A decision that " +
      "reserves says itself what there is of what it draws on.",
    takes: {
      ...nothing,
      body: {
        schema: capacityTotals,
        examples: { stock: { totals: [EXAMPLE] } },
        bytesMax: BODY_BYTES_MAX,
        read: (raw) => readAs(capacityTotals, raw, ""),
      },
    },
    replies: { 200: { description: "How they stand now.", schema: capacityList } },
    problems: [413, 415, 503],
    handle: async ({ principal, body }) => ({
      status: 200,
      body: { resources: await desk.pipeline.declareCapacity(principal, body.totals) },
    }),
  });
}

function reserveRoute(desk: FrontDesk): Route {
  const { resource } = EXAMPLE;
  const example = { id: "basket-1001", draws: [{ resource, units: 1 }], seconds: 600 };
  return route({
    method: "POST",
    path: "/v1/capacity/reservations",
    operation: "reserveCapacity",
    access: "operator",
    tag: "capacity",
    summary: "Reserve units of shared resources, all or none",
    description:
      "They are free again after `seconds` unless committed. Of a resource there is too little " +
      "of (409), or that nobody has declared, nothing is reserved. The same id again is the same " +
      "reservation, whatever else it says.",
    takes: {
      ...nothing,
      body: {
        schema: reservationRequest,
        examples: { basket: example },
        bytesMax: BODY_BYTES_MAX,
        read: (raw) => readAs(reservationRequest, raw, ""),
      },
    },
    replies: { 200: { description: "Reserved.", schema: reservationReceipt } },
    problems: [409, 413, 415, 503],
    handle: async ({ principal, body }) => {
      await desk.pipeline.reserveCapacity(principal, body);
      return receipt(body.id, "reserved");
    },
  });
}

function endRoutes(desk: FrontDesk): readonly Route[] {
  const facts = {
    method: "POST",
    access: "operator",
    tag: "capacity",
    takes: { ...nothing, path: pathPart(z.object({ id: reservationId })) },
    problems: [404, 503],
  } as const;
  return [
    route({
      ...facts,
      path: "/v1/capacity/reservations/{id}/commit",
      operation: "commitReservation",
      summary: "Keep a reservation until it is released",
      description: "One that a decision made goes by its `decisionId`. Too late is 404.",
      replies: { 200: { description: "Committed, now or before.", schema: reservationReceipt } },
      handle: async ({ principal, path: { id } }) => {
        await desk.pipeline.commitReservation(principal, id);
        return receipt(id, "committed");
      },
    }),
    route({
      ...facts,
      path: "/v1/capacity/reservations/{id}/release",
      operation: "releaseReservation",
      summary: "Give a reservation back, committed or not",
      description:
        "One that a decision made goes by its `decisionId`: release it once what you call free " +
        "leaves out the places it gave. One that is gone already is 404.",
      replies: { 200: { description: "Released.", schema: reservationReceipt } },
      handle: async ({ principal, path: { id } }) => {
        await desk.pipeline.releaseReservation(principal, id);
        return receipt(id, "released");
      },
    }),
  ];
}

function receipt(id: string, state: ReservationReceipt["state"]) {
  return { status: 200, body: { id, state } satisfies ReservationReceipt };
}
