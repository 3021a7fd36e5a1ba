"use client";
import { useEffect, useRef, type ReactNode } from "react";
import { holdToasts } from "./toasts.tsx";

interface ModalProps {
  label: string;
  /** Class of the layer inside the scrim. */
  className: string;
  onClose: () => void;
  children: ReactNode;
}

/** A layer over the page: focus stays inside, Esc and a click beside it close it, and focus goes back to where it was. */
export function Modal({ label, className, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    if (!element.open) element.showModal();
    const release = holdToasts(element);
    return () => {
      release();
      element.close();
    };
  }, []);
  return (
    // The click beside the layer is a shortcut for Esc, which the dialog itself handles.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={dialog}
      className="scrim"
      data-floating
      aria-label={label}
      onClose={(event) => {
        // A close that was undone at once (effects run twice in development) is none.
        if (!event.currentTarget.open) onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={className}>{children}</div>
    </dialog>
  );
}
