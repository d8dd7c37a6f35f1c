/**
 * Where in a JSON text a value is: a walk over text that is known to be JSON, used only to say
 * where a mistake is.
 */

/** Where the value at `path` begins, or the innermost part of the path that exists. */
export function placeOf(text: string, path: readonly (string | number)[]): number {
  let at = afterBlanks(text, 0);
  for (const step of path) {
    const found = childOf(text, at, step);
    if (found === undefined) return at;
    at = found;
  }
  return at;
}

/** Where the member or item `step` of the container at `at` begins. */
function childOf(text: string, at: number, step: string | number): number | undefined {
  const isObject = text[at] === "{";
  let index = 0;
  let next = afterBlanks(text, at + 1);
  while (next < text.length && text[next] !== "}" && text[next] !== "]") {
    let key: unknown = index;
    if (isObject) {
      const end = endOf(text, next);
      key = JSON.parse(text.slice(next, end));
      next = afterBlanks(text, afterBlanks(text, end) + 1);
    }
    if (key === step) return next;
    next = afterBlanks(text, endOf(text, next));
    if (text[next] === ",") next = afterBlanks(text, next + 1);
    index += 1;
  }
  return undefined;
}

/** Where the value that begins at `at` ends. */
function endOf(text: string, at: number): number {
  let depth = 0;
  let end = at;
  do {
    const char = text[end];
    if (char === '"') {
      end += 1;
      while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
      end += 1;
    } else if (char === "{" || char === "[" || char === "}" || char === "]") {
      depth += char === "{" || char === "[" ? 1 : -1;
      end += 1;
    } else if (depth === 0) {
      while (end < text.length && !/[\s,\]}]/.test(text[end])) end += 1;
    } else {
      end += 1;
    }
  } while (depth > 0 && end < text.length);
  return end;
}

function afterBlanks(text: string, at: number): number {
  let next = at;
  while (/\s/.test(text[next] ?? "")) next += 1;
  return next;
}
