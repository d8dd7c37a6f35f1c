/** Which languages formatters take. */
import { expect, test } from "vitest";
import { usableLanguage } from "./language.ts";

test.each([
  ["de-CH", "de-CH"],
  ["en", "en"],
  ["zh-Hant-TW", "zh-Hant-TW"],
  ["en-US@posix", "en-GB"],
  ["C", "en-GB"],
  ["", "en-GB"],
])("%s is shown as %s", (language, usable) => {
  expect(usableLanguage(language)).toBe(usable);
  expect(() => new Intl.NumberFormat(usableLanguage(language))).not.toThrow();
});
