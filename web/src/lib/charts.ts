// Vega-Lite specifications as the server makes them (`fronde/charts`): coloured, sized, drawn as SVG without `eval`.
// A panel's title is set as text of the page, where it wraps; a panel whose numbers alone change keeps its drawing.

import { parse, View, type Spec } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";

import { session } from "./session.svelte";

type Row = Record<string, unknown>;
export type Panel = Record<string, unknown> & { title?: string; height?: number; data?: { values?: Row[] } };
export type Mode = "light" | "dark";

export interface ChartData {
  title: string;
  description: string;
  panels: Panel[];
  columns: string[];
  rows?: Cells[];
  fields?: string[]; // without rows: each is a panel's title and these fields of one of its values
}

type Cells = (string | number | null)[];

/** The numbers of a chart as rows under its columns. */
export function table(chart: ChartData): Cells[] {
  if (chart.rows) return chart.rows;
  return chart.panels.flatMap((panel) => (panel.data?.values ?? []).map((row) => [panel.title ?? "", ...(chart.fields ?? []).map((name) => row[name] as Cells[number])]));
}

const SOURCE = "rows"; // name under which a panel's own numbers can be replaced

function coloured(value: unknown, palette: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((inner) => coloured(inner, palette));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner, palette)]));
  return typeof value === "string" && value in palette ? palette[value] : value;
}

/** Names beside an axis take at most part of a narrow picture. */
function fitted(value: unknown, most: number): unknown {
  if (Array.isArray(value)) return value.map((inner) => fitted(inner, most));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === "labelLimit" ? Math.min(Number(inner), most) : fitted(inner, most)]));
  return value;
}

/** A panel on the page. `put` shows other numbers in the same drawing if only numbers changed, else draws anew. */
export class Drawing {
  private view: View | undefined;
  private shape = "";

  constructor(private readonly into: HTMLElement) {}

  async put(panel: Panel, mode: Mode, width: number): Promise<void> {
    const { title: _, data, ...rest } = panel;
    const shape = JSON.stringify([rest, mode, width, Boolean(data?.values)]);
    if (this.view && data?.values && shape === this.shape) {
      this.view.data(SOURCE, data.values.map(dated));
      await this.view.runAsync();
      return;
    }
    this.drop();
    this.shape = shape;
    const named = data?.values ? { data: { values: data.values, name: SOURCE } } : {};
    const sized = { height: 130, ...(fitted(rest, width * 0.42) as typeof rest), ...named, width, autosize: { type: "fit-x", contains: "padding" }, config: session.style.config };
    const spec = coloured(sized, session.style[mode]) as TopLevelSpec;
    this.view = new View(parse(compile(spec).spec as Spec, undefined, { ast: true }), {
      renderer: "svg",
      expr: expressionInterpreter,
      hover: false,
    } as never);
    this.view.initialize(this.into);
    await this.view.runAsync();
  }

  drop(): void {
    this.view?.finalize();
    this.view = undefined;
    this.into.replaceChildren();
  }
}

/** Numbers put into a drawing pass by the reader that makes dates of text at first. */
function dated(row: Row): Row {
  return typeof row.date === "string" ? { ...row, date: new Date(row.date) } : row;
}

/** Draw panels where nobody sees them, to be saved as a picture. */
export async function offPage<T>(panels: Panel[], mode: Mode, width: number, use: (places: HTMLElement[]) => T): Promise<T> {
  const stage = document.createElement("div");
  Object.assign(stage.style, { position: "fixed", top: "0", left: `-${2 * width}px`, width: `${width}px`, direction: "ltr" });
  stage.setAttribute("aria-hidden", "true");
  document.body.append(stage);
  const places = panels.map(() => stage.appendChild(document.createElement("div")));
  const drawings = places.map((place) => new Drawing(place));
  try {
    await Promise.all(drawings.map((one, place) => one.put(panels[place]!, mode, width)));
    return use(places);
  } finally {
    drawings.forEach((one) => one.drop());
    stage.remove();
  }
}
