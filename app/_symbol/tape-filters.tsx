"use client";
import { useMemo, useState } from "react";
import type { Print } from "#lib/contracts/latest.ts";
import type { Distribution } from "#lib/contracts/distribution-views.ts";
import { quantity } from "../_lib/format.ts";
import { conditionsOf, isFast, type TapeFilter } from "../_lib/tape.ts";

const SIDES = [
  { side: null, words: "All sides" },
  { side: "buy", words: "Buys" },
  { side: "sell", words: "Sells" },
] as const;
const LARGE: readonly number[] = [50, 90, 99];

/** Lower bounds of sizes by percentile of today's trades. */
function useThresholds(distribution: Distribution | undefined) {
  return useMemo(() => {
    const found = LARGE.map((percentile) => {
      const size = distribution?.percentiles.find((one) => one.percentile === percentile)?.estimate.value;
      return size === undefined ? null : { words: `≥ p${percentile}, ${quantity(size)}`, least: size };
    });
    return [{ words: "All sizes", least: 0 }, ...found.filter((one) => one !== null)];
  }, [distribution]);
}

export interface TapeChoice {
  filter: TapeFilter;
  /** Neighbours at one price are one row: as chosen, else by itself where trades come fast. */
  isGathered: boolean;
  words: { size: string; side: string };
  conditions: readonly string[];
  nextSize: () => void;
  nextSide: () => void;
  chooseCondition: (condition: string | null) => void;
  gather: (isGathered: boolean) => void;
}

/** Which trades are listed, and how. `prints` newest first. */
export function useTapeChoice(prints: readonly Print[], distribution: Distribution | undefined): TapeChoice {
  const thresholds = useThresholds(distribution);
  const [sizeIndex, setSizeIndex] = useState(0);
  const [sideIndex, setSideIndex] = useState(0);
  const [condition, chooseCondition] = useState<string | null>(null);
  const [wanted, gather] = useState<boolean | null>(null);
  const size = thresholds[sizeIndex % thresholds.length];
  const { side, words } = SIDES[sideIndex % SIDES.length] ?? SIDES[0];
  const least = size?.least ?? 0;
  const filter = useMemo(() => ({ side, least, condition }), [side, least, condition]);
  const conditions = useMemo(
    () => [...new Set([...conditionsOf(prints), ...(condition === null ? [] : [condition])])],
    [prints, condition],
  );
  return {
    filter,
    isGathered: wanted ?? isFast(prints),
    words: { size: size?.words ?? "", side: words },
    conditions,
    nextSize: () => setSizeIndex((index) => (index + 1) % thresholds.length),
    nextSide: () => setSideIndex((index) => (index + 1) % SIDES.length),
    chooseCondition,
    gather,
  };
}

export function TapeFilters({ choice }: { choice: TapeChoice }) {
  const { filter, isGathered, words, conditions } = choice;
  return (
    <div className="tape-filters" role="group" aria-label="Which trades are listed">
      <button type="button" className="btn" onClick={choice.nextSize}>
        {words.size}
      </button>
      <button type="button" className="btn" onClick={choice.nextSide}>
        {words.side}
      </button>
      {conditions.length > 0 && (
        <select
          className="choice"
          aria-label="Condition"
          value={filter.condition ?? ""}
          onChange={({ target }) => choice.chooseCondition(target.value === "" ? null : target.value)}
        >
          <option value="">Any condition</option>
          {conditions.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
      <span className="grow" />
      <button
        type="button"
        className="btn"
        aria-pressed={isGathered}
        title="Neighbours of one second at one price and side as one row; by itself where more than 20 trades come in a second"
        onClick={() => choice.gather(!isGathered)}
      >
        By price
      </button>
    </div>
  );
}
