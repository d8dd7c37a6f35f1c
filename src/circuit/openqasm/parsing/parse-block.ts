/**
 * Parsing of lists of statements: whole texts, blocks, bodies. After an error the parser goes on
 * with the next statement, so that one run reports as many independent errors as there are.
 */
import type { Statement } from "../syntax.ts";
import type { Cursor } from "./cursor.ts";

/** Statements up to the end of the text. */
export function parseProgram(cursor: Cursor): readonly Statement[] {
  const statements: Statement[] = [];
  while (cursor.peek().kind !== "end") {
    const statement = cursor.recovering(() => cursor.statement());
    if (statement !== undefined) statements.push(statement);
  }
  return statements;
}

/** `{ statements }`; the braces are passed. */
export function parseBlock(cursor: Cursor): readonly Statement[] {
  cursor.expect("{");
  const statements: Statement[] = [];
  while (!cursor.sees("}")) {
    if (cursor.peek().kind === "end") cursor.fail("'}'");
    const statement = cursor.recovering(() => cursor.statement());
    if (statement !== undefined) statements.push(statement);
  }
  cursor.expect("}");
  return statements;
}

/** The body of a control statement: a block or one statement. */
export function parseBody(cursor: Cursor): readonly Statement[] {
  if (cursor.version === 3 && cursor.sees("{")) return parseBlock(cursor);
  return [cursor.statement()];
}
