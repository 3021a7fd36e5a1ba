"use client";
import { useRouter } from "next/navigation";
import { type PersonRow, type PersonState, type Role, ROLES } from "#lib/contracts/people.ts";
import { formatAuditView } from "../_lib/audit.ts";
import { DASH } from "../_lib/format.ts";
import { ROLE_WORDS, stateBadge } from "../_lib/people.ts";
import { useSecond } from "../_live/hooks.ts";
import { useZone } from "../_live/zone.ts";
import { Badge } from "../_ui/badge.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { TableHead } from "../_ui/table-head.tsx";
import { usePhone } from "../_ui/use-phone.ts";

const COLUMNS = [
  ["Name", null],
  ["Role", 96],
  ["State", 104],
  ["Added", 132],
  ["Last signed in", 148],
  ["", 52],
] as const;

interface PeopleTableProps {
  rows: readonly PersonRow[];
  /** The name of who looks. */
  self: string;
  onRole: (row: PersonRow, role: Role) => void;
  onState: (row: PersonRow, state: PersonState) => void;
  onPassword: (row: PersonRow) => void;
  onRemove: (row: PersonRow) => void;
}

type RowProps = Omit<PeopleTableProps, "rows"> & { row: PersonRow };

export function PeopleTable(props: PeopleTableProps) {
  const phone = usePhone();
  const { rows } = props;
  if (phone) {
    return (
      <div className="phone rows">
        {rows.map((row) => (
          <PhonePerson key={row.name} row={row} {...props} />
        ))}
        {rows.length === 1 && <Alone />}
      </div>
    );
  }
  return (
    <div className="fill scroll">
      <table>
        <TableHead columns={COLUMNS} />
        <tbody>
          {rows.map((row) => (
            <DeskPerson key={row.name} row={row} {...props} />
          ))}
        </tbody>
      </table>
      {rows.length === 1 && <Alone />}
    </div>
  );
}

function Alone() {
  return <p className="none">Nobody else has an account yet.</p>;
}

function useActions({ row, self, onRole, onState, onPassword, onRemove }: RowProps): MenuItem[] {
  const router = useRouter();
  const { name, state, role, builtIn } = row;
  const log = {
    words: "Show their log",
    run: () => router.push(`/admin/log${formatAuditView({ ticker: "", person: name, group: null })}`),
  };
  if (builtIn || name === self) return [log];
  if (state === "removed") return [{ words: "Bring back", run: () => onState(row, "enabled") }, log];
  const other = state === "enabled" ? ("disabled" as const) : ("enabled" as const);
  return [
    ...ROLES.map((one) => ({ words: ROLE_WORDS[one].name, chosen: one === role, run: () => onRole(row, one) })),
    { words: "Set password", begins: true, run: () => onPassword(row) },
    { words: other === "disabled" ? "Disable" : "Enable", run: () => onState(row, other) },
    log,
    { words: "Remove", run: () => onRemove(row) },
  ];
}

/** Days and times in the reader's zone; a dash where it never was. */
function useTimes({ addedAt, lastSignIn }: PersonRow): { added: string; last: string } {
  const zone = useZone();
  const now = useSecond();
  const known = (time: number | null): time is number => time !== null && now !== 0;
  return {
    added: known(addedAt) ? zone.dateMark(addedAt) : DASH,
    last: known(lastSignIn) ? `${zone.day(lastSignIn, now)} ${zone.minuteTime(lastSignIn)}` : DASH,
  };
}

function Name({ row: { name, builtIn }, self }: Pick<RowProps, "row" | "self">) {
  const notes = [name === self && "you", builtIn && "its password is the configured one"].filter(Boolean);
  return (
    <>
      <span className="strong">{name}</span>
      {notes.length > 0 && <span className="dim">, {notes.join(", ")}</span>}
    </>
  );
}

function DeskPerson(props: RowProps) {
  const { row, self } = props;
  const actions = useActions(props);
  const { added, last } = useTimes(row);
  return (
    <tr className={row.state === "enabled" ? undefined : "old"}>
      <td>
        <Name row={row} self={self} />
      </td>
      <td className="sub">{ROLE_WORDS[row.role].name}</td>
      <td>
        <Badge {...stateBadge(row)} />
      </td>
      <td className="sub">{added}</td>
      <td className="sub">{last}</td>
      <td className="num">
        <Menu label={`Actions for ${row.name}`} items={() => actions} />
      </td>
    </tr>
  );
}

function PhonePerson(props: RowProps) {
  const { row, self } = props;
  const actions = useActions(props);
  const { last } = useTimes(row);
  return (
    <div className="row2 with-menu">
      <div className="clip">
        <div className="strong clip">
          {row.name} {row.name === self && <span className="dim">you</span>}
        </div>
        <small>{ROLE_WORDS[row.role].name}</small>
      </div>
      <div className="num">
        <Badge {...stateBadge(row)} />
        <small className="dim">{last === DASH ? "never signed in" : last}</small>
      </div>
      <Menu label={`Actions for ${row.name}`} items={() => actions} />
    </div>
  );
}
