"use client";
import { useId, useState } from "react";
import { kindOf, type Parameter } from "#lib/domain/indicators/kinds.ts";
import { conflictOf, isAllowed } from "#lib/domain/indicators/spec.ts";
import { LINE_COLORS, type LineColor } from "#lib/contracts/drawings.ts";
import { LineSample } from "../_chart/line-sample.tsx";
import type { LineStyle } from "../_chart/_prepare/line-styles.ts";
import { type ChosenIndicator, COLOR_WORDS, indicatorLabel } from "../_lib/chosen-indicators.ts";
import { Icon } from "../_ui/icon.tsx";

interface ChosenRowProps {
  one: ChosenIndicator;
  style: LineStyle;
  onEdit: (changed: ChosenIndicator) => void;
  onRemove: () => void;
}

/** An indicator of the chart with its numbers and its colour. A number that cannot be is said so and changes nothing. */
export function ChosenRow({ one, style, onEdit, onRemove }: ChosenRowProps) {
  const { name, parameters } = kindOf(one.kind);
  const label = indicatorLabel(one);
  return (
    <li className="chosen-row">
      <LineSample style={style} />
      <b className="clip">{name}</b>
      <div className="numbers">
        {parameters.map((parameter, place) => (
          <NumberField
            key={parameter.name}
            parameter={parameter}
            of={label}
            value={one.parameters[place] ?? parameter.usual}
            wrong={(value) =>
              isAllowed(one.kind, place, value)
                ? conflictOf({ ...one, parameters: one.parameters.with(place, value) })
                : `${parameter.least} to ${parameter.most}`
            }
            onValue={(value) => onEdit({ ...one, parameters: one.parameters.with(place, value) })}
          />
        ))}
        <label className="field">
          <span>Colour</span>
          <select
            aria-label={`Colour of ${label}`}
            value={one.color}
            onChange={(event) => onEdit({ ...one, color: event.target.value as LineColor })}
          >
            {LINE_COLORS.map((color) => (
              <option key={color} value={color}>
                {COLOR_WORDS[color]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button type="button" className="btn square" aria-label={`Remove ${label}`} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  );
}

interface NumberFieldProps {
  parameter: Parameter;
  /** Whose number it is. */
  of: string;
  value: number;
  /** What is wrong with a value; null for nothing. */
  wrong: (value: number) => string | null;
  onValue: (value: number) => void;
}

function NumberField({ parameter: { name, least, most, step }, of, value, wrong, onValue }: NumberFieldProps) {
  const [typed, setTyped] = useState(String(value));
  const why = useId();
  const given = typed.trim() === "" ? Number.NaN : Number(typed);
  const problem = wrong(given);
  return (
    <label className={problem === null ? "field" : "field bad"}>
      <span>{name}</span>
      <input
        type="number"
        inputMode="decimal"
        min={least}
        max={most}
        step={step}
        value={typed}
        aria-label={`${name} of ${of}`}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : why}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          const next = text.trim() === "" ? Number.NaN : Number(text);
          if (wrong(next) === null) onValue(next);
        }}
      />
      {problem !== null && (
        <span id={why} className="why" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
