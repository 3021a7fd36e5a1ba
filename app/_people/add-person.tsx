"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { PEOPLE_LIMITS, type Role, typedNameSchema } from "#lib/contracts/people.ts";
import { describeError } from "../_lib/errors.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { Icon } from "../_ui/icon.tsx";
import { toast } from "../_ui/toasts.tsx";
import { NO_PASSWORD, PasswordFields, readyPassword } from "./password-fields.tsx";
import { RoleChoice } from "./role-choice.tsx";
import { useRefreshPeople } from "./use-people.ts";

const EMPTY = { name: "", role: "viewer" as Role, next: NO_PASSWORD };

/** A new account. */
export function AddPerson({ onUnauthorized }: { onUnauthorized: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshPeople();
  const [fields, setFields] = useState(EMPTY);
  const { name, role, next } = fields;
  const add = useMutation(
    trpc.people.add.mutationOptions({
      onSuccess: (person) => {
        toast(`${person.name} may sign in.`);
        setFields(EMPTY);
        refresh();
      },
      onError: (error) => {
        if (describeError(error).code === "UNAUTHORIZED") onUnauthorized();
      },
    }),
  );
  const typed = typedNameSchema.safeParse(name);
  const ready = readyPassword(next, name.trim());
  const misspelt = name.trim() !== "" && !typed.success;
  const why = misspelt ? typed.error.issues[0]?.message : add.error ? describeError(add.error).message : undefined;
  return (
    <section className="panel" id="add" aria-label="Add a person">
      <header>
        <h2>Add a person</h2>
      </header>
      <form
        className="form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.success && ready !== null) add.mutate({ name: typed.data, role, password: ready });
        }}
      >
        <label className={why === undefined ? "field wide" : "field bad wide"}>
          <span>Name</span>
          <input
            value={name}
            maxLength={PEOPLE_LIMITS.name}
            placeholder="as they sign in, e.g. ann.lee"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={why !== undefined}
            aria-describedby={why === undefined ? undefined : "name-why"}
            onChange={(event) => {
              setFields({ ...fields, name: event.target.value });
              add.reset();
            }}
          />
          {why !== undefined && (
            <span className="why" id="name-why" role="alert">
              <Icon name="warn" />
              {why}
            </span>
          )}
        </label>
        <RoleChoice value={role} onChoose={(chosen) => setFields({ ...fields, role: chosen })} />
        <PasswordFields
          name={name.trim()}
          value={next}
          offer
          onChange={(password) => setFields({ ...fields, next: password })}
        />
        <div className="wide actions">
          <button type="submit" className="btn primary" disabled={!typed.success || ready === null || add.isPending}>
            Add person
          </button>
          <button type="button" className="btn" onClick={() => setFields(EMPTY)}>
            Clear
          </button>
        </div>
      </form>
    </section>
  );
}
