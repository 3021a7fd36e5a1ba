"use client";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { copyLink } from "../_symbol/link-here.ts";
import { arranged, PRESETS } from "./_layout/presets.ts";
import { formatTree } from "./_layout/tree-text.ts";
import { SavedMenu } from "./saved-menu.tsx";
import type { DeskHandle } from "./use-desk.ts";

/** What all charts have in common where that is wanted. */
const SYNCHRONISED = [
  {
    what: "crosshair",
    words: "Crosshair",
    icon: "sync",
    title: "The crosshairs of all charts stand at the same time",
  },
  { what: "range", words: "Range", icon: "span", title: "All charts show the same range of time" },
] as const;

/** What concerns all panels. */
export function DeskBar({ handle }: { handle: DeskHandle }) {
  const { desk, change, replace } = handle;
  const presets = (): MenuItem[] => {
    const cut = formatTree(desk.tree);
    return PRESETS.map((preset) => ({
      words: preset.words,
      chosen: formatTree(preset.tree) === cut,
      run: () => replace(arranged(desk, preset), `Arranged: ${preset.words}`),
    }));
  };
  return (
    <div className="tools desk-bar" role="toolbar" aria-label="Desk">
      <SavedMenu handle={handle} />
      <Menu label="Arrange the panels" items={presets} className="btn choice">
        <Icon name="desk" />
        Arrange
      </Menu>
      <span className="rule desk" />
      {SYNCHRONISED.map(({ what, words, icon, title }) => (
        <button
          key={what}
          type="button"
          className="btn toggle desk"
          aria-pressed={desk[what]}
          title={title}
          onClick={() => change((before) => ({ ...before, [what]: !before[what] }))}
        >
          <Icon name={icon} />
          {words}
        </button>
      ))}
      <span className="grow" />
      <button type="button" className="btn square" aria-label="Copy a link to this desk" onClick={copyLink}>
        <Icon name="link" />
      </button>
    </div>
  );
}
