/** A column: its title, none over the actions of a row, and its width, px; null: what is left. */
export type TableColumn = readonly [title: string, width: number | null];

interface TableHeadProps {
  columns: readonly TableColumn[];
  /** The column of numbers. */
  number?: string;
}

/** The head of a table whose columns are fixed. */
export function TableHead({ columns, number }: TableHeadProps) {
  return (
    <>
      <colgroup>
        {columns.map(([title, width]) => (
          <col key={title} style={width === null ? undefined : { width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(([title]) => (
            <th key={title} scope="col" className={title === number ? "num" : undefined}>
              {title || <span className="sr">Actions</span>}
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}
