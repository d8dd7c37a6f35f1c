/** Making files and directories durable as they are. */
import fs from "node:fs";
import path from "node:path";

/** Makes every file and directory below `root`, and `root` itself, durable as it is now. */
export function flushTree(root: string): void {
  for (const entry of fs.readdirSync(root, { withFileTypes: true })) {
    const child = path.join(root, entry.name);
    if (entry.isDirectory()) flushTree(child);
    else flushEntry(child);
  }
  flushEntry(root);
}

/** Makes one file's content, or one directory's list of names, durable as it is now. */
export function flushEntry(file: string): void {
  const descriptor = fs.openSync(file, "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
