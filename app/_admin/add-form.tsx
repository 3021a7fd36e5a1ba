"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { SOURCES, type Source } from "#lib/contracts/tickers.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { describeError } from "../_lib/errors.ts";
import { SOURCE_NAMES } from "../_lib/sources.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { toast } from "../_ui/toasts.tsx";
import { usePutRow } from "./use-admin.ts";
import { CalendarField } from "./calendar-field.tsx";
import { SymbolField } from "./symbol-field.tsx";

/** Recordings come by `npm run replay`, not from here. */
const CHOICES: readonly Source[] = SOURCES.filter((source) => source !== "recording");

interface AddFormProps {
  sectors: readonly string[];
  onUnauthorized: () => void;
}

interface Fields {
  source: Source;
  symbol: string;
  name: string;
  sector: string;
  calendar: CalendarName | null;
}

const EMPTY = { symbol: "", name: "", sector: "", calendar: null };

function useAdd(onAdded: () => void, onUnauthorized: () => void) {
  const trpc = useTRPC();
  const put = usePutRow();
  return useMutation(
    trpc.tickers.add.mutationOptions({
      onSuccess: (row) => {
        put(row);
        toast(`${row.ticker.symbol} is added. It is collected within two seconds.`);
        onAdded();
      },
      onError: (error) => {
        if (describeError(error).code === "UNAUTHORIZED") onUnauthorized();
      },
    }),
  );
}

/** A new ticker: its source is asked whether it has such a symbol. */
export function AddForm({ sectors, onUnauthorized }: AddFormProps) {
  const [fields, setFields] = useState<Fields>({ source: "coinbase", ...EMPTY });
  const { source, symbol, name, sector, calendar } = fields;
  const set = (change: Partial<Fields>): void => setFields((before) => ({ ...before, ...change }));
  const add = useAdd(() => set(EMPTY), onUnauthorized);
  const setChecked = (change: Partial<Fields>): void => {
    set(change);
    add.reset();
  };
  const submit = (): void =>
    add.mutate({
      source,
      sourceSymbol: symbol,
      ...(name.trim() !== "" && { name }),
      ...(sector.trim() !== "" && { sector }),
      ...(calendar !== null && { calendar }),
    });
  return (
    <section className="panel" id="add" aria-label="Add a ticker">
      <header>
        <h2>Add a ticker</h2>
      </header>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label className="field wide">
          <span>Source</span>
          <select
            value={source}
            onChange={(event) => setChecked({ source: CHOICES.find((one) => one === event.target.value) ?? source })}
          >
            {CHOICES.map((one) => (
              <option key={one} value={one}>
                {SOURCE_NAMES[one]}
              </option>
            ))}
          </select>
        </label>
        <SymbolField
          source={source}
          typed={symbol}
          wrong={add.error ? describeError(add.error) : null}
          onType={(text) => setChecked({ symbol: text })}
          onChoose={(listing) => setChecked({ symbol: listing.sourceSymbol })}
        />
        <label className="field">
          <span>Name</span>
          <input
            value={name}
            placeholder="taken from the source"
            maxLength={120}
            onChange={(event) => set({ name: event.target.value })}
          />
        </label>
        <label className="field">
          <span>Sector</span>
          <input
            value={sector}
            placeholder="none"
            maxLength={60}
            list="sectors"
            onChange={(event) => set({ sector: event.target.value })}
          />
          <Sectors sectors={sectors} />
        </label>
        <CalendarField value={calendar} optional onChoose={(chosen) => set({ calendar: chosen })} />
        <div className="wide actions">
          <button type="submit" className="btn primary" disabled={symbol.trim() === "" || add.isPending}>
            {add.isPending ? "Asking the source" : "Add ticker"}
          </button>
          <button type="button" className="btn" onClick={() => setChecked(EMPTY)}>
            Clear
          </button>
          <span className="grow" />
          <span className="dim desk">checked against the source</span>
        </div>
      </form>
    </section>
  );
}

/** The sectors that exist, for fields that name one. */
export function Sectors({ sectors }: { sectors: readonly string[] }) {
  return (
    <datalist id="sectors">
      {sectors.map((one) => (
        <option key={one} value={one} />
      ))}
    </datalist>
  );
}
