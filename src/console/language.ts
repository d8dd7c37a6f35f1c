/** Which language a browser's formatters can be asked for. */

/** The language, or British English for one that is malformed (BCP 47). */
export function usableLanguage(language: string): string {
  try {
    Intl.getCanonicalLocales(language);
    return language;
  } catch {
    return "en-GB";
  }
}
