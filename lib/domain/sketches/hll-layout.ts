/**
 * The bytes of Apache DataSketches' HllSketch of lgK 12 and type HLL_8 (org.apache.datasketches.hll.PreambleUtil), little endian: 8 of
 * preamble, then up to 7 coupons (LIST), or their number and up to 384 of them (SET), or sums and 4,096 registers (HLL).
 */
export type HllContent = { coupons: number[] } | { registers: Uint8Array<ArrayBuffer> };

const LG_K = 12;
const K = 2 ** LG_K;
const SERIAL_VERSION = 1;
const FAMILY = 7;

const AT_LG_ARRAY = 4;
const AT_FLAGS = 5;
const AT_COUNT = 6;
const AT_MODE = 7;

const EMPTY = 4;
const COMPACT = 8;
/** Not built by updates alone: the estimate must come from the registers, not from the order in which they grew. */
const OUT_OF_ORDER = 16;

const LIST = 0;
const SET = 1;
const HLL = 2;
/** Type HLL_8, in the bits above the mode. */
const HLL_8 = 2 << 2;
const PREAMBLE_INTS = [2, 3, 10];
const LIST_BYTES = 8;
const SET_BYTES = 12;
const HLL_BYTES = 40;
/** Slots of the array of a list, as a power of two, and the fewest and the fullest of that of a set. */
const LG_LIST = 3;
const LG_SET = 5;

/** In compact form, coupons ascending: the same bytes for the same content. */
export function writeHll(content: HllContent): Uint8Array {
  return "coupons" in content ? writeCoupons(content.coupons) : writeRegisters(content.registers);
}

function begin(length: number, mode: number, lgArray: number, flags: number): DataView {
  const view = new DataView(new ArrayBuffer(length));
  const head = [PREAMBLE_INTS[mode] ?? 0, SERIAL_VERSION, FAMILY, LG_K, lgArray, flags, 0, mode | HLL_8];
  for (const [at, byte] of head.entries()) view.setUint8(at, byte);
  return view;
}

function writeCoupons(coupons: readonly number[]): Uint8Array {
  const { length } = coupons;
  const isList = length < 2 ** LG_LIST;
  const start = isList ? LIST_BYTES : SET_BYTES;
  const flags = COMPACT | (length === 0 ? EMPTY : 0) | (isList ? 0 : OUT_OF_ORDER);
  const view = begin(start + 4 * length, isList ? LIST : SET, isList ? LG_LIST : lgSet(length), flags);
  if (isList) view.setUint8(AT_COUNT, length);
  else view.setInt32(LIST_BYTES, length, true);
  for (const [index, coupon] of coupons.toSorted((a, b) => a - b).entries()) {
    view.setInt32(start + 4 * index, coupon, true);
  }
  return new Uint8Array(view.buffer);
}

/** The array of a set is at most three quarters full. */
function lgSet(count: number): number {
  let lg = LG_SET;
  while (4 * count > 3 * 2 ** lg) lg += 1;
  return lg;
}

function writeRegisters(registers: Uint8Array): Uint8Array {
  const view = begin(HLL_BYTES + K, HLL, 0, COMPACT | OUT_OF_ORDER);
  // Σ 2^−register, in two sums without rounding.
  let high = 0;
  let low = 0;
  let zeros = 0;
  for (const value of registers) {
    if (value === 0) zeros += 1;
    if (value < 32) high += 2 ** -value;
    else low += 2 ** -value;
  }
  view.setFloat64(8, 0, true); // what an estimate by the order of growth would need
  view.setFloat64(16, high, true);
  view.setFloat64(24, low, true);
  view.setInt32(32, zeros, true);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(registers, HLL_BYTES);
  return bytes;
}

/** Reads the compact and the updatable form. RangeError for anything but lgK 12 and HLL_8. */
export function readHll(bytes: Uint8Array): HllContent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LIST_BYTES) throw new RangeError(`A HyperLogLog of ${bytes.length} bytes`);
  const mode = view.getUint8(AT_MODE) & 3;
  const type = view.getUint8(AT_MODE) & 12;
  const [preamble, version, family, lgK] = bytes;
  if (version !== SERIAL_VERSION || family !== FAMILY || preamble !== PREAMBLE_INTS[mode]) {
    throw new RangeError(
      `These bytes are no HyperLogLog of DataSketches: they begin with ${preamble} ${version} ${family}`,
    );
  }
  if (lgK !== LG_K || type !== HLL_8) throw new RangeError(`A HyperLogLog of lgK ${lgK} and type ${type >> 2}`);
  if (mode !== HLL) return { coupons: readCoupons(view, mode === LIST) };
  if (bytes.length !== HLL_BYTES + K) throw new RangeError(`A HyperLogLog of ${bytes.length} bytes`);
  return { registers: new Uint8Array(bytes.subarray(HLL_BYTES)) };
}

function readCoupons(view: DataView, isList: boolean): number[] {
  const flags = view.getUint8(AT_FLAGS);
  if ((flags & EMPTY) !== 0) return [];
  const start = isList ? LIST_BYTES : SET_BYTES;
  const count = isList ? view.getUint8(AT_COUNT) : view.getInt32(LIST_BYTES, true);
  const places = (flags & COMPACT) === 0 ? 2 ** view.getUint8(AT_LG_ARRAY) : count;
  const coupons: number[] = [];
  for (let place = 0; place < places; place++) {
    const coupon = view.getInt32(start + 4 * place, true);
    if (coupon !== 0) coupons.push(coupon >>> 0);
  }
  if (coupons.length !== count) throw new RangeError(`${coupons.length} coupons instead of ${count}`);
  return coupons;
}
