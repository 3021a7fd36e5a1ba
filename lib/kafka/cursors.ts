/** Where reading one partition stands. */
export interface Cursor {
  /** The next offset to take; null until it is known. */
  position: number | null;
  /** The log's end as last seen. */
  end: number;
  paused: boolean;
  /** When it last advanced or had no reason to; `performance.now()`. */
  movedAt: number;
  /** A position that the log did not seem to hold when last looked at. */
  suspect: number | null;
  /** The first offset of a batch that began behind `position`; null when the last one did not. */
  gapTo: number | null;
}

/** The cursors of the partitions that are assigned now. */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();

  clear(): void {
    this.#cursors.clear();
  }

  add(topic: string, partition: number): void {
    const cursor = { position: null, end: 0, paused: true, movedAt: performance.now(), suspect: null, gapTo: null };
    this.#cursors.set(`${topic}|${partition}`, cursor);
  }

  get(topic: string, partition: number): Cursor | undefined {
    return this.#cursors.get(`${topic}|${partition}`);
  }

  seek(topic: string, partition: number, position: number): void {
    const cursor = this.get(topic, partition);
    if (cursor) Object.assign(cursor, { position, paused: false, movedAt: performance.now(), suspect: null });
  }

  /** Counts standing still from now on. */
  excuse(): void {
    for (const cursor of this.#cursors.values()) cursor.movedAt = performance.now();
  }

  setPaused(topic: string, partition: number, paused: boolean): void {
    const cursor = this.get(topic, partition);
    if (cursor) Object.assign(cursor, { paused, movedAt: performance.now() });
  }
}
