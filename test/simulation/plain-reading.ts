import type { BarLine } from "#lib/contracts/bars.ts";
import type { ChannelConfig, TickLine, Trade } from "#lib/contracts/ticks.ts";
import { batchBars } from "#test/support/batch-bars.ts";

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
}

/** Which trades of a log count, by the rules of the design in their plainest form, sharing no code with the engine. */
class PlainReading {
  readonly counted: Trade[] = [];
  /** Those of them that may count in a part of a bar only. */
  readonly conditional: Trade[] = [];
  /** Symbols of which an operator or a band has something to say: their bars are not plain. */
  readonly guarded = new Set<string>();
  readonly #channels = new Map<string, Channel>();
  readonly #symbols = new Map<string, Follower>();

  read(text: string): void {
    let line: TickLine;
    try {
      line = JSON.parse(text) as TickLine;
    } catch {
      return;
    }
    if (line.type === "decision") this.guarded.add(line.symbol);
    else if (line.type === "config") this.#configure(line);
    else if (line.type === "trade") this.#trade(line);
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
    this.counted.push(trade);
    if (channel.isGuarded) this.guarded.add(trade.symbol);
    if (trade.conditions && channel.profile !== "all") this.conditional.push(trade);
  }

  #symbol(name: string): Follower {
    const known = this.#symbols.get(name);
    if (known) return known;
    const made: Follower = { channel: null, watermark: -Infinity, isFrozen: true, ids: new Set() };
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

/** Where the newest published bars differ from those of the plain reading; null where they do not. */
export function flawOf(log: readonly (readonly string[])[], published: ReadonlyMap<string, string>): string | null {
  const reading = new PlainReading();
  for (const lines of log) for (const line of lines) if (line !== "") reading.read(line);
  // Every one is another trade, whatever its number.
  const trades = reading.counted.map((trade, order) => Object.assign({}, trade, { id: order }));
  const conditional = batchBars(reading.conditional.map((trade, order) => Object.assign({}, trade, { id: order })));
  for (const [id, bar] of batchBars(trades)) {
    if (!WITHIN_SESSIONS.has(bar.interval) || conditional.has(id) || reading.guarded.has(bar.symbol)) continue;
    const told = JSON.parse(published.get(id) ?? "{}") as BarLine;
    const wrong = FIELDS.find((field) => told[field] !== bar[field]);
    const sum = SUMS.find((field) => !(Math.abs(told[field] - bar[field]) < 1e-9));
    const field = wrong ?? sum;
    if (field) return `${field} of ${id} is ${told[field]}, the plain reading gives ${bar[field]}`;
  }
  return null;
}
