/**
 * Counts in sentences: one thing, several things.
 */

/** `count` with its noun, in the plural unless it is one; `several` where an s does not make it. */
export function counted(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}
