import { COLUMN_WORDS, USUAL_COLUMNS } from "../_lib/columns.ts";

const ROWS = 26;
const bone = (width: number) => <i className="bone" style={{ width }} />;

/** The watchlist before it is known: its final geometry, still. */
export function LoadingRows() {
  return (
    <div className="fill" aria-busy="true">
      <table aria-hidden="true">
        <colgroup>
          {USUAL_COLUMNS.map((key) => (
            <col key={key} style={{ width: COLUMN_WORDS[key].width ?? undefined }} />
          ))}
          <col style={{ width: 32 }} />
        </colgroup>
        <thead>
          <tr>
            {USUAL_COLUMNS.map((key) => (
              <th key={key} className={COLUMN_WORDS[key].number ? "num" : undefined}>
                {COLUMN_WORDS[key].title}
              </th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: ROWS }, (_, row) => (
            <tr key={row}>
              {USUAL_COLUMNS.map((key, column) => (
                <td key={key} className={COLUMN_WORDS[key].number ? "num" : undefined}>
                  {bone(key === "name" ? 64 + ((row * 37) % 60) : 36 + ((row * 7 + column * 5) % 16))}
                </td>
              ))}
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
