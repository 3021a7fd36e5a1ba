import { createRequire } from "node:module";
import { crc32c } from "./crc32c.ts";

const MODULE = "kafkajs/src/protocol/recordBatch/crc32C";

/**
 * kafkajs 2.2.4 computes the checksum of what it sends byte by byte, in a function that engines optimise badly: half of all that
 * producing costs. With this, called before anything of kafkajs is loaded, it uses ours: 8 ns a byte become 4.
 */
export function guardChecksum(): void {
  const load = createRequire(import.meta.url);
  load(MODULE);
  const loaded = load.cache[load.resolve(MODULE)];
  if (loaded) loaded.exports = crc32c;
}
