import type { AlertTrigger } from "../contracts/alerts.ts";
import { conditionWords } from "../domain/alerts/words.ts";

/** What a receiver said: taken, not now, or never. */
export interface Answer {
  kind: "sent" | "again" | "refused";
  reason: string | null;
}

/** Posts one alert; never rejects. */
export type Post = (trigger: AlertTrigger) => Promise<Answer>;

/** Milliseconds that a receiver may take. */
const TIMEOUT = 5_000;

/** What is posted. `id` is the same each time that one alert is sent: a receiver that took it before drops it. */
export function webhookBody(trigger: AlertTrigger, topic: string): Readonly<Record<string, unknown>> {
  const { id, rule, symbol, condition, interval, note, price, value, time, recorded } = trigger;
  const { partition, epoch, offset, line } = trigger;
  return {
    id,
    rule,
    symbol,
    text: `${symbol}: ${conditionWords(condition, String, interval)}`,
    note,
    price,
    value,
    time: new Date(time / 1000).toISOString(),
    recorded: new Date(recorded / 1000).toISOString(),
    tick: { topic, partition, epoch, offset, line },
  };
}

/**
 * Posts to a URL. 2xx took it; 408, 429, 5xx and silence are for another time; every other answer, a redirect too, is a refusal. The log of
 * alerts can be read by everybody: `warn` takes what may name the receiver.
 */
export function webhook(url: string, topic: string, warn: (error: unknown) => void): Post {
  return async (trigger) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/json", "idempotency-key": trigger.id },
        body: JSON.stringify(webhookBody(trigger, topic)),
        signal: AbortSignal.timeout(TIMEOUT),
      });
      await response.body?.cancel();
      return judge(response.status);
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      warn(cause);
      return { kind: "again", reason: reasonOf(cause) };
    }
  };
}

function judge(status: number): Answer {
  if (status >= 200 && status < 300) return { kind: "sent", reason: null };
  const isPassing = status === 408 || status === 429 || status >= 500;
  return { kind: isPassing ? "again" : "refused", reason: `The receiver answered ${status}.` };
}

/** Never the words of an error, only its code: they may hold the URL, or names and addresses behind it. */
function reasonOf(cause: unknown): string {
  if (cause instanceof Error && cause.name === "TimeoutError") {
    return `The receiver did not answer in ${TIMEOUT / 1000} s.`;
  }
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^[A-Z][A-Z_]+$/.test(code) ? `The receiver cannot be reached: ${code}.` : "The receiver cannot be reached.";
}
