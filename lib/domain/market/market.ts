import { DAY, MINUTE } from "../interval.ts";
import { Activity, type Sessions } from "./activity.ts";
import { type HaltedMinutes, type HaltPlan, MarketHalts } from "./halts.ts";
import { normal, uniform } from "./hash.ts";
import { RandomPath } from "./path.ts";

/** What the simulated market knows of one symbol. */
export interface Listing {
  ticker: string;
  sector: number;
  /** Price around which the symbol lives. */
  price: number;
  /** Rank by activity, from 0: trades follow Zipf's law. */
  rank: number;
}

export interface MarketOptions {
  seed: number;
  /** 1 is a natural pace. */
  rate: number;
  sessions: Sessions;
  halts: HaltPlan;
}

export interface MarketTrade {
  time: number;
  price: number;
  size: number;
  id: number;
  side: "buy" | "sell";
  /** Best bid and ask just before, at `quoteTime`. */
  quoteTime: number;
  bid: number;
  bidSize: number;
  ask: number;
  askSize: number;
}

/** Trades a day of the most active symbol at a natural pace: some seven a second. */
const BUSIEST = 600_000;
const ZIPF = 0.9;
const FACTOR = 1_000_000;
const TICK = 0.01;
const LOT = 100;

interface Instrument {
  ticker: string;
  key: number;
  price: number;
  mean: number;
  own: RandomPath;
  sector: RandomPath;
  marketBeta: number;
  sectorBeta: number;
}

/** Where in its minute a trade lies: at or after `begin`, within `stride`. Microseconds. */
interface Place {
  minute: number;
  begin: number;
  stride: number;
  id: number;
  /** The share of buys. */
  buyers: number;
}

/**
 * A market that is a function of seed and time: correlated by a market and a sector factor, with clustered volatility,
 * U-shaped and bursty activity. Trades of a symbol are enumerable from any minute on without those before it.
 */
export class Market {
  /** Tells the trade ids of this market from those of others, which count alike, whatever is halted; null for the default one. */
  readonly idSpace: string | null;
  readonly #seed: number;
  readonly #rate: number;
  readonly #activity: Activity;
  readonly #halts: MarketHalts;
  readonly #whole: RandomPath;
  readonly #sectors = new Map<number, RandomPath>();
  readonly #instruments = new Map<string, Instrument>();

  constructor({ seed, rate, sessions, halts }: MarketOptions) {
    const isDefault = seed === 1 && rate === 1 && sessions === "always";
    this.idSpace = isDefault ? null : `${seed}/${rate}/${sessions === "us" ? "us-equities" : sessions}`;
    this.#seed = seed;
    this.#rate = rate;
    this.#activity = new Activity(seed, sessions);
    this.#halts = new MarketHalts(seed, sessions, halts);
    this.#whole = new RandomPath(seed, FACTOR, 0.006);
  }

