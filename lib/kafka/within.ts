import { TapedeckError } from "../errors.ts";

/** The outcome of `work`, or TIMEOUT after `limit` milliseconds; the work itself goes on. */
export async function within<T>(work: Promise<T>, limit: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TapedeckError("TIMEOUT", `No answer in ${limit} ms`)), limit);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined); // nobody waits for it any more
  }
}
