/**
 * Capacity on the wire: what decisions share and use up, and reservations of it. A decision that
 * reserves does so under its own id; everybody else chooses an id, so that sending it again changes
 * nothing.
 */
import { z } from "zod";

/** The most resources one request names. */
export const RESOURCES_MAX = 1000;

/** Longer than the longest place of an agent, whose id and channel are encoded. */
const RESOURCE_LENGTH_MAX = 4000;
const UNITS_MAX = 1_000_000_000;
const SECONDS_MAX = 86_400;

/** The name of something shared. */
export const resourceName = storable(RESOURCE_LENGTH_MAX).meta({
  description: "Its name; of a place of an agent `agent/<id>` or `agent/<id>/<channel>`, encoded.",
});

/** The name of a reservation. */
export const reservationId = storable(200).meta({
  description: "Of a decision that reserved: its `decisionId`.",
});

const total = z.strictObject({
  resource: resourceName,
  total: z.int().min(0).max(UNITS_MAX).meta({ description: "How many units there are." }),
});

const draw = z.strictObject({
  resource: resourceName,
  units: z.int().min(1).max(UNITS_MAX),
});

/** What `PUT /v1/capacity` takes. */
export const capacityTotals = z.strictObject({ totals: distinct(total) });

/** What `POST /v1/capacity/reservations` takes. */
export const reservationRequest = z.strictObject({
  id: reservationId.meta({
    description: "Chosen by the caller; the same id again is the same reservation.",
  }),
  draws: distinct(draw).meta({ description: "Reserved all or none." }),
  seconds: z.number().gt(0).max(SECONDS_MAX).meta({
    description: "How long it stays unless committed.",
    "x-unit": "seconds",
  }),
});

/** Resources at one moment: those there are, by name. */
export const capacityList = z.object({
  resources: z
    .array(
      z.object({
        resource: z.string(),
        total: z.int(),
        taken: z.int().meta({ description: "Reserved and not expired, or committed." }),
      }),
    )
    .readonly(),
});

/** What became of a reservation. */
export const reservationReceipt = z.object({
  id: z.string(),
  state: z.enum(["reserved", "committed", "released"]).meta({
    description: "Committed: kept until released. Released: gone.",
  }),
});

/** See {@link capacityList}. */
export type CapacityView = z.infer<typeof capacityList>["resources"][number];
/** See {@link capacityTotals}. */
export type CapacityTotals = z.infer<typeof capacityTotals>;
/** See {@link reservationRequest}. */
export type ReservationRequest = z.infer<typeof reservationRequest>;
/** See {@link reservationReceipt}. */
export type ReservationReceipt = z.infer<typeof reservationReceipt>;

function storable(lengthMax: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(lengthMax)
    .refine(
      (text) => text.isWellFormed() && !text.includes("\0"),
      "expected well-formed text without U+0000",
    );
}

/** At least one, and no resource twice. */
function distinct<Entry extends z.ZodType<{ readonly resource: string }>>(entry: Entry) {
  return z
    .array(entry)
    .min(1)
    .max(RESOURCES_MAX)
    .refine(
      (entries) => new Set(entries.map(({ resource }) => resource)).size === entries.length,
      "expected each resource once, got one again",
    );
}
