/**
 * Lines beside plain lists: members join at the end and leave from anywhere.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Lines } from "./lines.ts";

const MEMBERS = 12;
const LINES = 3;

function inOrder(lines: Lines, line: number): number[] {
  const order: number[] = [];
  for (let at = lines.first(line); at >= 0; at = lines.next(at)) order.push(at);
  return order;
}

test("lines keep the order in which members joined", () => {
  const step = fc.record({
    member: fc.nat({ max: MEMBERS - 1 }),
    line: fc.nat({ max: LINES - 1 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const lines = new Lines(LINES, MEMBERS);
      const model: number[][] = Array.from({ length: LINES }, () => []);
      for (const { member, line } of steps) {
        const standsIn = model.findIndex((one) => one.includes(member));
        expect(lines.has(member)).toBe(standsIn >= 0);
        if (standsIn >= 0) {
          lines.remove(standsIn, member);
          model[standsIn] = model[standsIn].filter((one) => one !== member);
        } else {
          lines.append(line, member);
          model[line].push(member);
        }
        for (let at = 0; at < LINES; at += 1) {
          expect(inOrder(lines, at)).toEqual(model[at]);
          expect(lines.length(at)).toBe(model[at].length);
        }
      }
    }),
  );
});
