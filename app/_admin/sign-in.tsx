"use client";
import { useState } from "react";
import { describeError } from "../_lib/errors.ts";
import { Icon } from "../_ui/icon.tsx";
import type { useSession } from "./use-admin.ts";

/** Reading is free to all; changing needs the password. */
export function SignIn({
  login,
  why = "to add and change tickers",
}: {
  login: ReturnType<typeof useSession>["login"];
  /** What signing in is good for. */
  why?: string;
}) {
  const [password, setPassword] = useState("");
  const wrong = login.error ? describeError(login.error).message : null;
  return (
    <section className="panel" id="add" aria-label="Sign in">
      <header>
        <h2>Sign in</h2>
      </header>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate({ password });
        }}
      >
        {/* For password managers, which look for a name beside the password. */}
        <input type="text" name="username" value="admin" autoComplete="username" readOnly hidden />
        <label className={wrong === null ? "field wide" : "field bad wide"}>
          <span>Admin password</span>
          <input
            type="password"
            name="password"
            value={password}
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
          <button type="submit" className="btn primary" disabled={password === "" || login.isPending}>
            Sign in
          </button>
          <span className="grow" />
          <span className="dim">{why}</span>
        </div>
      </form>
    </section>
  );
}
