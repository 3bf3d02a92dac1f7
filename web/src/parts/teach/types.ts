export interface Setting {
  name: string;
  title: string;
  unit: string;
  low: number;
  high: number;
  choices: string[];
  now: number | string;
}

export interface Turn {
  turn: number;
  from: string;
  to: string;
  events: { group: string; act: string; count: number }[];
  leader: string[];
  figures: Record<string, number>;
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
  roles: { role: string; title: string; settings: Setting[] }[];
  moved: string[];
  news: Turn[];
}
