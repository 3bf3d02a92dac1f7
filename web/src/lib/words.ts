// Numbers and dates as a reader meets them; the same rules as fronde/report/words.py.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
export const NONE = "–";

/** A probability; never 0% or 100%: no run in the sample is not proof. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return NONE;
  if (share <= 0) return "<1%";
  if (share >= 0.995) return ">99%";
  if (share < 0.001) return "<0.1%";
  return share < 0.0095 ? `${(share * 100).toFixed(1)}%` : `${(share * 100).toFixed(0)}%`;
}

/** A difference of probabilities in percentage points, signed. */
export function points(share: number): string {
  const shown = Math.round(share * 1000) / 10;
  return `${shown > 0 ? "+" : shown < 0 ? "−" : "±"}${Math.abs(shown)}`;
}

/** A change of a probability beside its number: `▲4`, `▼2`, `·` below half a point; empty without one before. */
export function change(now: number, then: number | undefined): string {
  if (then === undefined) return "";
  const moved = Math.round((now - then) * 100);
  return moved > 0 ? `▲${moved}` : moved < 0 ? `▼${-moved}` : "·";
}

/** The same as a sentence's part. */
export function spokenChange(now: number, then: number | undefined): string {
  if (then === undefined) return "";
  const moved = Math.round((now - then) * 100);
  return moved > 0 ? `up ${moved} points` : moved < 0 ? `down ${-moved} points` : "unchanged";
}

/** A quantity to about three figures. */
export function plain(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  const [whole = "", rest = ""] = size.toFixed(decimals).split(".");
  const kept = rest.replace(/0+$/, "");
  return `${value < 0 ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, "\u202f")}${kept ? `.${kept}` : ""}`;
}

/** `, 18:00` of a moment of a case by the hour; nothing for days, nor for times of the clock (they have seconds). */
function hour(iso: string): string {
  const found = /T(\d{2}:\d{2})$/.exec(iso);
  return found ? `,\u00a0${found[1]}` : "";
}

/** `30 Apr 2022`; anything that is no ISO date as it stands. */
export function shortDate(iso: string | null | undefined): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  if (!found) return iso || NONE;
  return `${Number(found[3])}\u00a0${MONTHS[Number(found[2]) - 1]?.slice(0, 3)}\u00a0${found[1]}${hour(found.input)}`;
}

export function longDate(iso: string | null | undefined): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  if (!found) return iso || NONE;
  return `${Number(found[3])}\u00a0${MONTHS[Number(found[2]) - 1]}\u00a0${found[1]}${hour(found.input)}`;
}

export function span(days: number): string {
  return days % 7 === 0 ? `${days / 7} weeks` : `${days} days`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${plain(count)} ${count === 1 ? one : many}`;
}

/** The first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
