// Files made in the browser: tables as CSV that is safe in spreadsheets, pictures as SVG and PNG.

export type Cell = string | number | boolean | null | undefined;

function cell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  let text = String(value).replace(/[\u0000-\u001f\u007f]/g, " ");
  if (/^\s*[=+\-@＝＋－＠]/.test(text)) text = `'${text}`;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

export function save(name: string, content: Blob | string, type = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A file name from a title. */
export function slug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "fronde";
}

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];
const NS = "http://www.w3.org/2000/svg";
const MARGIN = 16;

/** A copy of a drawn SVG that stands alone: computed colours and letters written into it. */
function copied(drawn: SVGSVGElement): SVGSVGElement {
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const from = [drawn, ...drawn.querySelectorAll<SVGElement>("*")];
  const to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  from.forEach((source, place) => {
    const style = getComputedStyle(source);
    for (const name of KEPT) to[place]?.setAttribute(name, style.getPropertyValue(name));
    to[place]?.removeAttribute("class");
  });
  const box = drawn.getBoundingClientRect();
  copy.setAttribute("width", String(Math.round(box.width)));
  copy.setAttribute("height", String(Math.round(box.height)));
  return copy;
}

function words(text: string, x: number, y: number, size: number, colour: string): SVGTextElement {
  const made = document.createElementNS(NS, "text");
  const set = { x, y, fill: colour, "font-family": "IBM Plex Sans, Noto Sans, sans-serif", "font-weight": 600, "font-size": size };
  for (const [name, value] of Object.entries(set)) made.setAttribute(name, String(value));
  made.textContent = text;
  return made;
}

/** Everything drawn inside an element as one SVG: title on top, panels where they stand, each under its own title. */
export function sheet(title: string, grid: Element): string {
  const root = getComputedStyle(document.documentElement);
  const ink = root.getPropertyValue("--ink");
  const all = grid.getBoundingClientRect();
  const whole = document.createElementNS(NS, "svg");
  const width = Math.ceil(all.width) + 2 * MARGIN;
  const height = Math.ceil(all.height) + 2 * MARGIN + 26;
  const set = { xmlns: NS, width, height, viewBox: `0 0 ${width} ${height}` };
  for (const [name, value] of Object.entries(set)) whole.setAttribute(name, String(value));
  const ground = document.createElementNS(NS, "rect");
  for (const [name, value] of Object.entries({ width, height, fill: root.getPropertyValue("--card") })) ground.setAttribute(name, String(value));
  whole.append(ground, words(title, MARGIN, MARGIN + 13, 15, ink));
  const place = (box: DOMRect) => [box.left - all.left + MARGIN, box.top - all.top + MARGIN + 26] as const;
  for (const drawn of grid.matches("svg") ? [grid as SVGSVGElement] : grid.querySelectorAll<SVGSVGElement>("svg")) {
    const copy = copied(drawn);
    const [x, y] = place(drawn.getBoundingClientRect());
    copy.setAttribute("x", String(x));
    copy.setAttribute("y", String(y));
    whole.append(copy);
  }
  for (const shown of grid.querySelectorAll<HTMLElement>(".title"))
    for (const [row, line] of lines(shown).entries()) {
      const [x, y] = place(shown.getBoundingClientRect());
      whole.append(words(line, x, y + 12 + 16 * row, 12.5, ink));
    }
  return new XMLSerializer().serializeToString(whole);
}

/** The lines into which the browser broke a text. */
function lines(shown: HTMLElement): string[] {
  const text = shown.firstChild;
  if (!(text instanceof Text)) return [shown.textContent ?? ""];
  const found: string[] = [];
  const range = document.createRange();
  let top = -1;
  for (const { index = 0, 0: word } of text.data.matchAll(/\S+\s*/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.trimEnd().length);
    const here = Math.round(range.getBoundingClientRect().top);
    if (here !== top) found.push("");
    found[found.length - 1] += word;
    top = here;
  }
  return found;
}

export async function png(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no pictures");
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--card");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
}
