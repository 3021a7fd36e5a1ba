"use client";
import { useRouter } from "next/navigation";
import Link from "next/link";
import { useMemo, useState } from "react";
import type { TickerRow } from "#lib/contracts/views.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { splitSymbol } from "#lib/domain/symbol.ts";
import { age, DASH } from "../_lib/format.ts";
import { formatAuditView } from "../_lib/audit.ts";
import { symbolHref } from "../_lib/links.ts";
import { SOURCE_NAMES } from "../_lib/sources.ts";
import {
  arrangeRows,
  historyView,
  statusBadge,
  STATUS_WORDS,
  type RowFilter,
  type RowSort,
  type RowSortKey,
} from "../_lib/ticker-rows.ts";
import { useSecond } from "../_live/hooks.ts";
import { Badge } from "../_ui/badge.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { usePhone } from "../_ui/use-phone.ts";

const COLUMNS: readonly { key: RowSortKey | null; title: string; width: number | null }[] = [
  { key: "symbol", title: "Symbol", width: 184 },
  { key: "name", title: "Name", width: null },
  { key: "source", title: "Source", width: 104 },
  { key: "status", title: "State", width: 128 },
  { key: null, title: "History", width: 204 },
  { key: null, title: "Last tick", width: 84 },
  { key: null, title: "", width: 52 },
];

export interface TickerTableProps {
  rows: readonly TickerRow[];
  admin: boolean;
  onEdit: (row: TickerRow) => void;
  onState: (row: TickerRow, state: TickerRow["ticker"]["state"]) => void;
  onRemove: (row: TickerRow) => void;
}

