/**
 * A parsed TypeScript file, with the few questions the house rules ask of it. The parser is the one
 * the test runner already brings (Oxc, through Rolldown); positions are turned into lines, imports
 * and exports into flat lists.
 */
import { type ESTree, parseSync, Visitor, type VisitorObject } from "rolldown/utils";

/** A comment; `value` is without its delimiters. */
export interface Comment {
  readonly type: "Line" | "Block";
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** One reference to another file or package. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** The names taken over; `*` is all of them. */
  readonly names: readonly string[];
}

/** One exported name. */
export interface Export {
  readonly name: string;
  readonly start: number;
  readonly kind: "value" | "type";
  /** For `export … from`: where the name comes from and what it is called there. */
  readonly from: { readonly specifier: string; readonly name: string } | undefined;
}

/** A parsed file. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: ESTree.Program;
  readonly comments: readonly Comment[];
  readonly imports: readonly Import[];
  /**
   * Texts that end in `.ts`: how a file is named that is started in a thread or process of its own.
   */
  readonly started: readonly string[];
  readonly exports: readonly Export[];
  /** The line of an offset, from 1. */
  line(offset: number): number;
  visit(visitor: VisitorObject): void;
}

/** @throws Error naming the file and the first mistake when `text` is not TypeScript. */
export function parseSource(path: string, text: string): Source {
  const parsed = parseSync(path.replace(/\.svelte$/, ".ts"), text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0].message}`);
  const { program, comments } = parsed;
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const line = (offset: number): number => {
    let [low, high] = [0, lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (lineStarts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const exports = program.body.flatMap(exportsOf);
  return {
    path,
    text,
    program,
    comments,
    ...referencesOf(program, line),
    exports,
    line,
    visit: (visitor) => new Visitor(visitor).visit(program),
  };
}

/** The text with every comment turned into spaces; offsets and lines stay as they were. */
export function withoutComments(source: Pick<Source, "text" | "comments">): string {
  let bare = "";
  let at = 0;
  for (const { start, end } of source.comments) {
    bare += source.text.slice(at, start) + source.text.slice(start, end).replace(/[^\n]/g, " ");
    at = end;
  }
  return bare + source.text.slice(at);
}

/**
 * The dotted text of a plain member expression or identifier, such as `Date.now`; empty for
 * anything else.
 */
export function dottedName(node: ESTree.Expression | ESTree.Super): string {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") {
    return "";
  }
  const object = dottedName(node.object);
  return object === "" ? "" : `${object}.${node.property.name}`;
}

function referencesOf(
  program: ESTree.Program,
  line: (offset: number) => number,
): Pick<Source, "imports" | "started"> {
  const imports: Import[] = [];
  const started: string[] = [];
  const note = (source: { readonly value: string; readonly start: number }, names: string[]) =>
    imports.push({ specifier: source.value, line: line(source.start), names });
  new Visitor({
    ImportDeclaration: (node) => note(node.source, node.specifiers.map(importedName)),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) {
        note(
          node.source,
          node.specifiers.map((one) => moduleName(one.local)),
        );
      }
    },
    ExportAllDeclaration: (node) => note(node.source, ["*"]),
    TSImportType: (node) => note(node.source, ["*"]),
    ImportExpression: (node) => {
      const { source } = node;
      if (source.type === "Literal" && typeof source.value === "string") {
        note({ value: source.value, start: source.start }, ["*"]);
      }
    },
    Literal: (node) => {
      if (typeof node.value === "string" && node.value.endsWith(".ts")) started.push(node.value);
    },
  }).visit(program);
  return { imports, started };
}

function importedName(specifier: ESTree.ImportDeclarationSpecifier): string {
  if (specifier.type === "ImportSpecifier") return moduleName(specifier.imported);
  return specifier.type === "ImportDefaultSpecifier" ? "default" : "*";
}

function moduleName(name: ESTree.ModuleExportName): string {
  return name.type === "Literal" ? name.value : name.name;
}

function exportsOf(statement: ESTree.Program["body"][number]): Export[] {
  if (statement.type === "ExportDefaultDeclaration") {
    return [{ name: "default", start: statement.start, kind: "value", from: undefined }];
  }
  if (statement.type === "ExportAllDeclaration") {
    const from = { specifier: statement.source.value, name: "*" };
    return [{ name: "*", start: statement.start, kind: "value", from }];
  }
  if (statement.type !== "ExportNamedDeclaration") return [];
  const { start, source, exportKind } = statement;
  const named = statement.specifiers.map((one): Export => {
    const isType = exportKind === "type" || one.exportKind === "type";
    return {
      name: moduleName(one.exported),
      start: one.start,
      kind: isType ? "type" : "value",
      from: source === null ? undefined : { specifier: source.value, name: moduleName(one.local) },
    };
  });
  const declared = statement.declaration === null ? [] : declaredNames(statement.declaration);
  return [...named, ...declared.map((one) => ({ ...one, start, from: undefined }))];
}

function declaredNames(declaration: ESTree.Declaration): Pick<Export, "name" | "kind">[] {
  switch (declaration.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) =>
        id.type === "Identifier" ? [{ name: id.name, kind: "value" }] : [],
      );
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return [{ name: declaration.id.name, kind: "type" }];
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
    case "TSDeclareFunction":
      return declaration.id === null ? [] : [{ name: declaration.id.name, kind: "value" }];
    default:
      return [];
  }
}
