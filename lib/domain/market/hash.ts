/** Randomness that can be asked again: the same words give the same number, in any order and process. */

/** 32 well-mixed bits of four words (the finaliser of MurmurHash3 between them). */
export function hash(a: number, b: number, c: number, d: number): number {
  let state = mix(a ^ 0x9e3779b9);
  state = mix(state ^ b);
  state = mix(state ^ c);
  return mix(state ^ d);
}

function mix(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) + 0x9e3779b9;
}

/** Uniform in [0, 1). */
export function uniform(a: number, b: number, c: number, d: number): number {
  return (hash(a, b, c, d) >>> 0) / 4_294_967_296;
}

/** Standard normal, nearly: the sum of four uniforms, scaled; within ±3.46. */
export function normal(a: number, b: number, c: number, d: number): number {
  const one = hash(a, b, c, d);
  const two = hash(one, b, c, d);
  const sum = (one & 0xffff) + (one >>> 16) + (two & 0xffff) + (two >>> 16);
  return (sum / 65_536 - 2) * 1.7320508;
}
