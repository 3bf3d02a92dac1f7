// Levers of a calibrated run, and what they show.

import type { ChartData } from "../../lib/charts";

export interface Lever {
  name: string;
  title: string;
  unit: string;
  low: number;
  high: number;
  neutral: number;
  step: number;
  text: string;
}

export interface Bench {
  run: string;
  case: string;
  title: string;
  from: string;
  to: string;
  runs: number;
  quick: number;
  levers: Lever[];
  options: { name: string; title: string }[];
  variants: { name: string; title: string; asks: string }[];
  acts: string[];
}

export interface Settings {
  start?: string;
  variant?: string;
  yaml?: string;
  options?: string[];
  [lever: string]: number | string | string[] | undefined;
}

export interface Picture {
  headline: string;
  runs: number;
  fan: ChartData;
  differences: ChartData;
}

/** Scenarios as they stand in the address; what cannot be read is left out. */
export function read(text: string | undefined): Record<string, Settings> {
  try {
    const found: unknown = JSON.parse(text ?? "");
    if (found && typeof found === "object" && !Array.isArray(found)) return found as Record<string, Settings>;
  } catch {
    // an address that somebody cut short
  }
  return { "Scenario 1": {} };
}

/** What an editor's text says, or what is wrong with it and where. */
export interface Checked {
  title: string | null;
  asks: string | null;
  actions: number;
  problems: { line: number; column: number; found: string; expected: string; remedy: string }[];
}
