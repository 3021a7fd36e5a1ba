"use client";
import { createPortal } from "react-dom";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { useAway } from "./use-away.ts";

export interface MenuItem {
  words: string;
  /** Where the words are a person's, and may be those of another item. */
  id?: string;
  /** Of several of which one is on; undefined for an action. */
  chosen?: boolean;
  /** Begins another group of choices. */
  begins?: boolean;
  /** Keys that do the same. */
  keys?: string;
  run: () => void;
}

interface Opened {
  offered: readonly MenuItem[];
  /** What it lies in: the page, or the layer of its button. */
  layer: Element;
  place: { left: number; top: number; width: number };
}

interface MenuProps {
  label: string;
  /** Asked for when it opens. */
  items: () => readonly MenuItem[];
  /** Stands above the items. */
  title?: string;
  /** What the button shows; without it three dots. */
  children?: ReactNode;
  /** Of the button. */
  className?: string;
}

const WIDTH = 168;
const WIDE = 232;
const ROW = 32;

/** A button that opens a list of actions or choices; arrows move in it, Esc and a click elsewhere close it. */
export function Menu({ label, items, title, children, className }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = (): void => {
    const box = button.current?.getBoundingClientRect();
    if (!button.current || !box) return;
    const offered = items();
    const height = (offered.length + (title === undefined ? 0 : 1)) * ROW + 10;
    const below = box.bottom + 4 + height < window.innerHeight;
    const width = offered.some(({ keys }) => keys !== undefined) ? WIDE : WIDTH;
    const left = children === undefined ? box.right - width : box.left;
    const place = {
      width,
      left: Math.max(8, Math.min(left, window.innerWidth - width - 8)),
      top: below ? box.bottom + 4 : Math.max(8, box.top - 4 - height),
    };
    setOpened({ offered, place, layer: button.current.closest("dialog") ?? document.body });
  };
  const close = (back: boolean): void => {
    setOpened(null);
    if (back) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className ?? (children === undefined ? "btn square small" : "btn choice")}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        onClick={() => (opened ? close(true) : open())}
      >
        {children ?? <Icon name="more" />}
      </button>
      {opened && <MenuList label={label} title={title} {...opened} onClose={close} />}
    </>
  );
}

interface MenuListProps extends Opened {
  label: string;
  title: string | undefined;
  onClose: (back: boolean) => void;
}

function MenuList({ place, layer, label, title, offered, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-checked="true"]');
    (chosen ?? list.current?.querySelector("button"))?.focus({ preventScroll: true });
  }, []);
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
  // Not beside its button: what holds that may lie below the dock.
  return createPortal(
    <div
      ref={list}
      className="menu"
      role="menu"
      aria-label={label}
      style={place}
      tabIndex={-1}
      onKeyDown={onKey}
      // Presses reach the chart of its button through React, and are none of the chart's.
      data-floating
    >
      {title !== undefined && (
        <div className="menu-title" role="presentation">
          {title}
        </div>
      )}
      {offered.map(({ words, id, chosen, begins, keys, run }) => (
        <button
          key={id ?? words}
          type="button"
          className={begins ? "begins" : undefined}
          role={chosen === undefined ? "menuitem" : "menuitemradio"}
          aria-checked={chosen}
          // The keys are read as such, not as a part of the name.
          aria-label={words}
          aria-keyshortcuts={keys === "" ? undefined : keys?.replaceAll(" ", "+")}
          onClick={() => {
            onClose(true);
            run();
          }}
        >
          {chosen !== undefined && <span className="mark">{chosen && <Icon name="check" />}</span>}
          <span className="grow">{words}</span>
          {keys
            ?.split(" ")
            .filter(Boolean)
            .map((key) => (
              <kbd key={key} className="desk" aria-hidden="true">
                {key}
              </kbd>
            ))}
        </button>
      ))}
    </div>,
    layer,
  );
}
