import { createRequire } from "node:module";
import type * as Kafkajs from "kafkajs";
import { guardChecksum } from "./checksum.ts";
import { guardCoordinator } from "./coordinator.ts";
import { guardEncoderCopies } from "./encoder-copies.ts";
import { guardIdleTimer } from "./idle-timer.ts";

/** The one way to kafkajs: with its defects worked around, before it is used for the first time. */
export function loadKafkajs(): typeof Kafkajs {
  guardChecksum();
  guardIdleTimer();
  guardCoordinator();
  guardEncoderCopies();
  return createRequire(import.meta.url)("kafkajs") as typeof Kafkajs;
}
