"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { AlertRow } from "#lib/contracts/alert-views.ts";
import type { SignedIn } from "#lib/contracts/people.ts";
import { frequencyWords } from "#lib/domain/alerts/words.ts";
import { alertBadge, mayChange, watchedWords } from "../_lib/alerts.ts";
import { DASH, quantity } from "../_lib/format.ts";
import { symbolHref } from "../_lib/links.ts";
import { useSecond } from "../_live/hooks.ts";
import { useZone } from "../_live/zone.ts";
import { Badge } from "../_ui/badge.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { TableHead } from "../_ui/table-head.tsx";
import { usePhone } from "../_ui/use-phone.ts";

interface RuleTableProps {
  rows: readonly AlertRow[];
  /** Who looks; null: nobody who is signed in. */
  person: SignedIn | null;
  onEdit: (row: AlertRow) => void;
  onEnable: (row: AlertRow, enabled: boolean) => void;
  onRemove: (row: AlertRow) => void;
}

type RowProps = Omit<RuleTableProps, "rows"> & { row: AlertRow };

const COLUMNS = [
  ["Symbol", 136],
  ["Watches for", null],
  ["Fires", 160],
  ["Until", 128],
  ["By", 80],
  ["State", 96],
  ["Fired", 64],
  ["", 52],
] as const;

export function RuleTable(props: RuleTableProps) {
  const { rows } = props;
  const phone = usePhone();
  if (rows.length === 0) return <None />;
  if (phone) {
    return (
      <div className="phone rows">
        {rows.map((row) => (
          <PhoneRule key={row.rule.id} row={row} {...props} />
        ))}
      </div>
    );
  }
  return (
    <div className="fill scroll">
      <table>
        <TableHead columns={COLUMNS} number="Fired" />
        <tbody>
          {rows.map((row) => (
            <DeskRule key={row.rule.id} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function None() {
  return (
    <div className="calm">
      <h3>No alerts</h3>
      <p>
        An alert is made on a symbol’s chart: with the bell above it
        <span className="desk">, or with Alt W at the price under the pointer</span>.
      </p>
      <div className="row">
        <Link className="btn primary" href="/symbols">
          Open a chart
        </Link>
      </div>
    </div>
  );
}

function useActions({ row, person, onEdit, onEnable, onRemove }: RowProps): MenuItem[] {
  const router = useRouter();
  const open = { words: "Open chart", run: () => router.push(symbolHref(row.rule.symbol)) };
  const isOwn = mayChange(person, row);
  const edit = { words: isOwn ? "Edit" : "Look at it", run: () => onEdit(row) };
  if (!isOwn) return [open, edit];
  const isWatching = row.status === "watching";
  return [
    open,
    edit,
    // One that is over begins anew.
    ...(row.status === "expired" ? [] : [{ words: ENABLE[row.status], run: () => onEnable(row, !isWatching) }]),
    { words: "Remove", run: () => onRemove(row) },
  ];
}

const ENABLE = { watching: "Pause", paused: "Resume", done: "Watch again" } as const;

/** When it ends: a day and a time, or never. */
function useUntil({ rule }: AlertRow): string {
  const zone = useZone();
  const now = useSecond();
  if (rule.expires === null || now === 0) return DASH;
  return `${zone.dateMark(rule.expires)} ${zone.minuteTime(rule.expires)} ${zone.name(rule.expires)}`;
}

function DeskRule(props: RowProps) {
  const { row } = props;
  const { rule, firings } = row;
  const actions = useActions(props);
  const until = useUntil(row);
  return (
    <tr className={row.status === "watching" ? undefined : "old"}>
      <td>
        <Link className="sym" href={symbolHref(rule.symbol)} prefetch={false}>
          {rule.symbol}
        </Link>
      </td>
      <td>
        {watchedWords(rule)}
        {rule.note !== "" && <span className="dim">, {rule.note}</span>}
      </td>
      <td className="sub">
        {frequencyWords(rule)}
        {rule.session === "regular" && ", regular"}
      </td>
      <td className="sub">{until}</td>
      <td className="sub">{rule.by ?? DASH}</td>
      <td>
        <Badge {...alertBadge(row)} />
      </td>
      <td className="num sub">{firings ? quantity(firings.count) : DASH}</td>
      <td className="num">
        <Menu label={`Actions for the alert on ${rule.symbol}`} items={() => actions} />
      </td>
    </tr>
  );
}

function PhoneRule(props: RowProps) {
  const { row } = props;
  const { rule, firings } = row;
  const actions = useActions(props);
  return (
    <div className="row2 with-menu">
      <Link className="clip" href={symbolHref(rule.symbol)} prefetch={false}>
        <div className="sym strong">{rule.symbol}</div>
        <small className="clip">{watchedWords(rule)}</small>
      </Link>
      <div className="num">
        <Badge {...alertBadge(row)} />
        <small className="dim">{firings ? `fired ${quantity(firings.count)}` : frequencyWords(rule)}</small>
      </div>
      <Menu label={`Actions for the alert on ${rule.symbol}`} items={() => actions} />
    </div>
  );
}
