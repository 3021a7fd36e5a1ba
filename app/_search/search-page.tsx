"use client";
import { useEffect } from "react";
import { keepQuery } from "../_lib/address.ts";
import { Found } from "./found.tsx";
import { SearchInput } from "./search-input.tsx";
import { useSearchBox } from "./use-search-box.ts";

const LIST = "page-hits";
const LIMIT = 100;

function keepInAddress(words: string, sector: string | null): void {
  const parameters = new URLSearchParams();
  if (words !== "") parameters.set("q", words);
  if (sector !== null) parameters.set("sector", sector);
  keepQuery("/search", parameters.size === 0 ? "" : `?${parameters.toString()}`);
}

/** The search as a page, whose address keeps what was asked. */
export function SearchPage(asked: { words: string; sector: string | null }) {
  const box = useSearchBox({ ...asked, limit: LIMIT });
  const { words, sector } = box;
  useEffect(() => keepInAddress(words, sector), [words, sector]);
  return (
    <main className="page search">
      <h1 className="sr">Search</h1>
      <section className="panel results" aria-label="Search">
        <div className="ask">
          <SearchInput box={box} list={LIST} />
        </div>
        <Found box={box} list={LIST} />
      </section>
    </main>
  );
}
