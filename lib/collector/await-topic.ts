import { SECOND } from "../domain/interval.ts";
import { errorCode, errorMessage, TapedeckError } from "../errors.ts";
import type { Log } from "../log.ts";
import { isAborted, sleep, type Clock } from "./clock.ts";

export interface AwaitTopicOptions {
  topic: string;
  /** How many it should have. */
  partitions: number;
  topicEnds: (topic: string) => Promise<readonly unknown[]>;
  clock: Clock;
  log: Pick<Log, "warn">;
  signal: AbortSignal;
}

const WAITABLE = new Set(["UNAVAILABLE", "TIMEOUT", "NOT_FOUND"]);

/** Waits until the topic can be reached. REFUSED when it has another number of partitions: symbols would lie where nobody looks for them. */
export async function awaitTopic({
  topic,
  partitions,
  topicEnds,
  clock,
  log,
  signal,
}: AwaitTopicOptions): Promise<void> {
  let trouble = "";
  while (!isAborted(signal)) {
    try {
      const { length } = await topicEnds(topic);
      if (length === partitions) return;
      throw new TapedeckError(
        "REFUSED",
        `The topic ${topic} has ${length} partitions: set TAPEDECK_PARTITIONS=${length}.`,
      );
    } catch (error) {
      if (!WAITABLE.has(errorCode(error))) throw error;
      if (errorMessage(error) !== trouble) log.warn(`waiting for the topic ${topic}: ${errorMessage(error)}`);
      trouble = errorMessage(error);
    }
    await sleep(clock, SECOND, signal);
  }
}
