export type Theme = "dark" | "light";

const KEY = "tapedeck-theme";

/** Runs before the first paint: the stored choice, else the system's. */
export const THEME_SCRIPT = `(function(){var t=null;try{t=localStorage.getItem("${KEY}")}catch(e){}
if(t!=="dark"&&t!=="light")t=matchMedia("(prefers-color-scheme: light)").matches?"light":"dark";
document.documentElement.dataset.theme=t})()`;

const listeners = new Set<() => void>();

export function currentTheme(): Theme {
  return document.documentElement.dataset["theme"] === "light" ? "light" : "dark";
}

function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  for (const listener of listeners) listener();
}

/** Chooses a theme for good; where nothing can be stored, for this page. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  apply(theme);
}

function followSystem(event: MediaQueryListEvent): void {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // As above.
  }
  if (chosen === null) apply(event.matches ? "light" : "dark");
}

export function onTheme(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: light)");
  listeners.add(listener);
  if (listeners.size === 1) system.addEventListener("change", followSystem);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) system.removeEventListener("change", followSystem);
  };
}
