/**
 * The texts that large values were read from. What arrives as JSON and is kept as JSON need not be
 * written again in between: to write 6,400 numbers costs more than to decide what they are about.
 * Texts go with their values, which nobody changes.
 */

const textOf = new WeakMap<object, string>();

/** Shorter lists are written as soon as they are looked for. */
const ENTRIES_MIN = 16;

/**
 * Remembers the text of the longest list among the members of `value`, if `text` is compact JSON
 * around it. `value` is what `JSON.parse` makes of `text`, in which no object has a name twice.
 */
export function rememberSource(text: string, value: object): void {
  const members: (readonly [name: string, member: unknown])[] = Object.entries(value);
  let longest = -1;
  let list: readonly unknown[] = [];
  for (const [at, [, member]] of members.entries()) {
    if (!Array.isArray(member) || member.length <= list.length) continue;
    longest = at;
    list = member;
  }
  if (list.length < ENTRIES_MIN || Array.isArray(value)) return;
  // Members are in the order of the text. Where all before and after the list are written as
  // expected, and no name comes twice, what is in between is the list: quotes come in pairs, so
  // neither end can lie in a string, and each part closes what it opens.
  const written = members.map(([name, member], at) => {
    return `${JSON.stringify(name)}:${at === longest ? "[" : remembered(member)}`;
  });
  const head = `{${written.slice(0, longest + 1).join(",")}`;
  const tail = `${["]", ...written.slice(longest + 1)].join(",")}}`;
  if (text.length < head.length + tail.length) return;
  if (!text.startsWith(head) || !text.endsWith(tail)) return;
  textOf.set(list, text.slice(head.length - 1, text.length - tail.length + 1));
}

/** JSON for `value`, with the texts of its members where these are remembered. */
export function writtenJson(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${known(member)}`);
  }
  return `{${members.join(",")}}`;
}

function remembered(member: unknown): string {
  const text = JSON.stringify(member);
  if (typeof member === "object" && member !== null) textOf.set(member, text);
  return text;
}

function known(member: unknown): string {
  const text = typeof member === "object" && member !== null ? textOf.get(member) : undefined;
  return text ?? JSON.stringify(member);
}
