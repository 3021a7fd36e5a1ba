"use client";
import { useState } from "react";
import { mergeLists } from "../_lib/lists.ts";
import { toast } from "../_ui/toasts.tsx";
import type { Lists } from "./use-lists.ts";

const KEY = "tapedeck-lists-stay";

function isDeclined(): boolean {
  try {
    return localStorage.getItem(KEY) === "yes";
  } catch {
    return false;
  }
}

/** Moves what this browser keeps to the server; it goes from here only once it is there. */
export async function moveToServer({ inBrowser, change, changeInBrowser }: Lists): Promise<void> {
  const moved = inBrowser;
  if (!(await change(mergeLists(moved)))) return;
  const ids = new Set(moved.map((list) => list.id));
  await changeInBrowser((lists) => lists.filter((list) => !ids.has(list.id)));
  toast(`${counted(moved.length)} moved to the server`);
}

const counted = (lists: number): string => (lists === 1 ? "One list" : `${lists} lists`);

/** Who is signed in and has lists in this browser is asked what shall become of them. */
export function BrowserOffer({ lists }: { lists: Lists }) {
  const [declined, setDeclined] = useState(false);
  const { place, inBrowser } = lists;
  if (place !== "server" || lists.lists === null || inBrowser.length === 0 || declined || isDeclined()) return null;
  const decline = (): void => {
    setDeclined(true);
    try {
      localStorage.setItem(KEY, "yes");
    } catch {
      // Then it is asked again on the next page.
    }
  };
  return (
    <div className="offer" role="region" aria-label="Lists of this browser">
      <span className="grow">
        {counted(inBrowser.length)} from before you signed in {inBrowser.length === 1 ? "is" : "are"} in this browser
        only.
      </span>
      <button type="button" className="btn edge" onClick={() => void moveToServer(lists)}>
        Move to the server
      </button>
      <button type="button" className="btn" onClick={decline}>
        Leave here
      </button>
    </div>
  );
}
