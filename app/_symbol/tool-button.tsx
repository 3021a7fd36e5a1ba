"use client";
import { Icon, type IconName } from "../_ui/icon.tsx";

interface ToolButtonProps {
  icon: IconName;
  words: string;
  /** What it does, with the key that does the same. */
  title: string;
  keys?: string;
  onClick: () => void;
}

/** A tool of the chart: its words where there is room, else its icon. */
export function ToolButton({ icon, words, title, keys, onClick }: ToolButtonProps) {
  return (
    <button
      type="button"
      className="btn study"
      aria-label={words}
      aria-keyshortcuts={keys}
      title={title}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span className="desk">{words}</span>
    </button>
  );
}
