import { COLUMNS } from "./watchlist.tsx";

const ROWS = 26;
const bone = (width: number) => <i className="bone" style={{ width }} />;

/** The watchlist before it is known: its final geometry, still. */
export function LoadingRows() {
  return (
    <div className="fill" aria-busy="true">
      <table aria-hidden="true">
        <colgroup>
          {COLUMNS.map(({ key, width }) => (
            <col key={key} style={width === null ? undefined : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {COLUMNS.map(({ key, title, number }) => (
              <th key={key} className={number ? "num" : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: ROWS }, (_, row) => (
            <tr key={row}>
              {COLUMNS.map(({ key, number }, column) => (
                <td key={key} className={number ? "num" : undefined}>
                  {bone(key === "name" ? 64 + ((row * 37) % 60) : 36 + ((row * 7 + column * 5) % 16))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
