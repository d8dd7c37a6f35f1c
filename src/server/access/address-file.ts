/**
 * The address of the server that holds a data directory, in a file beside the data, for commands
 * that would otherwise only find the directory locked.
 */
import fs from "node:fs";
import path from "node:path";

const ADDRESS_FILE = "server-address";

/** The address of the server that holds a data directory, if one has said so. */
export function serverHolding(directory: string): string | undefined {
  const file = path.join(directory, ADDRESS_FILE);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : undefined;
}

/** Says that the server at `url` holds the directory. */
export function announceServer(directory: string, url: string): void {
  fs.writeFileSync(path.join(directory, ADDRESS_FILE), `${callable(url)}\n`);
}

/** Takes that back, unless another server has said so since. */
export function withdrawServer(directory: string, url: string): void {
  if (serverHolding(directory) !== callable(url)) return;
  fs.rmSync(path.join(directory, ADDRESS_FILE), { force: true });
}

/** The address that means "every interface" is none to call. */
function callable(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}
