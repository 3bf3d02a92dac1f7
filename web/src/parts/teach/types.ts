export interface Setting {
  name: string;
  title: string;
  unit: string;
  low: number;
  high: number;
  choices: string[];
  labels: string[];
  now: number | string;
}

export interface Figure {
  name: string;
  title: string;
  value: number;
  text: string;
}

export interface Turn {
  turn: number;
  from: string;
  to: string;
  lines: string[];
  figures: Figure[];
}

export interface Game {
  code: string;
  key?: string;
  title: string;
  turn: number;
  turns: number;
  weeks: number;
  day: string;
  over: boolean;
  roles: { role: string; title: string; goal: string; settings: Setting[] }[];
  moved: string[];
  own: { words: string; reason: string } | null;
  news: Turn[];
}
