import { createRequire } from "node:module";
import { patchOnce } from "./patch-once.ts";

interface Cluster {
  refreshMetadata(): Promise<void>;
  findGroupCoordinator(group: { groupId: string }): Promise<unknown>;
}
interface KnowsCoordinator {
  cluster: Cluster;
  groupId: string;
  coordinator: unknown;
}
interface OffsetManager extends KnowsCoordinator {
  commitOffsets(offsets?: unknown): Promise<void>;
}
interface ConsumerGroup extends KnowsCoordinator {
  heartbeat(options: unknown): Promise<void>;
}

/**
 * kafkajs 2.2.4 looks the group's coordinator up only when it joins. When the coordinator moves to another broker or its connection
 * breaks, every commit and heartbeat fails until the consumer crashes and joins again, 18 to 39 seconds later. With this, the
 * coordinator is found again at the first such failure and the call is made once more.
 */
export function guardCoordinator(): void {
  const load = createRequire(import.meta.url);
  const offsets = load("kafkajs/src/consumer/offsetManager") as { prototype: OffsetManager };
  const group = load("kafkajs/src/consumer/consumerGroup") as { prototype: ConsumerGroup };
  patchOnce(offsets.prototype, "commitOffsets", (original) => {
    return function (this: OffsetManager, argument?: unknown): Promise<void> {
      return withCoordinatorFound(this, () => original.call(this, argument));
    };
  });
  patchOnce(group.prototype, "heartbeat", (original) => {
    return function (this: ConsumerGroup, argument: unknown): Promise<void> {
      return withCoordinatorFound(this, () => original.call(this, argument));
    };
  });
}

async function withCoordinatorFound(owner: KnowsCoordinator, call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!coordinatorIsGone(error)) throw error;
    // A failure here says the same as the lookup that follows, which retries by itself.
    await owner.cluster.refreshMetadata().catch(() => undefined);
    owner.coordinator = await owner.cluster.findGroupCoordinator({ groupId: owner.groupId });
    await call();
  }
}

const GONE_TYPES = new Set(["NOT_COORDINATOR_FOR_GROUP", "GROUP_COORDINATOR_NOT_AVAILABLE"]);
const GONE_NAMES = new Set(["KafkaJSBrokerNotFound", "KafkaJSConnectionError", "KafkaJSConnectionClosedError"]);

/** Whether an error, or one of its causes, says that the coordinator is no longer where it was. */
export function coordinatorIsGone(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { type } = each as { type?: string };
    if (GONE_NAMES.has(each.name) || (type !== undefined && GONE_TYPES.has(type))) return true;
  }
  return false;
}
