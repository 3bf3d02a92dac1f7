// All words of the pages stand in one file per language (`strings/en.json`). A translation is a copy of it under another
// name, listed in CATALOGUES; what it lacks stays English. `{name}` is filled in; a text with forms is chosen by `n`.
import en from "../strings/en.json";

type Text = string | Record<string, string>;
export type Key = keyof typeof en;
const CATALOGUES: Record<string, Partial<Record<Key, Text>>> = { en };
const FROM_THE_RIGHT = ["ar", "fa", "he", "ur"];

/** The first language that the reader's browser asks for and that we have. */
export const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in CATALOGUES) ?? "en";
document.documentElement.lang = language;
if (FROM_THE_RIGHT.includes(language)) document.documentElement.dir = "rtl";
const forms = new Intl.PluralRules(language);

export function t(key: Key, values: Record<string, string | number | null | undefined> = {}): string {
  const found: Text = CATALOGUES[language]?.[key] ?? en[key];
  const text = typeof found === "string" ? found : (found[forms.select(Number(values.n))] ?? found.other ?? "");
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name] ?? "") : whole));
}
