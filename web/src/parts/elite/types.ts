export interface Fact {
  value: string | number;
  unit: string;
  known_at: string;
  source: string;
}

export interface Person {
  id: string;
  name: string;
  group: string;
  x: number;
  y: number;
  facts: Record<string, Fact>;
}

export interface Tie {
  from: string;
  to: string;
  kind: string;
  weight: number;
  known_at: string;
  source: string;
  note: string;
}

export interface EliteData {
  case: string;
  title: string;
  as_of: string;
  leader: string;
  lede: string;
  groups: { id: string; title: string; size: number; named: number; x: number; y: number }[];
  people: Person[];
  ties: Tie[];
  kinds: string[];
}

export const DASH: Record<string, string> = { business: "", service: "5 3", kin: "1 3", patronage: "8 3 2 3" };
