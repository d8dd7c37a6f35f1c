/**
 * The scalars several envelopes share: identifiers, instants, money.
 */
import { z } from "zod";

/**
 * A UUID in its canonical lower-case form; decisions carry version 7, which sorts by time (RFC
 * 9562).
 */
export const uuid = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    "expected a UUID in lower case",
  )
  .meta({ format: "uuid", description: "UUID, lower case." });

/** A UTC instant as RFC 3339 text with a zone, e.g. `2011-07-01T09:30:00.000Z`. */
export const instant = z.iso
  .datetime({ offset: true, message: "expected an RFC 3339 instant, e.g. 2011-07-01T09:30:00Z" })
  .meta({ description: "RFC 3339 instant with zone." });

/** An amount in integer minor units (pence, cents) with its ISO 4217 currency. */
export const money = z
  .strictObject({
    minor: z.int().meta({ description: "Integer count of the currency's smallest unit." }),
    currency: z.string().regex(/^[A-Z]{3}$/, "expected an ISO 4217 code, e.g. GBP"),
  })
  .meta({ description: "Money: integer minor units and ISO 4217 currency." });
