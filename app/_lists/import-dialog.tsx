"use client";
import Link from "next/link";
import { useMemo, useState } from "react";
import { LIST_LIMITS, type WatchList } from "#lib/contracts/lists.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { IMPORT_LENGTH, parseSymbols, planImport, type ImportPlan } from "../_lib/list-import.ts";
import { Modal } from "../_ui/modal.tsx";
import { toast } from "../_ui/toasts.tsx";

interface ImportDialogProps {
  /** The list that is shown; null: all symbols, so that a new one is made. */
  list: WatchList | null;
  instruments: readonly InstrumentView[];
  onAdd: (list: WatchList, symbols: readonly string[]) => void;
  onCreate: (name: string, symbols: readonly string[]) => void;
  onClose: () => void;
}

/** Takes symbols from a text or a file, says which of them are not collected and what to do, and puts the others into a list. */
export function ImportDialog({ list, instruments, onAdd, onCreate, onClose }: ImportDialogProps) {
  const [text, setText] = useState("");
  const [name, setName] = useState("Imported");
  const [intoNew, setIntoNew] = useState(list === null);
  const [elsewhere, setElsewhere] = useState(false);
  const plan = useMemo(() => planImport(parseSymbols(text), instruments), [text, instruments]);
  const symbols = [...new Set([...plan.symbols, ...(elsewhere ? plan.elsewhere.map(({ symbol }) => symbol) : [])])];
  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size > IMPORT_LENGTH) return toast(`${file.name} is larger than ${IMPORT_LENGTH / 1_000} KB`);
    setText(await file.text());
    setName(file.name.replace(/\.[^.]*$/, "").slice(0, LIST_LIMITS.name) || "Imported");
  };
  return (
    <Modal label="Import symbols" className="dialog wide" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (symbols.length === 0) return;
          onClose();
          if (intoNew || list === null) onCreate(name.trim() || "Imported", symbols);
          else onAdd(list, symbols);
        }}
      >
        <h2>Import symbols</h2>
        <label className="field">
          <span>Symbols, one a line or with commas between them, or a CSV with a column Symbol</span>
          <textarea
            value={text}
            rows={6}
            className="words"
            maxLength={IMPORT_LENGTH}
            spellCheck={false}
            placeholder={"NASDAQ:AAPL, MSFT\nBTC-USD"}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <label className="field">
          <span>Or a file</span>
          <input
            type="file"
            accept=".txt,.csv,text/plain,text/csv"
            onChange={(event) => void open(event.target.files?.[0])}
          />
        </label>
        {list && (
          <fieldset className="into">
            <legend className="sr">Into</legend>
            <label className="check">
              <input type="radio" name="into" checked={!intoNew} onChange={() => setIntoNew(false)} />
              Into “{list.name}”
            </label>
            <label className="check">
              <input type="radio" name="into" checked={intoNew} onChange={() => setIntoNew(true)} />
              Into a new list
            </label>
          </fieldset>
        )}
        {intoNew && (
          <label className="field">
            <span>Name of the new list</span>
            <input value={name} maxLength={LIST_LIMITS.name} onChange={(event) => setName(event.target.value)} />
          </label>
        )}
        <Report plan={plan} taken={elsewhere} onTake={setElsewhere} empty={text.trim() === ""} />
        <footer>
          <span className="grow" />
          <button type="button" className="btn edge" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn primary" disabled={symbols.length === 0}>
            Import {symbols.length} {symbols.length === 1 ? "symbol" : "symbols"}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

interface ReportProps {
  plan: ImportPlan;
  taken: boolean;
  onTake: (taken: boolean) => void;
  empty: boolean;
}

function Report({ plan: { symbols, elsewhere, unknown, left }, taken, onTake, empty }: ReportProps) {
  return (
    <div className="report" role="status" aria-label="What was found">
      {!empty && <p>{symbols.length} found as they stand.</p>}
      {left > 0 && <p>{left} more than a list holds; they are left out.</p>}
      {elsewhere.length > 0 && (
        <>
          <label className="check">
            <input type="checkbox" checked={taken} onChange={(event) => onTake(event.target.checked)} />
            Take {elsewhere.length} from another exchange, where they are collected
          </label>
          <p className="sub words">{elsewhere.map(({ wanted, symbol }) => `${wanted} → ${symbol}`).join(", ")}</p>
        </>
      )}
      {unknown.length > 0 && (
        <>
          <p>
            {unknown.length} not collected, left out: check the spelling, or{" "}
            <Link className="link" href="/admin/tickers">
              add them under Admin
            </Link>{" "}
            and import again.
          </p>
          <p className="sub words">{unknown.join(", ")}</p>
        </>
      )}
    </div>
  );
}
