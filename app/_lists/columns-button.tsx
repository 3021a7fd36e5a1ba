"use client";
import { type ColumnKey, COLUMNS } from "#lib/contracts/lists.ts";
import { COLUMN_WORDS, toggleColumn } from "../_lib/columns.ts";
import { Icon } from "../_ui/icon.tsx";
import { Popover } from "../_ui/popover.tsx";

interface ColumnsButtonProps {
  shown: readonly ColumnKey[];
  onChange: (columns: readonly ColumnKey[] | null) => void;
}

/** Which columns the list has. */
export function ColumnsButton({ shown, onChange }: ColumnsButtonProps) {
  return (
    <Popover label="Columns" title="Columns" className="btn square" width={216} button={<Icon name="columns" />}>
      {() => (
        <>
          {COLUMNS.filter((key) => key !== "symbol").map((key) => (
            <label key={key} className="check" title={COLUMN_WORDS[key].about}>
              <input
                type="checkbox"
                checked={shown.includes(key)}
                onChange={() => onChange(toggleColumn(shown, key))}
              />
              {COLUMN_WORDS[key].title}
            </label>
          ))}
          <hr />
          <button type="button" onClick={() => onChange(null)}>
            The usual ones
          </button>
        </>
      )}
    </Popover>
  );
}
