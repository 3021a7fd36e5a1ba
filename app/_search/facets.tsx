"use client";
import type { TickerHits } from "#lib/contracts/stores.ts";

interface FacetsProps {
  sectors: TickerHits["sectors"];
  total: number;
  chosen: string | null;
  onChoose: (sector: string | null) => void;
}

/** The sectors in which hits lie. The chosen one stays in the list, also when it has no hit any more. */
export function Facets({ sectors, total, chosen, onChoose }: FacetsProps) {
  const missing = chosen !== null && !sectors.some(({ sector }) => sector === chosen);
  const all = sectors.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="facets" role="group" aria-label="Sectors">
      <div className="segment">
        <button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
          All <small>{Math.max(total, all)}</small>
        </button>
        {missing && (
          <button type="button" aria-pressed="true" onClick={() => onChoose(null)}>
            {chosen} <small>0</small>
          </button>
        )}
        {sectors.map(({ sector, count }) => (
          <button key={sector} type="button" aria-pressed={chosen === sector} onClick={() => onChoose(sector)}>
            {sector} <small>{count}</small>
          </button>
        ))}
      </div>
    </div>
  );
}
