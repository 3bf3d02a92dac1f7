// Documents by path, from the server or from the page itself. A one-file report carries
//   <script type="text/plain" id="fronde-data">gzip, in base64, of {"documents": {"session": {...}, ...}, "start": "forecasts"}</script>
// with the same documents under the same paths; everything that changes something is then hidden.

import { t } from "./strings";

interface Embedded {
  documents: Record<string, unknown>;
  start?: string;
  pages?: string[];
}

export interface Problem {
  title: string;
  status: number;
  detail: string;
  errors: string[];
}

export class Failed extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

async function read(): Promise<Embedded | null> {
  const found = document.getElementById("fronde-data");
  if (!found) return null;
  const packed = Uint8Array.from(atob(found.textContent ?? ""), (sign) => sign.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(plain).json()) as Embedded;
}

export const embedded = await read();
export const readOnly = embedded !== null;

/** The path of a document: parts escaped, query sorted, as it stands in the address and in a report. */
export function path(parts: string[], query: Record<string, string | undefined> = {}): string {
  const kept = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = new URLSearchParams(kept.sort()).toString();
  return parts.map(encodeURIComponent).join("/") + (search ? `?${search}` : "");
}

async function ask<T>(method: string, where: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api/${where}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Failed({
      title: t("data.no-answer"),
      status: 0,
      detail: t("data.no-answer.text"),
      errors: [],
    });
  }
  const found: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return found as T;
  const given = (found ?? {}) as Partial<Problem>;
  throw new Failed({
    title: given.title ?? t("data.failed"),
    status: answer.status,
    detail: given.detail ?? t("data.failed.text", { status: answer.status }),
    errors: given.errors ?? [],
  });
}

/** A document; rejects with Failed. */
export async function get<T>(where: string): Promise<T> {
  if (!embedded) return ask<T>("GET", where);
  if (where in embedded.documents) return embedded.documents[where] as T;
  throw new Failed({ title: t("data.not-in-file"), status: 404, detail: t("data.not-in-file.text"), errors: [] });
}

/** Change something; rejects with Failed. */
export async function post<T>(where: string, body: unknown, method = "POST"): Promise<T> {
  return ask<T>(method, where, body);
}
