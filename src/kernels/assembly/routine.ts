/**
 * Functions and modules. A routine is declared by its parameters and by the code it builds from
 * them; an assembled module imports one shared memory, `state.memory`, and exports each routine
 * under its name.
 */
import { type Code, flatten, name, sized, unsigned, vector } from "./encoding.ts";
import { type Local, VALUE_TYPE, type ValueType } from "./instruction.ts";

/** Declares one more local variable of the function under construction. */
export type Declare = (type: ValueType) => Local;

/** A function of a module: what it takes and its code. It returns nothing. */
export interface Routine {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  /** The types of its local variables, in order, without the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** Builds a routine; `build` gets the parameters as locals, and a way to declare more. */
export function routine(
  routineName: string,
  parameters: readonly ValueType[],
  build: (parameters: readonly Local[], declare: Declare) => Code,
): Routine {
  const locals: ValueType[] = [];
  const declare = (type: ValueType): Local => {
    locals.push(type);
    return { index: parameters.length + locals.length - 1, type };
  };
  const given = parameters.map((type, index) => ({ index, type }));
  const body = build(given, declare);
  return { name: routineName, parameters, locals, body };
}

/** The most pages of 64 KiB that a 32-bit memory can have. */
export const PAGES_MAX = 65_536;

/** The binary of a module with these routines; the same bytes for the same routines, always. */
export function assemble(routines: readonly Routine[]): Uint8Array<ArrayBuffer> {
  const type = ({ parameters }: Routine) => [
    0x60,
    vector(parameters.map((one) => VALUE_TYPE[one])),
    vector([]),
  ];
  const memory = [name("state"), name("memory"), 0x02, 0x03, unsigned(1), unsigned(PAGES_MAX)];
  return new Uint8Array(
    flatten([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, vector(routines.map(type))),
      section(2, vector([memory])),
      section(3, vector(routines.map((_, index) => unsigned(index)))),
      section(7, vector(routines.map((one, index) => [name(one.name), 0x00, unsigned(index)]))),
      section(10, vector(routines.map(codeOf))),
    ]),
  );
}

function section(id: number, content: Code): Code {
  return [id, sized(content)];
}

function codeOf({ locals, body }: Routine): Code {
  return sized([vector(locals.map((type) => [unsigned(1), VALUE_TYPE[type]])), body, 0x0b]);
}
