/**
 * Where a subroutine's body goes, as far as its text alone says: conditions are not looked at.
 */
import type { Statement } from "../syntax.ts";

/** Whether no way leads to the end of `statements`: each returns, or ends the program. */
export function mustReturn(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (isExit(statement)) return true;
    const ways = waysThrough(statement);
    return ways.length > 0 && ways.every(mustReturn);
  });
}

/** Whether any way through `statements` returns, or ends the program. */
export function mayReturn(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    const isLoop = statement.kind === "for" || statement.kind === "while";
    const ways = isLoop ? [statement.body] : waysThrough(statement);
    return isExit(statement) || ways.some(mayReturn);
  });
}

function isExit({ kind }: Statement): boolean {
  return kind === "return" || kind === "end";
}

/** The bodies of which one is run; none for other statements, and for loops, which may run none. */
function waysThrough(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === "block") return [statement.body];
  if (statement.kind === "if") return [statement.whenTrue, statement.whenFalse];
  if (statement.kind !== "switch") return [];
  return [...statement.cases.map(({ body }) => body), statement.fallback ?? []];
}
