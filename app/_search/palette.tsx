"use client";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { Modal } from "../_ui/modal.tsx";
import { Found } from "./found.tsx";
import { SearchInput } from "./search-input.tsx";
import { useSymbolChooser } from "./symbol-chooser.ts";
import { useSearchBox } from "./use-search-box.ts";

const LIST = "palette-hits";
const LIMIT = 20;

interface PaletteProps {
  /** What was typed before it opened. */
  words: string;
  onClose: () => void;
}

/** The search from anywhere. */
export function Palette({ words, onClose }: PaletteProps) {
  const router = useRouter();
  const chooser = useSymbolChooser();
  const onEntered = useCallback(
    (symbol: string | null, typed: string) => {
      if (symbol === null) router.push(`/search?q=${encodeURIComponent(typed.trim())}`);
      onClose();
    },
    [router, onClose],
  );
  const box = useSearchBox({ words, sector: null, limit: LIMIT, onEntered });

  return (
    <Modal label="Search" className="palette" onClose={onClose}>
      <div className="ask">
        <SearchInput box={box} list={LIST} />
        <kbd className="desk">Esc</kbd>
        <button type="button" className="btn phone" onClick={onClose}>
          Cancel
        </button>
      </div>
      <Found box={box} list={LIST} onOpen={onClose} />
      <footer className="desk">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> {chooser?.words ?? "open"}
        </span>
        <span>
          <kbd>Tab</kbd> to the sectors
        </span>
        <span>
          <kbd>A/B</kbd> ratio, <kbd>A − B</kbd> spread of two
        </span>
        <span className="grow" />
        <span>ranked by liquidity</span>
      </footer>
    </Modal>
  );
}
