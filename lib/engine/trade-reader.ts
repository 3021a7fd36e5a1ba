import type { LogRecord } from "../contracts/log.ts";
import type { Trade } from "../contracts/ticks.ts";
import { ContentSet, contentOf } from "./content-set.ts";
import { Frame, TRADE } from "./frame.ts";
import { FORGOTTEN, IntervalSet, KNOWN } from "./interval-set.ts";
import { NameTable } from "./name-table.ts";
import { CONTENT_SPACE, parseFrame } from "./parse-frame.ts";
import { VenueTable } from "./venue-table.ts";

export interface ReadTrade {
  time: number;
  price: number;
  size: number;
  /** 1: a buyer was the aggressor, 2: a seller; 0: not known. */
  side: number;
  /** For `venueOf`. */
  venue: number;
  conditions: readonly string[];
  /** Its frame, and its line in that. */
  offset: number;
  line: number;
}

/** Reads the trades of one symbol out of records of the log, each once, by the engine's parser and its rules of ids. */
export class TradeReader {
  readonly #symbol: number;
  readonly #frame = new Frame();
  readonly #names = {
    symbols: new NameTable(),
    channels: new NameTable(),
    spaces: new NameTable(),
    venues: new VenueTable(),
  };
  readonly #ids = new Map<number, IntervalSet>();
  readonly #contents = new ContentSet();
  duplicates = 0;

  constructor(symbol: string) {
    this.#symbol = this.#names.symbols.add(symbol);
    this.#names.spaces.add("");
    this.#names.spaces.add(CONTENT_SPACE);
  }

  /** The trades of a record that did not come before. */
  *read(record: LogRecord): Generator<ReadTrade> {
    const frame = this.#frame;
    parseFrame(frame, record.offset, record.value, this.#names);
    for (let line = 0; line < frame.lines; line++) {
      const named = frame.objects.get(line);
      // Names that are new are added, so that the lines after are found at once.
      if (named && "symbol" in named && "channel" in named) {
        frame.symbol[line] = this.#names.symbols.add(named.symbol);
        this.#names.channels.add(named.channel);
      }
      if (frame.kind[line] !== TRADE || frame.symbol[line] !== this.#symbol) continue;
      if (!this.#isNew(line, named?.type === "trade" ? named : null)) {
        this.duplicates += 1;
        continue;
      }
      const conditions = frame.conditions.get(line);
      yield {
        time: frame.time[line] ?? 0,
        price: frame.price[line] ?? 0,
        size: frame.size[line] ?? 0,
        side: frame.side[line] ?? 0,
        venue: frame.venue[line] ?? 0,
        conditions: conditions === undefined ? [] : (JSON.parse(conditions) as string[]),
        offset: record.offset,
        line,
      };
    }
  }

  /** The name of a trade's venue; null where it has none. */
  venueOf({ venue }: Pick<ReadTrade, "venue">): string | null {
    return venue === 0 ? null : this.#names.venues.nameOf(venue);
  }

  #isNew(line: number, named: Trade | null): boolean {
    if (named && named.id === undefined) return this.#contents.add(named.time, contentOf(named), 0) === "new";
    const space = named ? this.#names.spaces.add(named.idSpace ?? "") : (this.#frame.space[line] ?? 0);
    let ids = this.#ids.get(space);
    if (!ids) this.#ids.set(space, (ids = new IntervalSet()));
    const added = ids.add(this.#frame.id[line] ?? 0);
    return added !== KNOWN && added !== FORGOTTEN;
  }
}
