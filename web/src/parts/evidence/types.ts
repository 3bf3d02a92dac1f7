import type { ChartData } from "../../lib/charts";

export interface ClaimRow {
  id: string;
  status: string;
  text: string;
  group: string;
  event_class: string;
  claim_type: string;
  reliability: string;
  drift: string;
  origin: string;
  voice: string;
  outlet: string;
  published_at: string;
  known_at: string;
  dup_of: string;
  weight: number | null | undefined;
}

export interface EvidenceData {
  case: string;
  title: string;
  as_of: string;
  lede: string;
  groups: Record<string, string>;
  claims: ClaimRow[];
  timeline: ChartData;
}

type Cells = Record<string, string>;

/** One cell of a claim that can be corrected. */
export interface Field {
  name: string;
  kind: "text" | "choice" | "many" | "date" | "number";
  required: boolean;
  choices: string[];
  refers: string | null;
}

export interface ClaimData {
  claim: Cells;
  fields: Field[];
  writable: boolean;
  report: Cells | null;
  outlet: Cells | null;
  origin: Cells | null;
  voice: Cells | null;
  chain: (Cells & { source_row?: Cells | null })[];
  same_voice: string[];
  copies: string[];
  history: Cells[];
  acts: { event: string; event_class: string; actor: string; date_low: string; date_high: string; log_lr: number; origins: string[] }[];
}

/** `speak_policy` -> `speak policy`. */
export function spaced(code: string): string {
  return code.replaceAll("_", " ");
}

/** A likelihood ratio from its logarithm: `12 times likelier if true`. */
export function ratio(log: number): string {
  const size = Math.exp(Math.abs(log));
  const shown = size >= 10 ? size.toFixed(0) : size.toFixed(1);
  return log >= 0 ? `${shown} times likelier if true` : `${shown} times likelier if false`;
}
