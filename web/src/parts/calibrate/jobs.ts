// What the server says about long work.

import type { ChartData } from "../../lib/charts";

export interface Job {
  id: string;
  kind: string;
  status: string;
  stage: string;
  done: number;
  total: number;
  left: number | null;
  run: string | null;
  words: string;
  created_at: number;
  arguments: { case: string; particles?: number };
}

export interface Calibration {
  run: string;
  case: string;
  as_of: string;
  particles: number;
  steps: number;
  lede: string;
  diagnostics: { name: string; value: number; verdict: string; text: string }[];
  learned: ChartData;
}

/** A name for this browser, so that queues can be fair between people; made here, kept here. */
export function me(): string {
  try {
    const found = localStorage.getItem("fronde-owner") ?? Math.random().toString(36).slice(2, 10);
    localStorage.setItem("fronde-owner", found);
    return found;
  } catch {
    return "";
  }
}

/** `2 min 5 s` */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
