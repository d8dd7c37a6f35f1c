/**
 * Which methods an address takes: what tells "there is nothing here" (404) from "not like this"
 * (405).
 */
import type { Route } from "./route.ts";

/** The methods of the routes that match `path`, for an Allow header; empty when none does. */
export type AllowedMethods = (path: string) => readonly string[];

/** Reads the routes' path templates once. */
export function allowedMethods(routes: readonly Route[]): AllowedMethods {
  const templates = routes.map((route) => ({
    method: route.method,
    pattern: new RegExp(`^${escapeRegExp(route.path).replaceAll(/\\\{\w+\\\}/g, "[^/]+")}$`),
  }));
  return (path) => {
    const methods = templates.filter(({ pattern }) => pattern.test(path)).map((one) => one.method);
    return [...new Set(methods.includes("GET") ? [...methods, "HEAD"] : methods)];
  };
}

/** A path template in the HTTP framework's own writing: `/v1/{id}` is `/v1/:id`. */
export function frameworkPath(template: string): string {
  return template.replaceAll(/\{(\w+)\}/g, ":$1");
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
