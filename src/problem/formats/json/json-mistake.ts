/**
 * Where a text stops being JSON (RFC 8259). The engine's parser says what is wrong but not always
 * where; this walk is taken only after it has refused.
 */

const BLANKS = /[ \t\n\r]*/y;
const TEXT = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next. */
type Expected = "value" | "first item" | "first key" | "key" | "colon" | "comma";

/** The first place that no JSON text could go on from; the end where the text is cut short. */
export function mistakeIn(text: string): number {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  for (;;) {
    at += lengthAt(BLANKS, text, at);
    const char = text[at];
    const isClosing = char === (open.at(-1) === "{" ? "}" : "]") && open.length > 0;
    if (isClosing && ["first item", "first key", "comma"].includes(expected)) {
      open.pop();
      expected = "comma";
      at += 1;
    } else if (expected === "comma" && char === "," && open.length > 0) {
      expected = open.at(-1) === "{" ? "key" : "value";
      at += 1;
    } else if (expected === "colon" && char === ":") {
      expected = "value";
      at += 1;
    } else if ((expected === "value" || expected === "first item") && isOpening(char)) {
      open.push(char);
      expected = char === "{" ? "first key" : "first item";
      at += 1;
    } else {
      const isKey: boolean = expected === "key" || expected === "first key";
      const isElsewhere = expected === "comma" || expected === "colon";
      const length = char === '"' ? lengthAt(TEXT, text, at) : lengthAt(SCALAR, text, at);
      if (length === 0 || isElsewhere || (isKey && char !== '"')) return at;
      expected = isKey ? "colon" : "comma";
      at += length;
    }
  }
}

function isOpening(char: string | undefined): char is "{" | "[" {
  return char === "{" || char === "[";
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
