// Light or dark: as the system says until the reader chooses; the choice lives in this browser only.

type Mode = "light" | "dark";
const query = window.matchMedia("(prefers-color-scheme: dark)");
const KEY = "fronde-theme";

function stored(): Mode | null {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : null;
  } catch {
    return null;
  }
}

export const theme = $state<{ mode: Mode }>({ mode: stored() ?? (query.matches ? "dark" : "light") });

function show(): void {
  document.documentElement.dataset.theme = theme.mode;
}

query.addEventListener("change", () => {
  if (stored()) return;
  theme.mode = query.matches ? "dark" : "light";
  show();
});

export function toggle(): void {
  theme.mode = theme.mode === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, theme.mode);
  } catch {
    // a browser that keeps nothing still changes the page
  }
  show();
}

show();
