import type { ChartData, Panel } from "../../lib/charts";

export interface MatrixCell {
  group: string;
  act: string;
  by: string;
  p_any: number;
  mean: number;
  q05: number;
  q25: number;
  q50: number;
  q75: number;
  q95: number;
  base_p_any: number;
  base_mean: number;
}

export interface Question {
  id: string;
  text: string;
  p: number;
  interval90: [number, number];
  base_rate: number;
  by: string;
}

export interface Origin {
  origin: string;
  label: string;
  with: number;
  without: number;
  log_odds: number;
}

export interface Pull {
  id: string;
  text: string;
  act: string;
  groups: string[];
  origins: Origin[];
}

/** The forecast before: what it is, and probabilities then by `group.act.by` of this one and by question. */
export interface Previous {
  run: string;
  as_of: string;
  says: string;
  cells: Record<string, number>;
  questions: Record<string, number>;
}

export interface Change {
  variant: string;
  mean: number;
  q05: number;
  q95: number;
  baseline: number;
}

export interface ForecastData {
  case: string;
  title: string;
  as_of: string;
  onset: string;
  run: string;
  quick: boolean;
  lede: string;
  worth: string;
  groups: { id: string; title: string; size: number; named: number }[];
  dates: string[];
  acts: { id: string; title: string }[];
  cells: MatrixCell[];
  fans: Record<string, ChartData>;
  leader: ChartData;
  questions: Question[];
  changes: Record<string, Change[]>;
  pulls: Pull[];
  cell_pulls: { labels: Record<string, string>; cells: Record<string, { with: number; without: Record<string, number> }> };
  previous: Previous | null;
  matrix: Panel[]; // the house chart of the last date, its values in the order of the cells
  asked: Panel[];
  not_known: string[];
  assumptions: { count: number; of: number };
  evidence: { claims: number; origins: number; used: number };
}

export const TOGETHER = "all";

/** `group.act.by`, as documents name a cell. */
export function key(cell: MatrixCell): string {
  return `${cell.group}.${cell.act}.${cell.by}`;
}

/** Nobody in the group can do the act: it happens in no run and the record has nobody at risk. */
export function impossible(cell: MatrixCell | undefined): boolean {
  return !cell || (cell.mean === 0 && cell.base_mean === 0);
}
