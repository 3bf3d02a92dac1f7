// The pages in the order of the menu. One file each; a page reads its state from the address and its document by `get`.

import type { Component } from "svelte";

import { t } from "../lib/strings";
import Elite from "./Elite.svelte";
import Evidence from "./Evidence.svelte";
import Extract from "./Extract.svelte";
import Forecasts from "./Forecasts.svelte";
import Questions from "./Questions.svelte";
import Runs from "./Runs.svelte";
import Scorecard from "./Scorecard.svelte";
import Calibrate from "./Calibrate.svelte";
import Reports from "./Reports.svelte";
import Scenarios from "./Scenarios.svelte";
import Start from "./Start.svelte";
import Teach from "./Teach.svelte";

export interface Page {
  name: string;
  title: string;
  group: "" | "Record" | "Model" | "Read";
  component: Component;
  keeps?: boolean; // takes run and case along
}

export const GROUPS = ["", "Record", "Model", "Read"] as const;

export const PAGES: Page[] = [
  { name: "start", title: t("page.start"), group: "", component: Start },
  { name: "evidence", title: t("page.evidence"), group: "Record", component: Evidence, keeps: true },
  { name: "extract", title: t("page.extract"), group: "Record", component: Extract, keeps: true },
  { name: "elite", title: t("page.elite"), group: "Record", component: Elite, keeps: true },
  { name: "questions", title: t("page.questions"), group: "Record", component: Questions, keeps: true },
  { name: "runs", title: t("page.runs"), group: "Model", component: Runs },
  { name: "forecasts", title: t("page.forecasts"), group: "Read", component: Forecasts, keeps: true },
  { name: "scorecard", title: t("page.scorecard"), group: "Read", component: Scorecard, keeps: true },
  { name: "calibrate", title: t("page.calibrate"), group: "Model", component: Calibrate, keeps: true },
  { name: "scenarios", title: t("page.scenarios"), group: "Model", component: Scenarios, keeps: true },
  { name: "reports", title: t("page.reports"), group: "Read", component: Reports, keeps: true },
  { name: "teach", title: t("page.teach"), group: "Read", component: Teach },
];

export function find(name: string): Page {
  return PAGES.find((page) => page.name === name) ?? PAGES[0]!;
}
