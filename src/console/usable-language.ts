/**
 * Imported before everything else of the page: a system whose locale has a modifier gives some
 * browsers a language, such as `en-US@posix`, that no formatter takes. A chart library asks for one
 * as soon as it is loaded, and the page would stay empty.
 */
import { usableLanguage } from "./language.ts";

if (usableLanguage(navigator.language) !== navigator.language) {
  Object.defineProperty(navigator, "language", { value: usableLanguage(navigator.language) });
}
