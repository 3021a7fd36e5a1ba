import { errorMessage, TapedeckError } from "../../errors.ts";
import type { RequestUsage } from "../feed.ts";
import { networkError, refusal, type Server } from "./reach.ts";
import { RequestPace } from "./request-pace.ts";

/** Milliseconds for one answer. */
const ANSWER_LIMIT = 10_000;
/** Where the source does not say for how long it wants no requests, milliseconds. */
const DEFAULT_HOLD = 10_000;
const SHOWN = 200;

/** How fast a source may be asked: our own pace, and what the source says that it allows one address a minute. */
export interface RequestRate {
  perSecond: number;
  burst: number;
  allowed: number;
}

export interface RestRequest {
  path: string;
  query?: Readonly<Record<string, string | number>>;
  /** What it costs of the source's rate. */
  weight?: number;
  signal: AbortSignal;
}

/** Asks a source's HTTP interface for JSON, no faster than a rate. */
export class RestClient {
  readonly #server: Server;
  readonly #pace: RequestPace;
  readonly #allowed: number;

  constructor(server: Server, rate: RequestRate) {
    this.#server = server;
    this.#allowed = rate.allowed;
    this.#pace = new RequestPace(server.name, rate.perSecond, rate.burst);
  }

  usage(): RequestUsage {
    return { ...this.#pace.usage(), allowed: this.#allowed };
  }

  /**
   * What `read` makes of an answer. UNAVAILABLE, TIMEOUT, RATE_LIMITED, FORBIDDEN, NOT_FOUND, BAD_INPUT in words for a person; rejects when the
   * signal aborts.
   */
  async get<T>(request: RestRequest, read: (answer: unknown) => T): Promise<T> {
    const answer = await this.#answer(request);
    try {
      return read(answer);
    } catch (error) {
      throw new TapedeckError(
        "UNAVAILABLE",
        `${this.#server.name} answered in an unknown form: ${errorMessage(error)}.`,
      );
    }
  }

  async #answer({ path, query = {}, weight = 1, signal }: RestRequest): Promise<unknown> {
    await this.#pace.turn(weight, signal);
    const url = new URL(this.#server.url.replace(/\/$/, "") + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    try {
      const response = await fetch(url, {
        headers: { accept: "application/json", "user-agent": "tapedeck" },
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT)]),
      });
      if (!response.ok) throw await this.#refused(response);
      return await response.json();
    } catch (error) {
      // A signal that is itself a time limit says that the source is slow, and nobody has left.
      if (signal.aborted && !(signal.reason instanceof Error && signal.reason.name === "TimeoutError")) throw error;
      throw networkError(this.#server, error);
    }
  }

  async #refused(response: Response): Promise<TapedeckError> {
    const said = saidIn(await response.text());
    const error = refusal(this.#server, response.status, said);
    if (error.code === "RATE_LIMITED") {
      const seconds = Number(response.headers.get("retry-after") ?? "");
      this.#pace.hold(seconds > 0 ? seconds * 1_000 : DEFAULT_HOLD);
    }
    return error;
  }
}

/** What an error's body says: `msg` of Binance, `message` of Coinbase; nothing of a page in HTML. */
function saidIn(body: string): string {
  try {
    const { msg, message } = JSON.parse(body) as { msg?: unknown; message?: unknown };
    const said = msg ?? message;
    return typeof said === "string" ? said.slice(0, SHOWN).replace(/\.$/, "") : "";
  } catch {
    return "";
  }
}
