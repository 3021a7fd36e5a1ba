"use client";
import { type ReactNode, useState } from "react";
import { BUILT_IN, PEOPLE_LIMITS } from "#lib/contracts/people.ts";
import { describeError } from "../_lib/errors.ts";
import { Icon } from "../_ui/icon.tsx";
import { lastName } from "./last-name.ts";
import type { Session } from "./use-session.ts";

interface SignInProps {
  login: Session["login"];
  /** What signing in is good for. */
  why: string;
  /** What is to be known before. */
  children?: ReactNode;
}

/** Reading is free to all; who changes or keeps something says who they are. */
export function SignIn({ login, why, children }: SignInProps) {
  return (
    <section className="panel" id="add" aria-label="Sign in">
      <header>
        <h2>Sign in</h2>
      </header>
      {children}
      <SignInForm login={login} why={why} />
    </section>
  );
}

export function SignInForm({ login, why }: SignInProps) {
  const remembered = lastName.useText() ?? BUILT_IN;
  const [typed, setTyped] = useState<string | null>(null);
  const [password, setPassword] = useState("");
  const name = typed ?? remembered;
  const wrong = login.error ? describeError(login.error).message : null;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        login.mutate({ name, password });
      }}
    >
      <label className="field wide">
        <span>Name</span>
        <input
          name="username"
          value={name}
          maxLength={PEOPLE_LIMITS.name}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <label className={wrong === null ? "field wide" : "field bad wide"}>
        <span>Password</span>
        <input
          type="password"
          name="password"
          value={password}
          maxLength={PEOPLE_LIMITS.mostPassword}
          autoComplete="current-password"
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : "sign-in-why"}
          onChange={(event) => setPassword(event.target.value)}
        />
        {wrong !== null && (
          <span className="why" id="sign-in-why" role="alert">
            <Icon name="warn" />
            {wrong}
          </span>
        )}
      </label>
      <div className="wide actions">
        <button type="submit" className="btn primary" disabled={password === "" || name === "" || login.isPending}>
          Sign in
        </button>
        <span className="grow" />
        <span className="dim">{why}</span>
      </div>
    </form>
  );
}
