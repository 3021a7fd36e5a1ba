"use client";
import { useState } from "react";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { NameDialog } from "../_ui/name-dialog.tsx";
import { type SavedDesks, useSavedDesks } from "./use-saved-desks.ts";
import type { DeskHandle } from "./use-desk.ts";

type Naming = "new" | "rename" | null;

function savedItems(desks: SavedDesks, ask: (naming: Naming) => void): MenuItem[] {
  const { kept, saved, isChanged, open, save, remove } = desks;
  return [
    ...(kept ?? []).map((desk) => ({
      words: desk.name,
      id: desk.id,
      chosen: desk.id === saved?.id,
      run: () => open(desk),
    })),
    ...(isChanged && saved ? [{ words: `Save “${saved.name}”`, run: save }] : []),
    { words: "Save as…", run: () => ask("new") },
    ...(saved
      ? [
          { words: "Rename…", run: () => ask("rename") },
          { words: `Remove “${saved.name}”`, run: () => void remove() },
        ]
      : []),
  ];
}

/** The desks that are kept by name. */
export function SavedMenu({ handle }: { handle: DeskHandle }) {
  const desks = useSavedDesks(handle);
  const { kept, saved, isChanged, saveAs, rename } = desks;
  const [naming, setNaming] = useState<Naming>(null);
  const words = saved ? `${saved.name}${isChanged ? ", changed" : ""}` : "Desks";
  return (
    <>
      <Menu
        label={saved ? `Desk: ${words}` : "Desks"}
        items={() => savedItems(desks, setNaming)}
        className="btn choice"
      >
        <Icon name="list" />
        <span className="clip">{words}</span>
      </Menu>
      {naming === "new" && (
        <NameDialog
          title="Save this desk"
          name={`Desk ${(kept?.length ?? 0) + 1}`}
          done="Save"
          onDone={saveAs}
          onClose={() => setNaming(null)}
        />
      )}
      {naming === "rename" && saved && (
        <NameDialog
          title="Rename the desk"
          name={saved.name}
          done="Rename"
          onDone={rename}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}
