import type { Frame } from "../contracts/log.ts";

/** The most bytes that one request carries of one partition; the topic's max.message.bytes must allow them. */
export const MAX_BATCH_BYTES = 1_048_576;
/** The most bytes of one request. */
export const MAX_REQUEST_BYTES = 8_388_608;
/** What a record costs beside its key and value, at most. */
const RECORD_OVERHEAD = 64;

/** One call of `send`: done when every one of its frames is acknowledged. */
export interface Ticket {
  remaining: number;
  bytes: number;
  done: () => void;
  failed: (error: Error) => void;
}

interface Waiting {
  frame: Frame;
  bytes: number;
  ticket: Ticket;
}

/** What one partition has in one request. Made once, so that each attempt sends the same records under the same sequence numbers. */
export interface Batch {
  topic: string;
  partition: number;
  frames: Frame[];
  bytes: number;
  tickets: Ticket[];
}

interface Lane {
  topic: string;
  partition: number;
  waiting: Waiting[];
  /** Index of the first that still waits: cheaper than shifting. */
  head: number;
  busy: boolean;
}

/** Queues of frames by partition. At most one batch of a partition is out at a time, so its frames keep their order. Does no I/O. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  /** Lanes with frames and nothing out. */
  readonly #ready = new Set<Lane>();
  #pendingBytes = 0;

  /** Bytes taken in and not yet settled. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  add(topic: string, frames: readonly Frame[], ticket: Ticket): void {
    for (const frame of frames) {
      const bytes = frameBytes(frame);
      const lane = this.#lane(topic, frame.partition);
      lane.waiting.push({ frame, bytes, ticket });
      if (!lane.busy) this.#ready.add(lane);
      this.#pendingBytes += bytes;
    }
  }

  /** The next request: something of every lane that has nothing out; empty when there is none. */
  take(): Batch[] {
    const batches: Batch[] = [];
    let bytes = 0;
    for (const lane of this.#ready) {
      if (bytes >= MAX_REQUEST_BYTES) break;
      const batch = cut(lane);
      bytes += batch.bytes;
      batches.push(batch);
      lane.busy = true;
      this.#ready.delete(lane);
    }
    return batches;
  }

  /** A batch is acknowledged: its lane may go on, and the calls that are complete are done. */
  settle(batch: Batch): void {
    this.#pendingBytes -= batch.bytes;
    const lane = this.#lane(batch.topic, batch.partition);
    lane.busy = false;
    if (lane.head < lane.waiting.length) this.#ready.add(lane);
    for (const ticket of batch.tickets) {
      ticket.remaining -= 1;
      if (ticket.remaining === 0) ticket.done();
    }
  }

  /** Fails every call that still waits, and forgets its frames. */
  failAll(error: Error, out: Iterable<Batch>): void {
    const tickets = new Set<Ticket>();
    for (const batch of out) for (const ticket of batch.tickets) tickets.add(ticket);
    for (const lane of this.#lanes.values())
      for (const { ticket } of lane.waiting.slice(lane.head)) tickets.add(ticket);
    this.#lanes.clear();
    this.#ready.clear();
    this.#pendingBytes = 0;
    for (const ticket of tickets) ticket.failed(error);
  }

  #lane(topic: string, partition: number): Lane {
    const key = `${topic}|${partition}`;
    let lane = this.#lanes.get(key);
    if (!lane) {
      lane = { topic, partition, waiting: [], head: 0, busy: false };
      this.#lanes.set(key, lane);
    }
    return lane;
  }
}

export function frameBytes(frame: Frame): number {
  return frame.value.length + (frame.key?.length ?? 0) + RECORD_OVERHEAD;
}

/** Takes from the front of a lane that is not empty: as much as a batch may carry, at least one frame. */
function cut(lane: Lane): Batch {
  const batch: Batch = { topic: lane.topic, partition: lane.partition, frames: [], bytes: 0, tickets: [] };
  for (; lane.head < lane.waiting.length; lane.head += 1) {
    const next = lane.waiting[lane.head];
    if (!next || (batch.frames.length > 0 && batch.bytes + next.bytes > MAX_BATCH_BYTES)) break;
    batch.frames.push(next.frame);
    batch.tickets.push(next.ticket);
    batch.bytes += next.bytes;
  }
  if (lane.head === lane.waiting.length || lane.head > 1024) {
    lane.waiting = lane.waiting.slice(lane.head);
    lane.head = 0;
  }
  return batch;
}
