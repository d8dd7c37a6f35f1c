/**
 * What all charts share. A chart is a pure function from wire values to an SVG of a given width;
 * colours are the page's own, so light and dark need no second drawing.
 */
import type * as Plot from "@observablehq/plot";

/** The drawing Plot makes; only pages can look inside. */
export type Picture = ReturnType<typeof Plot.plot>;

/** Colours by their role. */
export const INK = Object.freeze({
  strong: "var(--accent)",
  plain: "var(--ink)",
  faint: "var(--muted)",
  line: "var(--line)",
  alarm: "var(--alarm)",
});

/** The options every chart begins with. */
export function frame(width: number, ariaLabel: string) {
  return {
    width,
    ariaLabel,
    className: "picture",
    marginLeft: width < 480 ? 76 : 88,
    marginRight: 24,
  };
}

/**
 * Gives the picture the role of one, so that its parts need no names of their own; leaves out
 * Plot's style sheet, which is not the page's.
 */
export function finished(picture: Picture): Picture {
  picture.setAttribute("role", "img");
  for (const style of picture.querySelectorAll("style")) style.remove();
  for (const part of picture.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  return picture;
}
