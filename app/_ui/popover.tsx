"use client";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Modal } from "./modal.tsx";
import { useAway } from "./use-away.ts";
import { usePhone } from "./use-phone.ts";

interface PopoverProps {
  label: string;
  /** What the button shows. */
  button: ReactNode;
  /** Class of the button. */
  className: string;
  title?: string;
  /** Of the layer, px. */
  width: number;
  children: (close: () => void) => ReactNode;
}

/** A button with a layer below it; on a phone a sheet at the bottom. Arrows move in it, Esc and a press elsewhere close it. */
export function Popover({ label, button, className, title, width, children }: PopoverProps) {
  const opener = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number; maxHeight: number; width: number } | null>(null);
  const phone = usePhone();
  const close = useCallback((back: boolean) => {
    setPlace(null);
    if (back) opener.current?.focus();
  }, []);
  const done = useCallback(() => close(true), [close]);
  const open = (): void => {
    const box = opener.current?.getBoundingClientRect();
    if (!box) return;
    const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
    setPlace({ left, top: box.bottom + 4, maxHeight: window.innerHeight - box.bottom - 12, width });
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={place !== null}
        title={title}
        onClick={() => (place ? close(true) : open())}
      >
        {button}
      </button>
      {place &&
        (phone ? (
          <Modal label={label} className="dialog choices" onClose={done}>
            <Steps content={children} onDone={done} />
          </Modal>
        ) : (
          <Layer label={label} place={place} content={children} onClose={close} onDone={done} />
        ))}
    </>
  );
}

interface LayerProps {
  label: string;
  place: { left: number; top: number; maxHeight: number; width: number };
  content: PopoverProps["children"];
  onClose: (back: boolean) => void;
  onDone: () => void;
}

function Layer({ label, place, content, onClose, onDone }: LayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  useAway(
    layer,
    useCallback(() => onClose(false), [onClose]),
  );
  return (
    // The layer itself only listens for the key that closes it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={layer}
      className="menu choices"
      role="dialog"
      aria-label={label}
      style={place}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose(true);
      }}
    >
      <Steps content={content} onDone={onDone} />
    </div>
  );
}

/** Up and down go from one control to the next. */
function Steps({ content, onDone }: Pick<LayerProps, "content" | "onDone">) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const all = box.current;
    const first = all?.querySelector<HTMLElement>("[aria-checked=true], [aria-pressed=true]");
    (first ?? all?.querySelector<HTMLElement>("button, input"))?.focus({ preventScroll: true });
  }, []);
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    const controls = [...(box.current?.querySelectorAll<HTMLElement>("button, input") ?? [])];
    const at = controls.findIndex((one) => one === document.activeElement);
    controls.at((at + (event.key === "ArrowDown" ? 1 : -1)) % controls.length)?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} onKeyDown={onKey}>
      {content(onDone)}
    </div>
  );
}
