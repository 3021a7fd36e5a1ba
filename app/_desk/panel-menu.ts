import type { MenuItem } from "../_ui/menu.tsx";
import { asKind, cutInTwo, KIND_WORDS, linked, LINKS, type LinkName, PANEL_KINDS, swappedBy } from "./_layout/desk.ts";
import { MOST_PANELS } from "./_layout/tree-text.ts";
import type { DeskHandle } from "./use-desk.ts";

function kindItems({ desk, change }: DeskHandle, id: number): MenuItem[] {
  const kind = desk.panels.get(id)?.kind;
  return PANEL_KINDS.map((one) => ({
    words: KIND_WORDS[one],
    chosen: one === kind,
    run: () => change((before) => asKind(before, id, one)),
  }));
}

/** Which panels a panel goes along with. */
export function linkItems({ desk, change }: DeskHandle, id: number): MenuItem[] {
  const own = desk.panels.get(id)?.link ?? null;
  const item = (link: LinkName | null): MenuItem => ({
    words: link === null ? "Not linked" : `${link.toUpperCase()}, ${LINK_HUES[link]}`,
    chosen: own === link,
    run: () => change((before) => linked(before, id, link)),
  });
  return [item(null), ...LINKS.map(item)];
}

/** The colours of links: none of those that mean up and down. */
export const LINK_HUES: Readonly<Record<LinkName, "teal" | "violet" | "rose" | "olive">> = {
  a: "teal",
  b: "violet",
  c: "rose",
  d: "olive",
};

/** What a panel can show, and what can be done with it. */
export function panelItems(handle: DeskHandle, id: number): MenuItem[] {
  const { desk, alone, change, close, showAlone } = handle;
  const full = desk.panels.size >= MOST_PANELS;
  const single = desk.panels.size === 1;
  return [
    ...kindItems(handle, id),
    ...(full || alone !== null
      ? []
      : [
          { words: "Split, one beside the other", run: () => change((before) => cutInTwo(before, id, "row")) },
          { words: "Split, one below the other", run: () => change((before) => cutInTwo(before, id, "column")) },
        ]),
    ...(single
      ? []
      : [
          {
            words: alone === null ? "Show alone" : "Show all panels",
            keys: "Alt M",
            run: () => showAlone(alone === null ? id : null),
          },
          ...(alone === null
            ? [{ words: "Swap with the next", run: () => change((before) => swappedBy(before, id, 1)) }]
            : []),
          { words: "Close", run: () => close(id) },
        ]),
  ];
}
