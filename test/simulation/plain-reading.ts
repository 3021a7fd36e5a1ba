import type { BarLine } from "#lib/contracts/bars.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import type { ChannelConfig, Decision, Status, TickLine, Trade } from "#lib/contracts/ticks.ts";
import { CONTENT_SPACE } from "#lib/engine/parse-frame.ts";
import { type BatchBar, batchBars } from "#test/support/batch-bars.ts";

interface Channel {
  n: number;
  watermark: number;
  tolerance: number;
  horizon: number;
  profile: string;
  isGuarded: boolean;
  /** The longest of any interval. */
  lateness: number;
  members: Set<Follower>;
}

interface Follower {
  channel: Channel | null;
  watermark: number;
  isFrozen: boolean;
  ids: Set<string>;
  /** Trades without an id so far. */
  numbered: number;
  /** By id, where an operator has rejected them before they came. */
  rejected: Set<string>;
}

/** Which trades of a log count, by the rules of the design in their plainest form, sharing no code with the engine. */
class PlainReading {
  /** By symbol and id, in the order of the log. */
  readonly counted = new Map<string, Trade>();
  /** Those of them that may count in a part of a bar only. */
  readonly conditional: Trade[] = [];
  /** Symbols of which a band has something to say: their bars are not plain. */
  readonly guarded = new Set<string>();
  /** The newest that was told of whether a symbol trades. */
  readonly told = new Map<string, Status>();
  readonly #channels = new Map<string, Channel>();
  readonly #symbols = new Map<string, Follower>();

  /** `isRefused`: what a decision cannot do is left to the engine to say. */
  read(text: string, isRefused: boolean): void {
    let line: TickLine;
    try {
      line = JSON.parse(text) as TickLine;
    } catch {
      return;
    }
    if (line.type === "decision" && !isRefused) this.#decide(line);
    else if (line.type === "config") this.#configure(line);
    else if (line.type === "trade") this.#trade(line);
    else if (line.type === "status") this.#status(line);
    else if (line.type === "heartbeat") {
      const channel = this.#channels.get(line.channel);
      if (!channel || line.config !== channel.n) return;
      channel.watermark = Math.max(channel.watermark, line.time);
      for (const member of channel.members) follow(member);
    } else if (line.type === "ready") {
      const symbol = this.#symbols.get(line.symbol);
      const channel = this.#channels.get(line.channel);
      if (!symbol || !channel || symbol.channel !== channel || line.n !== channel.n) return;
      symbol.isFrozen = false;
      follow(symbol);
    }
  }

  #configure({ channel: name, n, symbols, ...config }: ChannelConfig): void {
    const channel = this.#channels.get(name) ?? newChannel();
    this.#channels.set(name, channel);
    if (n <= channel.n) return;
    const lateness = Math.max(...Object.values(config.lateness));
    Object.assign(channel, {
      n,
      tolerance: config.tolerance,
      horizon: config.correctionHorizon,
      lateness,
      profile: config.profile,
      isGuarded: config.guard !== null,
    });
    for (const member of channel.members) member.isFrozen = true;
    for (const each of symbols) {
      const symbol = this.#symbol(each);
      if (symbol.channel === channel) continue;
      symbol.channel?.members.delete(symbol);
      symbol.channel = channel;
      symbol.isFrozen = true;
      channel.members.add(symbol);
    }
  }

  /** What was rejected counts no more; what nobody has seen yet will not. Who accepts says nothing new of prints that nobody guards. */
  #decide({ symbol: name, id, idSpace = "", verdict }: Decision): void {
    if (verdict === "accept") return;
    const key = `${name}|${idSpace}|${id}`;
    const symbol = this.#symbol(name);
    if (!this.counted.delete(key) && !symbol.ids.has(key)) symbol.rejected.add(key);
  }

  #trade(trade: Trade): void {
    const channel = this.#channels.get(trade.channel);
    if (!channel || trade.time - trade.receivedTime > channel.tolerance) return;
    const symbol = this.#symbol(trade.symbol);
    const { id: number, price, size, time, venue } = trade;
    // What carries no id is remembered as long as something may come late.
    if (number === undefined && time < symbol.watermark - (symbol.channel?.lateness ?? Infinity)) return;
    const id = number === undefined ? `${time}|${price}|${size}|${venue}` : `${trade.idSpace ?? ""}|${number}`;
    if (trade.time < symbol.watermark - channel.horizon || symbol.ids.has(id)) return;
    symbol.ids.add(id);
    const key =
      number === undefined
        ? `${trade.symbol}|${CONTENT_SPACE}|${(symbol.numbered += 1)}`
        : `${trade.symbol}|${trade.idSpace ?? ""}|${number}`;
    symbol.ids.add(key);
    const own = symbol.channel ?? channel;
    if (own.isGuarded || channel.isGuarded) this.guarded.add(trade.symbol);
    if (symbol.rejected.has(key)) return;
    this.counted.set(key, trade);
    if (trade.conditions && (own.profile !== "all" || channel.profile !== "all")) this.conditional.push(trade);
  }

  #status(status: Status): void {
    const { symbol, channel: name, time, receivedTime, state } = status;
    const channel = this.#channels.get(name);
    if (!channel || time - receivedTime > channel.tolerance) return;
    const newest = this.told.get(symbol);
    if (!newest || time > newest.time || (time === newest.time && state === "halted")) this.told.set(symbol, status);
  }

  #symbol(name: string): Follower {
    const known = this.#symbols.get(name);
    if (known) return known;
    const made: Follower = {
      channel: null,
      watermark: -Infinity,
      isFrozen: true,
      ids: new Set(),
      numbered: 0,
      rejected: new Set(),
    };
    this.#symbols.set(name, made);
    return made;
  }
}

