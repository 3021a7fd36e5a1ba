import { type Role, ROLES } from "#lib/contracts/people.ts";
import { ROLE_WORDS } from "../_lib/people.ts";

interface RoleChoiceProps {
  value: Role;
  onChoose: (role: Role) => void;
}

/** One of the roles, each with what it may do. */
export function RoleChoice({ value, onChoose }: RoleChoiceProps) {
  return (
    <fieldset className="wide role-choice">
      <legend>Role</legend>
      {ROLES.map((role) => (
        <label key={role}>
          <input type="radio" name="role" checked={role === value} onChange={() => onChoose(role)} />
          <span>
            {ROLE_WORDS[role].name} <small className="dim">{ROLE_WORDS[role].may}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
