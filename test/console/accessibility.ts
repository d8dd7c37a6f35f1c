/**
 * What makes a page usable by everyone, as far as a program can see it.
 */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { z } from "zod";

const findings = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/** What axe finds wrong with the page, in words; empty when nothing. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const options = JSON.stringify({ runOnly: tags, resultTypes: ["violations"] });
  const { violations } = findings.parse(await page.evaluate(`axe.run(document, ${options})`));
  return violations.map(({ id, help, nodes }) => {
    const [first] = nodes;
    return `${id}: ${help} (${nodes.length}) ${first?.html} ${first?.failureSummary ?? ""}`;
  });
}

/** By how many pixels the page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  const script = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
  return z.number().parse(await page.evaluate(script));
}

/** What has the focus, as `tag name`, and whether one can see that it has. */
export async function focusOn(page: Page): Promise<{ name: string; isVisible: boolean }> {
  const script = `(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const label = element.labels?.[0]?.textContent ?? element.textContent;
    const words = label.trim().split(/\\s+/).slice(0, 4);
    const name = [element.tagName.toLowerCase(), ...words].join(" ");
    return { name, isVisible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
  })()`;
  return z.object({ name: z.string(), isVisible: z.boolean() }).parse(await page.evaluate(script));
}
