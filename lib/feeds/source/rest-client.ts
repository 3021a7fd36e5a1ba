import { errorCode, errorMessage, type TapedeckError } from "../../errors.ts";
import type { RequestUsage } from "../feed.ts";
import { addressOf, networkError, refusal, serverAt, type Server } from "./reach.ts";
import { RequestPace } from "./request-pace.ts";
import { ServerError } from "./server-error.ts";
import { ServerOrder } from "./server-order.ts";
import { steadyNow } from "./source-clock.ts";

/** Milliseconds for one answer; less where another server can be asked. */
const ANSWER_LIMIT = 10_000;
const ANSWER_LIMIT_OF_MANY = 4_000;
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

type Reader<T> = (answer: unknown) => T;

/**
 * Asks a source's HTTP interface for JSON, no faster than a rate, which is one of all its servers. A server that fails is left for the next within the
 * same request, which asks none twice. A better one than that which answers is sent a request again, beside it, once its pause is over, and is asked
 * from then on once it has proved itself.
 */
export class RestClient {
  readonly #servers: readonly Server[];
  readonly #order: ServerOrder;
  readonly #pace: RequestPace;
  readonly #allowed: number;
  /** When the server that answers was first asked, and when each failed last. */
  #servingSince = 0;
  readonly #failed = new Map<number, number>();
  #isTrying = false;

  constructor(servers: readonly Server[], rate: RequestRate) {
    this.#servers = servers;
    this.#order = new ServerOrder(servers.map(({ url }) => addressOf(url)));
    this.#allowed = rate.allowed;
    this.#pace = new RequestPace(serverAt(servers, 0).name, rate.perSecond, rate.burst);
  }

  usage(): RequestUsage {
    const servers = this.#order.reports(Date.now() * 1_000 - steadyNow(), true);
    return { ...this.#pace.usage(), allowed: this.#allowed, servers };
  }

  /**
   * What `read` makes of an answer. UNAVAILABLE, TIMEOUT, RATE_LIMITED, FORBIDDEN, NOT_FOUND, BAD_INPUT in words for a person, of the last server
   * asked; rejects when the signal aborts.
   */
  async get<T>(request: RestRequest, read: Reader<T>): Promise<T> {
    const tried = new Set<number>();
    let { place } = this.#order.next(steadyNow());
    for (;;) {
      const begun = steadyNow();
      this.#tryBetter(request, read);
      tried.add(place);
      const isLast = this.#order.another(begun, tried) === null;
      try {
        const result = await this.#ask(place, request, read, isLast ? ANSWER_LIMIT : ANSWER_LIMIT_OF_MANY);
        this.#answered(place, begun);
        return result;
      } catch (error) {
        if (!isOfServer(error)) throw error;
        this.#fails(place, error, begun, "asked");
        const another = this.#order.another(steadyNow(), tried);
        if (request.signal.aborted || another === null) throw error;
        place = another;
      }
    }
  }

  #answered(place: number, begun: number): void {
    const { chosen } = this.#order;
    if (chosen !== null && chosen <= place) return;
    this.#order.choose(place);
    this.#servingSince = begun;
  }

  /** Of requests that were under way together only the first counts. */
  #fails(place: number, error: unknown, begun: number, how: "asked" | "tried"): void {
    if ((this.#failed.get(place) ?? -Infinity) >= begun) return;
    const time = steadyNow();
    this.#failed.set(place, time);
    const served = how === "tried" ? null : this.#order.chosen === place ? time - this.#servingSince : 0;
    this.#order.failed(place, error, { time, served, random: Math.random() });
  }

  #tryBetter<T>(request: RestRequest, read: Reader<T>): void {
    const begun = steadyNow();
    const [place] = this.#order.worthAProbe(begun);
    if (place === undefined || this.#isTrying) return;
    this.#isTrying = true;
    const signal = AbortSignal.timeout(ANSWER_LIMIT);
    void this.#ask(place, { ...request, signal }, read, ANSWER_LIMIT)
      .then(() => this.#order.worked(place, steadyNow()))
      .catch((error: unknown) => {
        if (isOfServer(error)) this.#fails(place, error, begun, "tried");
      })
      .finally(() => (this.#isTrying = false));
  }

  async #ask<T>(place: number, request: RestRequest, read: Reader<T>, limit: number): Promise<T> {
    const server = serverAt(this.#servers, place);
    const answer = await this.#answer(server, request, limit);
    try {
      return read(answer);
    } catch (error) {
      const words = `${server.name} answered in an unknown form: ${errorMessage(error)}.`;
      throw new ServerError("UNAVAILABLE", "garbled", words, { cause: error });
    }
  }

  async #answer(
    server: Server,
    { path, query = {}, weight = 1, signal }: RestRequest,
    limit: number,
  ): Promise<unknown> {
    await this.#pace.turn(weight, signal);
    const url = new URL(server.url + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    try {
      const response = await fetch(url, {
        headers: { accept: "application/json", "user-agent": "tapedeck" },
        signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]),
      });
      if (!response.ok) throw await this.#refused(server, response);
      return await response.json();
    } catch (error) {
      // A signal that is itself a time limit says that the source is slow, and nobody has left.
      if (signal.aborted && !(signal.reason instanceof Error && signal.reason.name === "TimeoutError")) throw error;
      throw networkError(server, error);
    }
  }

  async #refused(server: Server, response: Response): Promise<TapedeckError> {
    const said = saidIn(await response.text());
    const error = refusal(server, response.status, said);
    const hold = server.limits.get(response.status);
    if (hold !== undefined) {
      const seconds = Number(response.headers.get("retry-after") ?? "");
      this.#pace.hold(seconds > 0 ? seconds * 1_000 : hold);
    }
    return error;
  }
}

/** Another server may answer what this one did not. Not so a limit: it is one of the whole source, and held for all its servers. */
function isOfServer(error: unknown): boolean {
  return error instanceof ServerError && errorCode(error) !== "RATE_LIMITED";
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
