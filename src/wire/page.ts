/**
 * Lists come a page at a time, with a cursor instead of an offset, so that rows written meanwhile
 * are neither skipped nor shown twice.
 */
import { z } from "zod";

/**
 * The schema of one page of `item`s; `next` is the cursor of the page after and absent on the last
 * page.
 */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).readonly(),
    next: z.string().optional().meta({ description: "Send it as `cursor` for the page after." }),
  });
}
