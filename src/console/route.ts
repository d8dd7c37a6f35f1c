/**
 * Addresses of pages. They live behind the `#`, so the server has one page to deliver and a link
 * can be sent to a colleague.
 */

/** Where the reader is. */
export type Route =
  | { readonly kind: "decisions" }
  | { readonly kind: "decision"; readonly id: string }
  /** `from` names a decision whose request fills the form. */
  | { readonly kind: "try"; readonly from: string | undefined }
  /** Policy versions as name@version. */
  | {
      readonly kind: "policies";
      readonly left: string | undefined;
      readonly right: string | undefined;
    }
  | { readonly kind: "charts" }
  | { readonly kind: "centre" }
  | { readonly kind: "nowhere"; readonly address: string };

/** The route of a location's hash, with or without its `#`. */
export function routeOf(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const parameters = new URLSearchParams(query);
  const parts = path.split("/").filter((part) => part !== "");
  const [page, id, ...more] = parts;
  if (more.length === 0 && page === "decisions" && id !== undefined) {
    return { kind: "decision", id: decoded(id) };
  }
  if (id !== undefined) return { kind: "nowhere", address: path };
  const parameter = (name: string) => parameters.get(name) ?? undefined;
  switch (page) {
    case undefined:
    case "decisions":
      return { kind: "decisions" };
    case "try":
      return { kind: "try", from: parameter("from") };
    case "policies":
      return { kind: "policies", left: parameter("left"), right: parameter("right") };
    case "charts":
      return { kind: "charts" };
    case "centre":
      return { kind: "centre" };
    default:
      return { kind: "nowhere", address: path };
  }
}

/** The address of a decision's page. */
export function decisionHref(id: string): string {
  return `#/decisions/${encodeURIComponent(id)}`;
}

/** The address of the form filled with a decision's request. */
export function tryHref(from: string): string {
  return `#/try?${new URLSearchParams({ from })}`;
}

/** The address of two policy versions side by side. */
export function policiesHref(left: string, right?: string): string {
  return `#/policies?${new URLSearchParams({ left, ...(right !== undefined && { right }) })}`;
}

/** A malformed escape is taken as it stands: the server will not know the id, and says so. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
