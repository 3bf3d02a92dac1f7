// The pages in the order of the menu. One file each; a page reads its state from the address and its document by `get`.

import type { Component } from "svelte";

import Start from "./Start.svelte";

export interface Page {
  name: string;
  title: string;
  group: "" | "Record" | "Model" | "Read";
  component: Component;
  keeps?: boolean; // takes run and case along
}

export const GROUPS = ["", "Record", "Model", "Read"] as const;

export const PAGES: Page[] = [
  { name: "start", title: "Start", group: "", component: Start },
];

export function find(name: string): Page {
  return PAGES.find((page) => page.name === name) ?? PAGES[0]!;
}
