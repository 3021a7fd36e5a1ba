import { randomUUID } from "node:crypto";
import { TapedeckError } from "../errors.ts";
import type { LogRecord } from "../contracts/log.ts";
import type { KafkaClient } from "./client.ts";
import { GroupSession } from "./group-session.ts";
import { topicEnds } from "./topics.ts";
import { within } from "./within.ts";

const DELETE_LIMIT = 1000;

/**
 * The records of one partition from offset `from` to before `to`, as far as the log still holds them, in the order of offsets.
 * At most one fetch waits: the partition is paused until the caller has taken it. Leaves no group behind.
 */
export async function* readRange(
  client: KafkaClient,
  topic: string,
  partition: number,
  from: number,
  to: number,
): AsyncGenerator<LogRecord[]> {
  const range = (await topicEnds(client, topic)).find((each) => each.partition === partition);
  if (!range) throw new TapedeckError("NOT_FOUND", `${topic} has no partition ${partition}`);
  const last = Math.min(to, range.end);
  let position = Math.max(from, range.start);
  if (position >= last) return;
  const group = `${topic}.range.${randomUUID()}`;
  let arrived = Promise.withResolvers<LogRecord[]>();
  const session = new GroupSession(client, {
    group,
    topics: [topic],
    joined: (joined) => joined.seek(topic, partition, position),
    records: (_, __, records) => {
      session.pause(topic, partition);
      arrived.resolve(records);
    },
  });
  try {
    session.start();
    while (position < last) {
      const records = await Promise.race([arrived.promise, session.ended.then(() => [])]);
      arrived = Promise.withResolvers();
      position = (records.at(-1)?.offset ?? position) + 1;
      yield records.filter(({ offset }) => offset < last);
      if (position < last) session.resume(topic, partition);
    }
  } finally {
    await session.stop();
    await deleteGroup(client, group);
  }
}

/** Leaves nothing of a group that was made for one reader; brokers forget it by themselves if this fails. */
export async function deleteGroup(client: KafkaClient, group: string): Promise<void> {
  const deleting = client.admin("Deleting a reader's group", (admin) => admin.deleteGroups([group]));
  await within(deleting, DELETE_LIMIT).catch((error: unknown) =>
    client.log.debug({ err: error, group }, "the group was not deleted"),
  );
}
