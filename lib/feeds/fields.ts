import { TapedeckError } from "../errors.ts";

/** An object as JSON gives it, its fields still to be checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** Parses a JSON object. BAD_INPUT. */
export function parseFields(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TapedeckError("BAD_INPUT", "not JSON");
  }
  return fieldsOf(value, "the message");
}

/** BAD_INPUT for what is no object. */
export function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TapedeckError("BAD_INPUT", `${name} is not an object`);
  }
  return value as Fields;
}

/** BAD_INPUT for what is no list. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TapedeckError("BAD_INPUT", `${name} is not a list`);
  return value;
}

/** A text that is not empty. BAD_INPUT. */
export function textOf(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new TapedeckError("BAD_INPUT", `${name} is missing or not a text`);
}

/** A finite number, also one that is written as a text, as sources write decimals. BAD_INPUT. */
export function decimalOf(value: unknown, name: string): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new TapedeckError("BAD_INPUT", `${name} is missing or not a number`);
}

/** A number above zero. BAD_INPUT. */
export function priceOf(value: unknown, name: string): number {
  const price = decimalOf(value, name);
  if (price > 0) return price;
  throw new TapedeckError("BAD_INPUT", `${name} is not above zero`);
}

/** A number that is not below zero. BAD_INPUT. */
export function amountOf(value: unknown, name: string): number {
  const amount = decimalOf(value, name);
  if (amount >= 0) return amount;
  throw new TapedeckError("BAD_INPUT", `${name} is below zero`);
}

/** A whole number that is not below zero and exact: an id or a time. BAD_INPUT. */
export function wholeOf(value: unknown, name: string): number {
  const whole = decimalOf(value, name);
  if (Number.isSafeInteger(whole) && whole >= 0) return whole;
  throw new TapedeckError("BAD_INPUT", `${name} is not a whole number`);
}

/** BAD_INPUT for what is neither true nor false. */
export function flagOf(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new TapedeckError("BAD_INPUT", `${name} is neither true nor false`);
}
