"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState, type KeyboardEvent } from "react";
import { keepQuery } from "../_lib/address.ts";
import { symbolHref } from "../_lib/links.ts";
import { stepped } from "../_lib/search.ts";
import { Failure } from "../_ui/failure.tsx";
import { Icon } from "../_ui/icon.tsx";
import { Facets } from "./facets.tsx";
import { inOrder, NoMatch, optionId, Results, Searching } from "./results.tsx";
import { useTickerSearch } from "./use-ticker-search.ts";

const LIST = "page-hits";
const LIMIT = 100;

function keepInAddress(words: string, sector: string | null): void {
  const parameters = new URLSearchParams();
  if (words !== "") parameters.set("q", words);
  if (sector !== null) parameters.set("sector", sector);
  keepQuery("/search", parameters.size === 0 ? "" : `?${parameters.toString()}`);
}

export function SearchPage({ words: initial, sector: initialSector }: { words: string; sector: string | null }) {
  const router = useRouter();
  const [typed, setTyped] = useState(initial);
  const [sector, setSector] = useState(initialSector);
  const [selected, setSelected] = useState(0);
  const { data, words, settled, error, refetch } = useTickerSearch(typed, sector, LIMIT);
  const hits = data ? inOrder(data.hits, words) : [];
  const at = Math.min(selected, Math.max(0, hits.length - 1));
  useEffect(() => keepInAddress(words, sector), [words, sector]);

  const onKey = (event: KeyboardEvent): void => {
    const hit = hits[at];
    if (event.key === "Enter" && hit && settled) router.push(symbolHref(hit.ticker.symbol));
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setSelected(stepped(at, event.key, hits.length));
    }
  };

  return (
    <main className="page search">
      <h1 className="sr">Search</h1>
      <section className="panel results" aria-label="Search">
        <div className="ask">
          <Icon name="search" />
          <input
            value={typed}
            aria-label="Ticker, name or former ticker"
            placeholder="Ticker, name or former ticker"
            role="combobox"
            aria-expanded={hits.length > 0}
            aria-controls={LIST}
            aria-activedescendant={hits.length > 0 ? optionId(LIST, at) : undefined}
            autoComplete="off"
            spellCheck={false}
            // The page exists only to be typed into.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onChange={(event) => {
              setTyped(event.target.value);
              setSelected(0);
            }}
            onKeyDown={onKey}
          />
          <span className="dim found" role="status">
            {data && settled ? `${data.total} ${data.total === 1 ? "match" : "matches"}` : ""}
          </span>
        </div>
        {data && <Facets sectors={data.sectors} total={data.total} chosen={sector} onChoose={setSector} />}
        {error && !data && <Failure title="The search does not answer" error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Searching />}
        {data && hits.length === 0 && settled && <NoMatch words={words} sector={sector} />}
        <Results id={LIST} hits={hits} words={words} selected={at} onOpen={() => undefined} />
      </section>
    </main>
  );
}