export function TickerTable(props: TickerTableProps) {
  const { rows } = props;
  const phone = usePhone();
  const [filter, setFilter] = useState<RowFilter>({ source: null, status: null });
  const [sort, setSort] = useState<RowSort>({ key: "symbol", order: "ascending" });
  const shown = useMemo(() => arrangeRows(rows, filter, sort), [rows, filter, sort]);
  const sources = [...new Set(rows.map((row) => row.ticker.source))];
  const statuses = [...new Set(rows.map((row) => row.status))];
  const kept = rows.filter((row) => row.status !== "removed").length;
  const simulated = rows.filter((row) => row.ticker.source === "simulator" && row.status !== "removed").length;
  const onSort = (key: RowSortKey): void =>
    setSort((before) => ({
      key,
      order: before.key === key && before.order === "ascending" ? "descending" : "ascending",
    }));
  return (
    <section className="panel" aria-label="Tickers">
      <header>
        <h2>Tickers</h2>
        <span className="dim">
          {kept} in {sources.length} {sources.length === 1 ? "source" : "sources"}
        </span>
        {simulated > 0 && <Badge kind="simulated" words={`SIMULATED ${simulated} of ${kept}`} boxed />}
        <span className="grow" />
        <a className="btn primary phone" href="#add">
          Add ticker
        </a>
        <Choice
          label="State"
          all="All states"
          value={filter.status}
          options={statuses.map((status) => [status, STATUS_WORDS(status)])}
          onChoose={(status) => setFilter({ ...filter, status })}
        />
        <Choice
          label="Source"
          all="All sources"
          value={filter.source}
          options={sources.map((source) => [source, SOURCE_NAMES[source]])}
          onChoose={(source) => setFilter({ ...filter, source })}
        />
      </header>
      {phone ? (
        <div className="phone rows">
          {shown.map((row) => (
            <PhoneTicker key={row.ticker.symbol} row={row} {...props} />
          ))}
        </div>
      ) : (
        <div className="fill scroll">
          <table>
            <colgroup>
              {COLUMNS.map(({ title, width }) => (
                <col key={title} style={width === null ? undefined : { width }} />
              ))}
            </colgroup>
            <thead>
              <tr>
                {COLUMNS.map(({ key, title }) => (
                  <th
                    key={title}
                    scope="col"
                    className={title === "Last tick" ? "num" : undefined}
                    aria-sort={key !== null && sort.key === key ? sort.order : undefined}
                  >
                    {key === null ? (
                      title || <span className="sr">Actions</span>
                    ) : (
                      <button type="button" className="sort" onClick={() => onSort(key)}>
                        {title}
                      </button>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <DeskTicker key={row.ticker.symbol} row={row} {...props} />
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p className="none">No ticker is in that state.</p>}
        </div>
      )}
    </section>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string | null;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string | null) => void;
}

function Choice({ label, all, value, options, onChoose }: ChoiceProps) {
  return (
    <select
      className="btn choice desk"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChoose(event.target.value || null)}
    >
      <option value="">{all}</option>
      {options.map(([key, words]) => (
        <option key={key} value={key}>
          {words}
        </option>
      ))}
    </select>
  );
}

type RowProps = Omit<TickerTableProps, "rows"> & { row: TickerRow };

function useActions({ row, admin, onEdit, onState, onRemove }: RowProps): MenuItem[] {
  const router = useRouter();
  const { state, symbol } = row.ticker;
  const look = { words: "Open", run: () => router.push(symbolHref(symbol)) };
  if (!admin) return [look];
  const log = {
    words: "Show its log",
    run: () => router.push(`/admin/log${formatAuditView({ ticker: symbol, person: "", group: null })}`),
  };
  if (state === "removed") return [{ words: "Bring back", run: () => onState(row, "enabled") }, look, log];
  const other = state === "enabled" ? ("disabled" as const) : ("enabled" as const);
  return [
    look,
    { words: "Edit", run: () => onEdit(row) },
    { words: other === "disabled" ? "Disable" : "Enable", run: () => onState(row, other) },
    log,
    { words: "Remove", run: () => onRemove(row) },
  ];
}

const since = (time: Micros | null, now: Micros): string =>
  time === null || now === 0 ? DASH : age(Math.max(0, now - time));

function DeskTicker(props: RowProps) {
  const { row } = props;
  const { symbol, name, source, formerTickers } = row.ticker;
  const { exchange, ticker } = splitSymbol(symbol);
  const actions = useActions(props);
  const now = useSecond();
  return (
    <tr className={row.status === "removed" || row.status === "disabled" ? "old" : undefined}>
      <td>
        <Link className="sym" href={symbolHref(symbol)} prefetch={false}>
          <span className="exchange">{exchange}:</span>
          {ticker}
        </Link>
      </td>
      <td className="sub">
        {name}
        {formerTickers.length > 0 && <span className="dim">, was {formerTickers.join(", ")}</span>}
      </td>
      <td className="sub">{SOURCE_NAMES[source]}</td>
      <td title={row.reason ?? undefined}>
        <Badge {...statusBadge(row.status, row.lastTickTime, now)} />
      </td>
      <td>
        <History row={row} />
      </td>
      <td className="num sub">{since(row.lastTickTime, now)}</td>
      <td className="num">
        <Menu label={`Actions for ${symbol}`} items={() => actions} />
      </td>
    </tr>
  );
}

function PhoneTicker(props: RowProps) {
  const { row } = props;
  const actions = useActions(props);
  const now = useSecond();
  const history = historyView(row);
  return (
    <div className="row2 with-menu">
      <Link className="clip" href={symbolHref(row.ticker.symbol)} prefetch={false}>
        <div className="sym strong">{row.ticker.symbol}</div>
        <small>{row.ticker.name}</small>
      </Link>
      <div className="num">
        <Badge {...statusBadge(row.status, row.lastTickTime, now)} />
        <small className="dim">
          {history.kind === "words" ? SOURCE_NAMES[row.ticker.source] : `history ${history.words}`}
        </small>
      </div>
      <Menu label={`Actions for ${row.ticker.symbol}`} items={() => actions} />
    </div>
  );
}

function History({ row }: { row: TickerRow }) {
  const view = historyView(row);
  if (view.kind === "words") return <span className="dim">{view.words}</span>;
  const failed = view.kind === "failed";
  return (
    <span className={failed ? "trouble" : undefined} title={failed ? view.reason : undefined}>
      <span className="progress">
        <i style={{ width: `${view.share}%` }} />
      </span>
      {view.words}
    </span>
  );
}
