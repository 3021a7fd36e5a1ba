"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { contentOf, fieldsOf, newFields, saidBy, type AlertFields } from "../_lib/alert-form.ts";
import { mayChange } from "../_lib/alerts.ts";
import { describeError } from "../_lib/errors.ts";
import { useLive } from "../_live/live.tsx";
import { useTRPC } from "../_live/trpc.tsx";
import { Gate } from "../_people/gate.tsx";
import { useSession } from "../_people/use-session.ts";
import { Icon } from "../_ui/icon.tsx";
import { Modal } from "../_ui/modal.tsx";
import { toast } from "../_ui/toasts.tsx";
import { AlertFieldset } from "./alert-fields.tsx";
import { AlertPreview } from "./alert-preview.tsx";
import { showAlertDialog, useAlertSubject, type AlertSubject } from "./dialog-store.ts";
import { useRefreshAlerts } from "./use-alerts.ts";

const close = (): void => showAlertDialog(null);

/** The dialog in which a rule is made or changed, over any page. */
export function AlertDialog() {
  const subject = useAlertSubject();
  if (subject === null) return null;
  const symbol = subject.kind === "new" ? subject.symbol : subject.row.rule.symbol;
  const label = `${subject.kind === "new" ? "New alert" : "Alert"} on ${symbol}`;
  return (
    <Modal label={label} className="palette alert" onClose={close}>
      <header>
        <h2>{subject.kind === "new" ? "New alert" : "Alert"}</h2>
        <span className="sub sym">{symbol}</span>
        <span className="grow" />
        <button type="button" className="btn square" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <AlertForm subject={subject} symbol={symbol} onDone={close} />
    </Modal>
  );
}

interface AlertFormProps {
  subject: AlertSubject;
  symbol: string;
  onDone: () => void;
}

function savedWords(subject: AlertSubject, symbol: string): string {
  if (subject.kind === "new") return `The alert on ${symbol} watches in a second.`;
  return subject.row.rule.enabled ? "The alert begins anew." : "The alert is changed, and still paused.";
}

function useSave(
  subject: AlertSubject,
  symbol: string,
  { onDone, forget }: { onDone: () => void; forget: () => void },
) {
  const trpc = useTRPC();
  const { clock } = useLive();
  const before = subject.kind === "edit" ? subject.row.rule : null;
  const refresh = useRefreshAlerts();
  const options = {
    onSuccess: (): void => {
      refresh();
      toast(savedWords(subject, symbol));
      onDone();
    },
    onError: (error: unknown): void => {
      if (describeError(error).code === "UNAUTHORIZED") forget();
    },
  };
  const add = useMutation(trpc.alerts.add.mutationOptions(options));
  const edit = useMutation(trpc.alerts.edit.mutationOptions(options));
  const save = (fields: AlertFields): void => {
    const said = saidBy(fields);
    if ("why" in said) return;
    const content = contentOf(fields, said, { before, now: clock.now() });
    if (subject.kind === "new") add.mutate({ ...content, symbol });
    else edit.mutate({ ...content, id: subject.row.rule.id, version: subject.row.version });
  };
  const { error, isPending } = subject.kind === "new" ? add : edit;
  return { save, isPending, error: error ? describeError(error).message : null };
}

function AlertForm({ subject, symbol, onDone }: AlertFormProps) {
  const session = useSession();
  const [fields, setFields] = useState(() =>
    subject.kind === "new" ? newFields(subject.level, subject.decimals) : fieldsOf(subject.row.rule),
  );
  const { save, isPending, error } = useSave(subject, symbol, { onDone, forget: session.forget });
  const said = saidBy(fields);
  const wrong = "why" in said ? said : null;
  const isOwn = subject.kind === "new" || mayChange(session.person, subject.row);
  return (
    <div className="scroll alert-body">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          save(fields);
        }}
      >
        <AlertFieldset
          fields={fields}
          wrong={wrong}
          isNew={subject.kind === "new"}
          onChange={(change) => setFields((before) => ({ ...before, ...change }))}
        />
        {session.may("alertPreview") && <AlertPreview symbol={symbol} fields={fields} />}
        {error !== null && (
          <p className="wide trouble" role="alert">
            <Icon name="warn" /> {error}
          </p>
        )}
        {session.may("alerts") && (
          <div className="wide actions">
            {isOwn && (
              <button type="submit" className="btn primary" disabled={wrong !== null || isPending}>
                {subject.kind === "new" ? "Create alert" : "Save"}
              </button>
            )}
            <button type="button" className="btn" onClick={onDone}>
              {isOwn ? "Cancel" : "Close"}
            </button>
          </div>
        )}
      </form>
      <Gate session={session} needs="alerts" why="to make and change alerts">
        {null}
      </Gate>
    </div>
  );
}
