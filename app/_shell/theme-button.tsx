"use client";
import { useSyncExternalStore } from "react";
import { Icon } from "../_ui/icon.tsx";
import { chooseTheme, currentTheme, onTheme, type Theme } from "./theme.ts";

const onServer = (): Theme => "dark";

export function ThemeButton() {
  const theme = useSyncExternalStore(onTheme, currentTheme, onServer);
  const other: Theme = theme === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      className="btn square"
      aria-label={`Switch to the ${other} theme`}
      onClick={() => chooseTheme(other)}
    >
      <Icon name="theme" />
    </button>
  );
}
