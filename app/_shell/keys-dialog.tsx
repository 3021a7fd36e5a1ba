"use client";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";

const GROUPS: readonly { title: string; keys: readonly (readonly [readonly string[], string])[] }[] = [
  {
    title: "Anywhere",
    keys: [
      [["A", "…", "Z"], "search for what you type; A/B is the ratio of two, A − B their spread"],
      [["Ctrl", "K"], "open the search"],
      [["?"], "this list"],
      [["Esc"], "close what is open"],
    ],
  },
  {
    title: "Watchlist",
    keys: [
      [["↑", "↓"], "choose a symbol"],
      [["Enter"], "open it"],
      [["Home", "End"], "first, last"],
      [["Alt", "↑", "↓"], "move it in a list of your own"],
      [["Delete"], "take it out of the list"],
    ],
  },
  {
    title: "Desk",
    keys: [
      [["F6"], "the next panel; Shift for the one before"],
      [["Alt", "M"], "the panel alone, and all again"],
      [["Shift", "←", "→"], "on the line between panels: move it; Enter makes them equal"],
    ],
  },
  {
    title: "Drawings",
    keys: [
      [["Alt", "T"], "trend line; H horizontal, B rectangle, F Fibonacci, S measure, N note"],
      [["←", "↑", "→"], "lead to the point to place, Enter places it; Ctrl held: do not snap"],
      [["←", "→"], "move the selected one by a bar, with ↑ and ↓ by a tick; Shift by ten"],
      [["."], "move only its next point, after the last the whole again"],
      [["Del"], "remove the selected one"],
      [["Ctrl", "Z"], "undo; Ctrl Y or Ctrl Shift Z do it again"],
      [["Alt", "O"], "list of drawings"],
      [["Esc"], "end drawing, let go of the selected one"],
    ],
  },
  {
    title: "Chart",
    keys: [
      [["←", "→"], "move through time"],
      [["+", "−"], "zoom"],
      [["Home", "End"], "oldest bar held, newest bar"],
      [["Shift", "←", "→"], "crosshair from bar to bar"],
      [["Enter"], "where the bar under the crosshair comes from"],
      [["0"], "look closer at the range in sight; Shift and drag for another"],
      [["/"], "indicators"],
      [["1", "…", "5"], "interval 1s, 1m, 5m, 1h, 1d"],
      [["Shift", "↑", "↓"], "spread prices; or drag, or turn the wheel, on their axis"],
      [["Alt", "↑", "↓"], "move prices"],
      [["Alt", "W"], "alert at the price under the pointer, or at the newest"],
      [["Alt", "A"], "prices of the bars in sight again; or double-click their axis"],
      [["Alt", "R"], "the usual view again; or double-click the chart"],
      [["Alt", "C"], "candles, hollow candles, bars, line, area, Heikin-Ashi; Shift for the one before"],
      [["Alt", "L"], "logarithmic prices, and back"],
      [["Alt", "P"], "per cent from the first bar in sight, and back"],
      [["Alt", "I"], "indexed to 100 at the first bar in sight, and back"],
    ],
  },
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal label="Keys" className="palette keys" onClose={onClose}>
      <header>
        <h2>Keys</h2>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {/* It scrolls, so the keys must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" tabIndex={0} role="region" aria-label="All keys">
        <div className="key-groups">
          {GROUPS.map((group) => (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <dl>
                {group.keys.map(([keys, what]) => (
                  <div key={what}>
                    <dt>{keys.map((key) => (key === "…" ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>))}</dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Modal>
  );
}
