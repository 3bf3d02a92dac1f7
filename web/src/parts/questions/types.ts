export interface QuestionRow {
  kind: "question" | "source";
  id: string;
  text: string;
  rule: string;
  by: string | null;
  state: string;
  resolved_at: string | null;
  basis: string;
  base_rate?: number;
  forecast: { p: number; interval90: [number, number]; base_rate: number } | null;
}
