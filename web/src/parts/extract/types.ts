export interface Span {
  start: number;
  end: number;
}

export interface Claim extends Span {
  number: number;
  words: string;
  text: string;
  event_class: string;
  polarity: string;
  modality: string;
  chain: { name: string; stated: boolean }[];
  class_sure: boolean;
  drift: string[];
  caveat: string;
  count: { qualifier: string; low: number | null; high: number | null } | null;
  dates: { low: string; high: string } | null;
}

export interface Article {
  text: string;
  outlet: string;
  published: string | null;
  claims: Claim[];
  unread: string[];
  new_actors: string[];
  boilerplate: [number, number][];
  attributions: { source: Span | null; cue: Span; content: Span[] }[];
  same_in_case: { claim: number; voice: string; origin: string; label: string; p_same: number; why: string }[];
  read_before: string | null;
}

export interface Found {
  articles: Article[];
  same_origins: { claims: [number, number][]; voices: string[]; p_same: number; why: string }[];
  classes: Record<string, string>;
  writable: boolean;
  model: string | null;
}

export interface Second {
  model: string;
  kept: number;
  dropped: Record<string, number>;
  rows: { verdict: string; words: string; rules: string; model: string }[];
}

/** One report before it is read. */
export interface Draft {
  text: string;
  outlet: string;
  published: string;
}

/** What a reader decided about the claims of one report: number -> kept, and number -> column -> other words. */
export interface Choice {
  kept: Record<number, boolean>;
  edits: Record<number, Record<string, string>>;
}