  #instrument(listing: Listing): Instrument {
    let known = this.#instruments.get(listing.ticker);
    if (known) return known;
    let sector = this.#sectors.get(listing.sector);
    if (!sector)
      this.#sectors.set(listing.sector, (sector = new RandomPath(this.#seed, FACTOR + 1 + listing.sector, 0.006)));
    const key = keyOf(listing.ticker);
    known = {
      ticker: listing.ticker,
      key,
      price: listing.price,
      mean: Math.max(200, (BUSIEST * this.#rate) / (listing.rank + 1) ** ZIPF),
      own: new RandomPath(this.#seed, key, 0.009),
      sector,
      marketBeta: 0.6 + 0.9 * uniform(this.#seed, key, 21, 0),
      sectorBeta: 0.5 + 0.8 * uniform(this.#seed, key, 22, 0),
    };
    this.#instruments.set(listing.ticker, known);
    return known;
  }

  #mid(instrument: Instrument, time: number): number {
    const { price, own, sector, marketBeta, sectorBeta } = instrument;
    return price * Math.exp(marketBeta * this.#whole.at(time) + sectorBeta * sector.at(time) + own.at(time));
  }

  /** Trades whose minute is `minute` (microseconds, a whole minute), in the order of time and id; made one by one. */
  *trades(listing: Listing, minute: number): Generator<MarketTrade> {
    const instrument = this.#instrument(listing);
    const day = Math.floor(minute / DAY);
    const number = (minute - day * DAY) / MINUTE;
    const first = this.#before(instrument, day, number);
    const count = this.#before(instrument, day, number + 1) - first;
    const id = this.#activity.until(instrument.key, instrument.mean, day) + first;
    // For five minutes there are somewhat more buyers, or somewhat more sellers.
    const buyers = 0.5 + 0.1 * normal(this.#seed, instrument.key, 33, Math.floor(minute / (5 * MINUTE)));
    const stride = MINUTE / count;
    for (let nth = 0; nth < count; nth++) {
      yield this.#trade(instrument, { minute, begin: minute + nth * stride, stride, id: id + nth, buyers });
    }
  }

  #trade(instrument: Instrument, { minute, begin, stride, id, buyers }: Place): MarketTrade {
    const { key } = instrument;
    const low = id | 0;
    const high = Math.floor(id / 4_294_967_296);
    const quoteTime = Math.floor(begin);
    const time = Math.min(
      Math.floor(begin + stride * (0.05 + 0.9 * uniform(key, low, high, this.#seed))),
      minute + MINUTE - 1,
    );
    const before = this.#mid(instrument, quoteTime);
    const half = Math.max(TICK / 2, before * 0.00008 * (0.6 + uniform(key, low, high, 31)));
    const bid = cents(Math.max(1, Math.floor((before - half) / TICK)));
    const ask = cents(Math.max(Math.ceil((before + half) / TICK), Math.round(bid / TICK) + 1));
    const buys = uniform(key, low, high, 32) < buyers;
    const inside = uniform(key, low, high, 34) < 0.12 && ask - bid > 1.5 * TICK;
    const price = inside ? cents(Math.round((bid + ask) / 2 / TICK)) : buys ? ask : bid;
    return {
      time,
      price,
      size: sizeOf(key, low, high),
      id,
      side: buys ? "buy" : "sell",
      quoteTime,
      bid,
      bidSize: LOT * (1 + Math.floor(12 * uniform(key, low, high, 35) ** 2)),
      ask,
      askSize: LOT * (1 + Math.floor(12 * uniform(key, low, high, 36) ** 2)),
    };
  }

  /** Price at an instant, without enumerating trades: what long history is drawn from. */
  priceAt(listing: Listing, time: number): number {
    return cents(Math.round(this.#mid(this.#instrument(listing), time) / TICK));
  }

  /** Trades before the minute in which an instant lies, since the beginning of time. */
  tradesBefore(listing: Listing, time: number): number {
    const instrument = this.#instrument(listing);
    const day = Math.floor(time / DAY);
    const minute = Math.floor((time - day * DAY) / MINUTE);
    return this.#activity.until(instrument.key, instrument.mean, day) + this.#before(instrument, day, minute);
  }

  /** The halt in which a time lies. */
  haltAt(listing: Listing, time: number): HaltedMinutes | null {
    return this.#halts.at(listing.ticker, this.#instrument(listing).key, time);
  }

  /** The first halt that begins at or after a time and before another. */
  nextHalt(listing: Listing, from: number, before: number): HaltedMinutes | null {
    return this.#halts.next(listing.ticker, this.#instrument(listing).key, from, before);
  }

  /** Trades of a day before a minute of it. What would have been traded in a halt is traded in the minute in which trading resumes. */
  #before({ ticker, key, mean }: Instrument, day: number, minute: number): number {
    const halt = minute > 0 ? this.#halts.at(ticker, key, day * DAY + (minute - 1) * MINUTE) : null;
    const from = halt ? Math.round((halt.from - day * DAY) / MINUTE) : minute;
    return this.#activity.before(key, mean, day, from);
  }
}

/** Mean of `sizeOf`, found by averaging a million draws: volume where trades are not enumerated. */
export const MEAN_SIZE = 130;

/** Odd lots, round lots and a few blocks. */
function sizeOf(key: number, low: number, high: number): number {
  const kind = uniform(key, low, high, 41);
  const draw = Math.exp(normal(key, low, high, 42));
  if (kind < 0.55) return Math.max(1, Math.min(LOT - 1, Math.round(24 * draw)));
  if (kind < 0.996) return LOT * Math.max(1, Math.round(draw));
  return LOT * Math.max(20, Math.round(40 * draw));
}

/** A price of so many hundredths: one division, so the same double as the decimal. */
const cents = (hundredths: number): number => hundredths / 100;

export function keyOf(ticker: string): number {
  let key = 7;
  for (let index = 0; index < ticker.length; index++) key = (Math.imul(key, 31) + ticker.charCodeAt(index)) | 0;
  return key;
}
