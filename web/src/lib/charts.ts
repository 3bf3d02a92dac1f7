// Vega-Lite specifications as the server makes them (`fronde/charts`): coloured, sized, drawn as SVG without `eval`.

import { parse, View, type Spec } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";

import { session } from "./session.svelte";

export type Panel = Record<string, unknown> & { title?: string; height?: number };

export interface ChartData {
  title: string;
  description: string;
  panels: Panel[];
  columns: string[];
  rows: (string | number | null)[][];
}

function coloured(value: unknown, palette: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((inner) => coloured(inner, palette));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner, palette)]));
  return typeof value === "string" && value in palette ? palette[value] : value;
}

export async function draw(into: HTMLElement, panel: Panel, mode: "light" | "dark", width: number): Promise<View> {
  const sized = { height: 130, ...panel, width, autosize: { type: "fit-x", contains: "padding" }, config: session.style.config };
  const spec = coloured(sized, session.style[mode]) as TopLevelSpec;
  const view = new View(parse(compile(spec).spec as Spec, undefined, { ast: true }), {
    renderer: "svg",
    expr: expressionInterpreter,
    hover: false,
  } as never);
  view.initialize(into);
  return view.runAsync();
}
