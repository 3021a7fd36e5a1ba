"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { TickerRow } from "#lib/contracts/views.ts";
import { formatActions, parseActions } from "../_lib/action-lines.ts";
import { describeError } from "../_lib/errors.ts";
import { formatValue, parseList, parseValue } from "../_lib/ticker-rows.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Icon } from "../_ui/icon.tsx";
import { toast } from "../_ui/toasts.tsx";
import { ActionsField } from "./actions-field.tsx";
import { Sectors } from "./add-form.tsx";
import { CalendarField } from "./calendar-field.tsx";
import { usePutRow } from "./use-admin.ts";

interface Fields {
  name: string;
  sector: string;
  formerTickers: string;
  aliases: string;
  marketValue: string;
  /** A line each. */
  actions: string;
}

const LABELS: readonly { name: Exclude<keyof Fields, "actions">; label: string; hint: string; wide: boolean }[] = [
  { name: "name", label: "Name", hint: "", wide: true },
  { name: "sector", label: "Sector", hint: "none", wide: false },
  { name: "marketValue", label: "Market value", hint: "not known, e.g. 3.4T", wide: false },
  { name: "formerTickers", label: "Former tickers", hint: "none; several with commas", wide: false },
  { name: "aliases", label: "Also found as", hint: "none; several with commas", wide: false },
];

const fieldsOf = ({ ticker }: TickerRow): Fields => ({
  name: ticker.name,
  sector: ticker.sector ?? "",
  formerTickers: ticker.formerTickers.join(", "),
  aliases: ticker.aliases.join(", "),
  marketValue: formatValue(ticker.marketValue),
  actions: formatActions(ticker.actions),
});

interface TextFieldProps {
  name: Exclude<keyof Fields, "actions">;
  label: string;
  hint: string;
  wide: boolean;
  value: string;
  bad: boolean;
  /** What is stored now, where that differs from what was typed. */
  newest: string | null;
  onType: (text: string) => void;
}

function TextField({ name, label, hint, wide, value, bad, newest, onType }: TextFieldProps) {
  return (
    <label className={`field${wide ? " wide" : ""}${bad ? " bad" : ""}`}>
      <span>{label}</span>
      <input
        value={value}
        placeholder={hint}
        required={name === "name"}
        maxLength={name === "name" ? 120 : 400}
        list={name === "sector" ? "sectors" : undefined}
        aria-invalid={bad}
        onChange={(event) => onType(event.target.value)}
      />
      {bad && <span className="why">A number, as 3.4T or 120000000</span>}
      {newest !== null && <span className="hint">now stored: {newest || "none"}</span>}
    </label>
  );
}

interface EditFormProps {
  row: TickerRow;
  sectors: readonly string[];
  onClose: () => void;
  onUnauthorized: () => void;
}

function useEdit(onUnauthorized: () => void, onOvertaken: (newest: TickerRow) => void, onDone: () => void) {
  const trpc = useTRPC();
  const put = usePutRow();
  return useMutation(
    trpc.tickers.edit.mutationOptions({
      onSuccess: (after) => {
        put(after);
        toast(`${after.ticker.symbol} is changed.`);
        onDone();
      },
      onError: (error) => {
        const { code, details } = describeError(error);
        if (code === "UNAUTHORIZED") onUnauthorized();
        if (!details?.newest) return;
        put(details.newest);
        onOvertaken(details.newest);
      },
    }),
  );
}

interface RefusalProps {
  error: Parameters<typeof describeError>[0];
  /** Null where nobody else changed it. */
  onTakeNewest: (() => void) | null;
}

/** Why it was not stored. */
function Refusal({ error, onTakeNewest }: RefusalProps) {
  return (
    <div className="notice" role="alert">
      <Icon name="warn" />
      <span className="grow">{describeError(error).message}</span>
      {onTakeNewest && (
        <button type="button" className="btn edge" onClick={onTakeNewest}>
          Take the newest
        </button>
      )}
    </div>
  );
}

/** What people call a ticker, and its splits and dividends. When somebody else changed it meanwhile, the newest values are shown beside what was typed. */
export function EditForm({ row, sectors, onClose, onUnauthorized }: EditFormProps) {
  const [base, setBase] = useState(row);
  const [fields, setFields] = useState(() => fieldsOf(row));
  const [calendar, setCalendar] = useState(row.ticker.calendar);
  const [overtaken, setOvertaken] = useState(false);
  const showNewest = (after: TickerRow): void => {
    setBase(after);
    setOvertaken(true);
  };
  const edit = useEdit(onUnauthorized, showNewest, onClose);
  const marketValue = parseValue(fields.marketValue);
  const { actions, refusal } = parseActions(fields.actions, calendar);
  const newest = fieldsOf(base);
  const takeNewest = (): void => {
    setFields(newest);
    setCalendar(base.ticker.calendar);
    setOvertaken(false);
    edit.reset();
  };
  const { symbol } = row.ticker;
  return (
    <section className="panel" id="add" aria-label={`Edit ${symbol}`}>
      <header>
        <h2>Edit</h2>
        <span className="sub sym">{symbol}</span>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {edit.error && <Refusal error={edit.error} onTakeNewest={overtaken ? takeNewest : null} />}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (marketValue === undefined || actions === null) return;
          edit.mutate({
            symbol,
            version: base.version,
            name: fields.name,
            sector: fields.sector.trim() || null,
            formerTickers: parseList(fields.formerTickers),
            aliases: parseList(fields.aliases),
            marketValue,
            calendar,
            actions,
          });
        }}
      >
        {LABELS.map((field) => (
          <TextField
            key={field.name}
            {...field}
            value={fields[field.name]}
            bad={field.name === "marketValue" && marketValue === undefined}
            newest={overtaken && newest[field.name] !== fields[field.name] ? newest[field.name] : null}
            onType={(text) => setFields((before) => ({ ...before, [field.name]: text }))}
          />
        ))}
        <Sectors sectors={sectors} />
        <CalendarField
          value={calendar}
          onChoose={(chosen) => setCalendar(chosen ?? calendar)}
          newest={overtaken && base.ticker.calendar !== calendar ? base.ticker.calendar : null}
        />
        <ActionsField
          value={fields.actions}
          refusal={refusal}
          onType={(text) => setFields((before) => ({ ...before, actions: text }))}
          newest={overtaken && newest.actions !== fields.actions ? newest.actions : null}
        />
        <div className="wide actions">
          <button
            type="submit"
            className="btn primary"
            disabled={edit.isPending || marketValue === undefined || actions === null}
          >
            {overtaken ? "Save mine over it" : "Save"}
          </button>
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </section>
  );
}
