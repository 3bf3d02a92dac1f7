// The text of a report cut where a span begins or ends. Python counts characters, this language counts units of two
// bytes: offsets are turned into those of an array.
import type { Article } from "./types";

export interface Piece {
  words: string;
  kind: string;
  claim: number | null;
}

export function pieces(from: Article): Piece[] {
  const letters = [...from.text];
  const kind = new Array<string>(letters.length).fill("");
  const claim = new Array<number | null>(letters.length).fill(null);
  for (const [start, end] of from.boilerplate) kind.fill("dropped", start, end);
  for (const item of from.claims) claim.fill(item.number, item.start, item.end);
  for (const item of from.attributions) {
    if (item.source) kind.fill("source", item.source.start, item.source.end);
    kind.fill("cue", item.cue.start, item.cue.end);
  }
  const out: Piece[] = [];
  for (let i = 0; i < letters.length; i++) {
    const last = out.at(-1);
    if (last && last.kind === kind[i] && last.claim === claim[i]) last.words += letters[i];
    else out.push({ words: letters[i]!, kind: kind[i]!, claim: claim[i]! });
  }
  return out;
}
