// The address holds the whole state of a page: #/forecasts?run=...&by=... It works from a server and from a file.

export interface Route {
  page: string;
  query: Record<string, string>;
}

function parse(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  return { page: path || "start", query: Object.fromEntries(new URLSearchParams(search)) };
}

export const route = $state<Route>(parse(location.hash));

window.addEventListener("hashchange", () => Object.assign(route, parse(location.hash)));

/** An address within the app; empty values are left out. */
export function href(page: string, query: Record<string, string | undefined> = {}): string {
  const kept = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = new URLSearchParams(kept).toString();
  return `#/${page}${search ? `?${search}` : ""}`;
}

/** Change part of the query of the page shown; `push` makes a step that the back button undoes. */
export function set(changes: Record<string, string | undefined>, push = false): void {
  const next = href(route.page, { ...route.query, ...changes });
  if (next === location.hash) return;
  if (push) location.hash = next;
  else {
    history.replaceState(null, "", next);
    Object.assign(route, parse(next));
  }
}

export function go(page: string, query: Record<string, string | undefined> = {}): void {
  location.hash = href(page, query);
}
