/**
 * Where the bundled example shop lies; examples/shop/SOURCES.md says what it is.
 */
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../../examples/shop");

/** The files of the example shop, and the period of the demonstration. */
export const BUNDLED_SHOP = Object.freeze({
  lines: join(FOLDER, "lines.csv.gz"),
  products: join(FOLDER, "products.csv.gz"),
  items: join(FOLDER, "items.json.gz"),
  request: join(FOLDER, "request.json"),
  from: "2011-07-01",
  to: "2011-08-31",
});
