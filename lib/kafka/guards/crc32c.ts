const POLYNOMIAL = 0x82f63b78; // Castagnoli, reflected
const SLICES = 8;

/** TABLES[k · 256 + b]: what a byte b does to the checksum when k more bytes follow in the same step. */
const TABLES = new Int32Array(SLICES * 256);
for (let byte = 0; byte < 256; byte += 1) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  TABLES[byte] = crc;
}
for (let at = 256; at < TABLES.length; at += 1) {
  const before = TABLES[at - 256] ?? 0;
  TABLES[at] = (before >>> 8) ^ (TABLES[before & 255] ?? 0);
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * CRC-32C of a byte string, as an unsigned integer: slicing by 8 (Kounavis and Berry, "A Systematic Approach to Building High Performance
 * Software-Based CRC Generators", 2005).
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  let at = 0;
  if (isLittleEndian && bytes.byteOffset % 4 === 0) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, (bytes.length >> 3) * 2);
    crc = eightAtATime(words, crc);
    at = words.length * 4;
  }
  for (; at < bytes.length; at += 1) crc = (TABLES[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function eightAtATime(words: Int32Array, begin: number): number {
  let crc = begin;
  for (let at = 0; at < words.length; at += 2) {
    const low = crc ^ (words[at] ?? 0);
    const high = words[at + 1] ?? 0;
    crc =
      (TABLES[1792 + (low & 255)] ?? 0) ^
      (TABLES[1536 + ((low >>> 8) & 255)] ?? 0) ^
      (TABLES[1280 + ((low >>> 16) & 255)] ?? 0) ^
      (TABLES[1024 + (low >>> 24)] ?? 0) ^
      (TABLES[768 + (high & 255)] ?? 0) ^
      (TABLES[512 + ((high >>> 8) & 255)] ?? 0) ^
      (TABLES[256 + ((high >>> 16) & 255)] ?? 0) ^
      (TABLES[high >>> 24] ?? 0);
  }
  return crc;
}
