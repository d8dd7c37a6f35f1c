/**
 * Payloads: content the sealed records name by digest. A personal one can be erased; its row stays
 * without text, so that the record remains whole and a later copy of the same content does not
 * bring it back.
 */
import type { Kysely } from "kysely";
import type { Store } from "#pipeline";
import type { Tables } from "./schema.ts";

/** The payloads part of a store over `db`. */
export function payloadAccess(db: Kysely<Tables>): Pick<Store, "payload" | "erasePayload"> {
  return {
    payload: async (tenant, digest) => {
      const row = await db
        .selectFrom("payloads")
        .select(["body", "personal"])
        .where("tenant", "=", tenant)
        .where("digest", "=", digest)
        .executeTakeFirst();
      if (row === undefined || row.body === null) return undefined;
      return { digest, text: row.body, personal: row.personal };
    },
    erasePayload: async (tenant, digest) => {
      const { numUpdatedRows } = await db
        .updateTable("payloads")
        .set({ body: null })
        .where("tenant", "=", tenant)
        .where("digest", "=", digest)
        .where("personal", "=", true)
        .where("body", "is not", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
