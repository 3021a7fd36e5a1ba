import type { LogRecord } from "../contracts/log.ts";

/** Records that wait for their task, in order. */
export class RecordQueue {
  #fetches: LogRecord[][] = [];
  /** The next record within the first fetch. */
  #at = 0;
  #bytes = 0;

  /** Bytes of the values that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  add(records: LogRecord[]): void {
    if (records.length === 0) return;
    this.#fetches.push(records);
    for (const { value } of records) this.#bytes += value.length;
  }

  /** The next records, all of one fetch, up to `limit` bytes but at least one; empty when none wait. */
  take(limit: number): LogRecord[] {
    const fetch = this.#fetches[0];
    if (!fetch) return [];
    const from = this.#at;
    let bytes = 0;
    for (; this.#at < fetch.length; this.#at += 1) {
      const length = fetch[this.#at]?.value.length ?? 0;
      if (bytes > 0 && bytes + length > limit) break;
      bytes += length;
    }
    const taken = from === 0 && this.#at === fetch.length ? fetch : fetch.slice(from, this.#at);
    this.#bytes -= bytes;
    if (this.#at === fetch.length) {
      this.#fetches.shift();
      this.#at = 0;
    }
    return taken;
  }
}
