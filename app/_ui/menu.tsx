"use client";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Icon } from "./icon.tsx";
import { useAway } from "./use-away.ts";

export interface MenuItem {
  words: string;
  run: () => void;
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
}

const WIDTH = 168;
const ROW = 32;

/** A button that opens a list of actions; arrows move in it, Esc and a click elsewhere close it. */
export function Menu({ label, items }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const open = (): void => {
    const box = button.current?.getBoundingClientRect();
    if (!box) return;
    const height = items.length * ROW + 10;
    const below = box.bottom + 4 + height < window.innerHeight;
    setPlace({ left: Math.max(8, box.right - WIDTH), top: below ? box.bottom + 4 : box.top - 4 - height });
  };
  const close = (back: boolean): void => {
    setPlace(null);
    if (back) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn square small"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        onClick={() => (place ? close(true) : open())}
      >
        <Icon name="more" />
      </button>
      {place && <MenuList place={place} label={label} items={items} onClose={close} />}
    </>
  );
}

interface MenuListProps extends MenuProps {
  place: { left: number; top: number };
  onClose: (back: boolean) => void;
}

function MenuList({ place, label, items, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector("button")?.focus({ preventScroll: true }), []);
  useAway(
    list,
    useCallback(() => onClose(false), [onClose]),
  );
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      onClose(true);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((one) => one === document.activeElement);
    buttons.at((at + (event.key === "ArrowDown" ? 1 : -1)) % buttons.length)?.focus();
  };
  return (
    <div ref={list} className="menu" role="menu" aria-label={label} style={place} tabIndex={-1} onKeyDown={onKey}>
      {items.map(({ words, run }) => (
        <button
          key={words}
          type="button"
          role="menuitem"
          onClick={() => {
            onClose(true);
            run();
          }}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
