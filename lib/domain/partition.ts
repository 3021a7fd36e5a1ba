const MULTIPLIER = 0x5bd1e995;
const SEED = 0x9747b28c;

/**
 * 32-bit MurmurHash2 of a byte string, as Kafka's default partitioner computes it
 * (Apache Kafka, `org.apache.kafka.common.utils.Utils.murmur2`).
 */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  let hash = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let word =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    word = Math.imul(word, MULTIPLIER);
    word ^= word >>> 24;
    word = Math.imul(word, MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  const left = length - at;
  if (left >= 3) hash ^= (bytes[at + 2] ?? 0) << 16;
  if (left >= 2) hash ^= (bytes[at + 1] ?? 0) << 8;
  if (left >= 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), MULTIPLIER);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

const encoder = new TextEncoder();

/** The partition of `ticks`, `bars` and `latest` on which everything about a symbol lies. */
export function partitionOf(symbol: string, partitions: number): number {
  return (murmur2(encoder.encode(symbol)) & 0x7fffffff) % partitions;
}
