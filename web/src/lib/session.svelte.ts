// What every page needs: which runs and cases there are.

export interface RunRow {
  run: string;
  kind: string;
  case: string;
  as_of: string;
  horizon_days: number;
  status: string;
  finished: boolean; // holds a whole forecast
  calibrated: boolean; // holds a posterior
  started_at: string;
  command: string;
}

/** Colours by name (`@base`) for each mode, and the house style of charts. */
export interface Style {
  light: Record<string, string>;
  dark: Record<string, string>;
  config: unknown;
}

export interface Session {
  version: string;
  runs: RunRow[];
  cases: string[];
  style: Style;
}

export const session = $state<Session>({ version: "", runs: [], cases: [], style: { light: {}, dark: {}, config: {} } });

/** The run that a page shows: the one in the address, else the newest finished forecast. */
export function chosenRun(given: string | undefined): string | undefined {
  return given ?? session.runs.find((row) => row.finished)?.run;
}

/** The run whose posterior a page works on: the one in the address, else the newest calibrated one. */
export function chosenPosterior(given: string | undefined): string | undefined {
  return given ?? session.runs.find((row) => row.calibrated)?.run;
}

/** The case that a page shows: the one in the address, that of the run, else the first. */
export function chosenCase(given: string | undefined, run: string | undefined): string | undefined {
  return given ?? session.runs.find((row) => row.run === chosenRun(run))?.case ?? session.cases[0];
}
