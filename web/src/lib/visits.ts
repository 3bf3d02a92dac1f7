// What a visitor saw last time, kept in this browser only, and what is different now. Within one tab the comparison
// stays with the visit before, so that reloading does not swallow the news.

export interface Answer {
  id: string;
  text: string;
  by: string;
  p: number;
}

export interface Seen {
  at: string;
  cases: Record<string, { evidence: string; run?: string; hash?: string; answers: Record<string, { by: string; p: number }> }>;
}

export interface News {
  case: string;
  title: string;
  what: "new case" | "first forecast" | "new forecast" | "evidence";
  run?: string;
  moved: { text: string; by: string; before: number; now: number }[];
}

interface Card {
  case: string;
  problem?: string;
  title: string;
  evidence: string;
  forecast: { run: string; hash: string; questions: Answer[] } | null;
}

const KEY = "fronde-seen";
const MOST = 3; // answers named of one forecast

export function snapshot(cards: Card[], at: string): Seen {
  const cases: Seen["cases"] = {};
  for (const card of cards) {
    if (card.problem) continue;
    const answers = Object.fromEntries((card.forecast?.questions ?? []).map((row) => [row.id, { by: row.by, p: row.p }]));
    cases[card.case] = { evidence: card.evidence, run: card.forecast?.run, hash: card.forecast?.hash, answers };
  }
  return { at, cases };
}

function read(store: Storage): Seen | null {
  try {
    const found = JSON.parse(store.getItem(KEY) ?? "null") as Seen | null;
    return found && typeof found.at === "string" && typeof found.cases === "object" ? found : null;
  } catch {
    return null;
  }
}

/** The visit before, if there was one; the present one is kept for the next. */
export function visit(now: Seen): Seen | null {
  try {
    const before = read(sessionStorage) ?? read(localStorage);
    sessionStorage.setItem(KEY, JSON.stringify(before ?? now));
    localStorage.setItem(KEY, JSON.stringify(now));
    return before;
  } catch {
    return null; // a browser that keeps nothing has no last visit
  }
}

/** Take what is shown as read. */
export function markRead(now: Seen): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // nothing is kept, so nothing is new next time either
  }
}

/** Differences per case: answers of the same question by the same date, those that moved by a point or more. */
export function news(cards: Card[], before: Seen): News[] {
  return cards.flatMap((card): News[] => {
    if (card.problem) return [];
    const old = before.cases[card.case];
    const about = { case: card.case, title: card.title, run: card.forecast?.run };
    if (!old) return [{ ...about, what: "new case", moved: [] }];
    if (card.forecast && card.forecast.hash !== old.hash) {
      const moved = card.forecast.questions
        .flatMap((row) => {
          const then = old.answers[row.id];
          return then && then.by === row.by && Math.abs(then.p - row.p) >= 0.01 ? [{ text: row.text, by: row.by, before: then.p, now: row.p }] : [];
        })
        .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))
        .slice(0, MOST);
      return [{ ...about, what: old.hash ? "new forecast" : "first forecast", moved }];
    }
    return card.evidence !== old.evidence ? [{ ...about, what: "evidence", moved: [] }] : [];
  });
}