function newChannel(): Channel {
  return {
    n: 0,
    watermark: -Infinity,
    tolerance: 0,
    horizon: 0,
    lateness: 0,
    profile: "all",
    isGuarded: false,
    members: new Set(),
  };
}

function follow(symbol: Follower): void {
  if (!symbol.isFrozen && symbol.channel) symbol.watermark = Math.max(symbol.watermark, symbol.channel.watermark);
}

const FIELDS = ["open", "high", "low", "close", "trades"] as const;
/** Sessions begin and end with their windows; longer ones are cut by the calendar. */
const WITHIN_SESSIONS: ReadonlySet<string> = new Set(["1s", "1m", "5m"]);
const SUMS = ["volume", "buyVolume"] as const;

/** What the engine gives of a log. */
export interface Given {
  /** The newest published line of each bar. */
  published: ReadonlyMap<string, string>;
  /** The places, `offset|line`, of the decisions that could not be carried out. */
  refused: ReadonlySet<string>;
  /** The symbols that do not trade. */
  halted: ReadonlySet<string>;
}

/** Where that differs from what the plain reading gives; null where it does not. */
export function flawOf(log: readonly LogRecord[], { published, refused, halted }: Given): string | null {
  const reading = new PlainReading();
  for (const { offset, value } of log) {
    for (const [number, line] of value.toString().split("\n").entries()) {
      if (line !== "") reading.read(line, refused.has(`${offset}|${number}`));
    }
  }
  for (const [symbol, { state }] of reading.told) {
    if (halted.has(symbol) !== (state === "halted")) return `${symbol} is ${state} by the plain reading`;
  }
  const conditional = batchBars(renumbered(reading.conditional));
  const plain = batchBars(renumbered(reading.counted.values()));
  for (const id of new Set([...plain.keys(), ...published.keys()])) {
    const [symbol = "", interval = ""] = id.split("|");
    if (!WITHIN_SESSIONS.has(interval) || conditional.has(id) || reading.guarded.has(symbol)) continue;
    const flaw = differenceOf(JSON.parse(published.get(id) ?? "{}") as BarLine, plain.get(id));
    if (flaw) return `${id}: ${flaw}`;
  }
  return null;
}

function differenceOf(told: BarLine, bar: BatchBar | undefined): string | null {
  if (!bar)
    return told.trades === 0 && told.close === null
      ? null
      : `there is a bar of ${told.trades} trades, and none of the plain reading`;
  const wrong = FIELDS.find((field) => told[field] !== bar[field]);
  const sum = SUMS.find((field) => !(Math.abs(told[field] - bar[field]) < 1e-9));
  const field = wrong ?? sum;
  return field ? `${field} is ${told[field]}, the plain reading gives ${bar[field]}` : null;
}

/** Every one is another trade, whatever its number; of those of one moment the lower number came first. */
function renumbered(trades: Iterable<Trade>): (Trade & { id: number })[] {
  const ordered = [...trades].toSorted((one, other) => (one.id ?? 0) - (other.id ?? 0));
  return ordered.map((trade, order) => Object.assign({}, trade, { id: order }));
}
