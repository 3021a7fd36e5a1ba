const KEY = "tapedeck-snap";
let held: boolean | null = null;

/** Whether points take the prices of bars near them. */
export function isSnapping(): boolean {
  if (held === null) {
    try {
      held = localStorage.getItem(KEY) !== "off";
    } catch {
      // Storage may be forbidden.
      held = true;
    }
  }
  return held;
}

/** Chooses it for good; where nothing can be stored, for this page. */
export function chooseSnapping(snapping: boolean): void {
  held = snapping;
  try {
    localStorage.setItem(KEY, snapping ? "on" : "off");
  } catch {
    // The choice then lasts as long as the page.
  }
}
