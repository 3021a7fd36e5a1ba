"use client";
import { useId, useState } from "react";
import { PEOPLE_LIMITS } from "#lib/contracts/people.ts";
import { GENERATED_BYTES, generatedPassword, judgePassword } from "../_lib/passwords.ts";
import { toast } from "../_ui/toasts.tsx";

/** A new password as far as it is typed. */
export interface NewPassword {
  password: string;
  again: string;
  /** It was made here, and is shown: nobody has to type it twice. */
  generated: boolean;
}

export const NO_PASSWORD: NewPassword = { password: "", again: "", generated: false };

/** The password where it can be taken; null otherwise. */
export function readyPassword({ password, again }: NewPassword, name: string): string | null {
  return judgePassword(password, name).enough && password === again ? password : null;
}

interface PasswordFieldsProps {
  /** Whose it is. */
  name: string;
  value: NewPassword;
  onChange: (value: NewPassword) => void;
  /** Offers to make one: for somebody else, who is told it. */
  offer: boolean;
}

/** A new password, typed twice or made here and shown, with how hard it is to guess. */
export function PasswordFields({ name, value, onChange, offer }: PasswordFieldsProps) {
  const id = useId();
  const [left, setLeft] = useState(false);
  const { password, again, generated } = value;
  const { words } = judgePassword(password, name);
  const differs = left && again !== "" && again !== password;
  const generate = (): void => {
    const made = generatedPassword(crypto.getRandomValues(new Uint8Array(GENERATED_BYTES)));
    onChange({ password: made, again: made, generated: true });
  };
  const shared = { type: generated ? "text" : "password", autoComplete: "new-password", spellCheck: false } as const;
  return (
    <>
      <div className="field wide">
        <label htmlFor={`${id}-password`}>New password</label>
        <input
          {...shared}
          id={`${id}-password`}
          value={password}
          maxLength={PEOPLE_LIMITS.mostPassword}
          aria-describedby={`${id}-words`}
          onChange={(event) => onChange({ password: event.target.value, again, generated: false })}
        />
        <span className="hint" id={`${id}-words`} role="status">
          {words === "" ? `At least ${PEOPLE_LIMITS.leastPassword} characters` : words}
        </span>
      </div>
      {offer && (
        <div className="wide actions">
          <button type="button" className="btn edge" onClick={generate}>
            Generate one
          </button>
          {generated && (
            <>
              <button type="button" className="btn edge" onClick={() => void copy(password)}>
                Copy
              </button>
              <span className="dim">Shown only now</span>
            </>
          )}
        </div>
      )}
      {!generated && (
        <label className={differs ? "field bad wide" : "field wide"}>
          <span>Once more</span>
          <input
            {...shared}
            value={again}
            maxLength={PEOPLE_LIMITS.mostPassword}
            aria-invalid={differs}
            onBlur={() => setLeft(true)}
            onChange={(event) => onChange({ ...value, again: event.target.value })}
          />
          {differs && <span className="why">The two differ</span>}
        </label>
      )}
    </>
  );
}

async function copy(password: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(password);
    toast("Copied.");
  } catch {
    toast("This browser does not let it be copied: mark it and copy it by hand.");
  }
}
