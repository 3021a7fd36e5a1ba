"use client";
import { MAX_NOTE } from "#lib/contracts/alerts.ts";
import { ALERT_INTERVALS, DIRECTIONS } from "#lib/domain/alerts/rule.ts";
import { asksInterval, LIVES, type AlertFields, type FieldName, type WrongField } from "../_lib/alert-form.ts";

const KINDS = {
  cross: "Price crosses",
  above: "Price at or above",
  below: "Price at or below",
  change: "Price changes by",
  volume: "Volume of a bar",
} as const satisfies Record<AlertFields["kind"], string>;

const WAYS = { up: "Upwards", down: "Downwards", either: "Either way" } as const;
const OFTEN = { once: "Once", close: "At each close of a bar", every: "Every time" } as const;
const SESSIONS = { all: "All sessions", regular: "Regular session only" } as const;

interface AlertFieldsetProps {
  fields: AlertFields;
  wrong: WrongField | null;
  isNew: boolean;
  onChange: (change: Partial<AlertFields>) => void;
}

/** What a rule watches for, how often it fires, and for how long. */
export function AlertFieldset({ fields, wrong, isNew, onChange }: AlertFieldsetProps) {
  const { kind, frequency } = fields;
  const number = (name: FieldName, label: string) => (
    <NumberField
      label={label}
      value={fields[name]}
      why={wrong?.field === name && fields[name] !== "" ? wrong.why : null}
      onType={(text) => onChange({ [name]: text })}
      focused={name === "level"}
    />
  );
  const lives = Object.fromEntries(Object.keys(LIVES).map((life) => [life, life === "never" ? "Never" : `In ${life}`]));
  return (
    <>
      <ChoiceField label="Condition" value={kind} options={KINDS} onChoose={(chosen) => onChange({ kind: chosen })} />
      {kind === "change" && number("percent", "Per cent")}
      {kind === "volume" && number("amount", "At least")}
      {(kind === "cross" || kind === "above" || kind === "below") && number("level", "Level")}
      {kind === "change" && number("minutes", "Against minutes before")}
      {(kind === "cross" || kind === "change") && (
        <ChoiceField
          label="Direction"
          value={fields.direction}
          options={Object.fromEntries(DIRECTIONS.map((way) => [way, WAYS[way]])) as typeof WAYS}
          onChoose={(direction) => onChange({ direction })}
        />
      )}
      <ChoiceField
        label="Fires"
        value={frequency}
        options={OFTEN}
        onChoose={(chosen) => onChange({ frequency: chosen })}
      />
      {frequency === "every" && number("seconds", "Seconds between")}
      {asksInterval(fields) && (
        <ChoiceField
          label="Bars of"
          value={fields.interval}
          options={
            Object.fromEntries(ALERT_INTERVALS.map((one) => [one, one])) as Record<AlertFields["interval"], string>
          }
          onChoose={(interval) => onChange({ interval })}
        />
      )}
      <ChoiceField
        label="Sessions"
        value={fields.session}
        options={SESSIONS}
        onChoose={(session) => onChange({ session })}
      />
      <ChoiceField
        label="Expires"
        value={fields.life}
        options={(isNew ? lives : { ...lives, kept: "As it was" }) as Record<AlertFields["life"], string>}
        onChoose={(life) => onChange({ life })}
      />
      <label className="field wide">
        <span>Note</span>
        <input
          value={fields.note}
          maxLength={MAX_NOTE}
          placeholder="none; said when it fires"
          onChange={(event) => onChange({ note: event.target.value })}
        />
      </label>
    </>
  );
}

interface ChoiceFieldProps<T extends string> {
  label: string;
  value: T;
  options: Readonly<Record<T, string>>;
  onChoose: (value: T) => void;
}

function ChoiceField<T extends string>({ label, value, options, onChoose }: ChoiceFieldProps<T>) {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.target.value as T)}>
        {Object.entries<string>(options).map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface NumberFieldProps {
  label: string;
  value: string;
  why: string | null;
  onType: (text: string) => void;
  focused: boolean;
}

function NumberField({ label, value, why, onType, focused }: NumberFieldProps) {
  return (
    <label className={why === null ? "field" : "field bad"}>
      <span>{label}</span>
      <input
        inputMode="decimal"
        value={value}
        required
        autoComplete="off"
        // The dialog opens to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={focused}
        aria-invalid={why !== null}
        onChange={(event) => onType(event.target.value)}
      />
      {why !== null && <span className="why">{why}</span>}
    </label>
  );
}
