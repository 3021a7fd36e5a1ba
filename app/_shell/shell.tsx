"use client";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { AlertDialog } from "../_alerts/alert-dialog.tsx";
import { AlertWatcher } from "../_alerts/alert-watcher.tsx";
import { globalKey, isTyping } from "../_lib/keys.ts";
import { OpenSearchContext } from "../_search/open-search.ts";
import { Palette } from "../_search/palette.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { Toasts } from "../_ui/toasts.tsx";
import { Dock, TopBar } from "./top-bar.tsx";

type Layer = { name: "search"; words: string } | { name: "keys" } | null;

/** What every page has: the bar, the dock, the search, the list of keys. */
export function Shell({ children }: { children: ReactNode }) {
  const [layer, setLayer] = useState<Layer>(null);
  const close = useCallback(() => setLayer(null), []);
  const search = useCallback(() => setLayer({ name: "search", words: "" }), []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const wanted = globalKey(event);
      if (wanted === null || event.defaultPrevented) return;
      const shortcut = event.ctrlKey || event.metaKey;
      if (isTyping(event.target) && !shortcut) return;
      event.preventDefault();
      if (wanted === "keys") setLayer({ name: "keys" });
      else setLayer((open) => (open?.name === "search" ? open : { name: "search", words: shortcut ? "" : event.key }));
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <>
      <TopBar onSearch={search} />
      <OpenSearchContext value={search}>{children}</OpenSearchContext>
      <Dock onSearch={search} />
      {layer?.name === "search" && <Palette words={layer.words} onClose={close} />}
      {layer?.name === "keys" && <KeysDialog onClose={close} />}
      <AlertDialog />
      <AlertWatcher />
      <Toasts />
    </>
  );
}
