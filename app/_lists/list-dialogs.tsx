"use client";
import type { WatchList } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { EditSheet } from "./edit-sheet.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { NameDialog } from "../_ui/name-dialog.tsx";
import type { ListActions } from "./use-list-actions.ts";

export type ListDialog = "new" | "rename" | "import" | "edit";

interface ListDialogsProps {
  dialog: ListDialog | null;
  /** The list that is shown; null: all symbols. */
  list: WatchList | null;
  instruments: readonly InstrumentView[];
  actions: ListActions;
  onClose: () => void;
}

/** What is asked about lists, over the page. */
export function ListDialogs({ dialog, list, instruments, actions, onClose }: ListDialogsProps) {
  if (dialog === "new") {
    return (
      <NameDialog
        title="New list"
        name="My symbols"
        done="Make it"
        onDone={(name) => void actions.create(name, [])}
        onClose={onClose}
      />
    );
  }
  if (dialog === "import") {
    return (
      <ImportDialog
        list={list}
        instruments={instruments}
        onAdd={actions.add}
        onCreate={(name, symbols) => void actions.create(name, symbols)}
        onClose={onClose}
      />
    );
  }
  if (dialog === "rename" && list) {
    return (
      <NameDialog
        title="Rename the list"
        name={list.name}
        done="Rename"
        onDone={(name) => actions.rename(list, name)}
        onClose={onClose}
      />
    );
  }
  if (dialog === "edit" && list) {
    return <EditSheet list={list} instruments={instruments} actions={actions} onClose={onClose} />;
  }
  return null;
}
