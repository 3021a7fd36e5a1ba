/** The newest of each symbol is published and stored at most this often, milliseconds. */
const PUBLISH_EVERY = 20;
const STORE_EVERY = 1000;
/** Where there are many symbols, less often: a partition publishes at most so many lines a second. */
const LINES_A_SECOND = 2500;
/**
 * While what is read was sent so long ago, milliseconds, nobody looks at what is only passing: open bars are told of with their
 * checkpoints alone, and the newest of each symbol so seldom.
 */
const FAR_BEHIND = 2000;
const SELDOM = { publishEvery: 1000, storeEvery: 10_000 };
/**
 * So many changed windows and given bars begin a checkpoint before its time: more where there are more symbols, for each checkpoint
 * writes the long windows of all of them again.
 */
const UNSAVED_ENOUGH = 8000;
const UNSAVED_ENOUGH_A_SYMBOL = 8;
const UNSAVED_ENOUGH_MOST = 50_000;

export function isFarBehind(lag: number): boolean {
  return lag > FAR_BEHIND;
}

/** Milliseconds between two tellings of the newest of each symbol of a partition: to its readers, and to the store. */
export function latestPace(symbols: number, farBehind: boolean): { publishEvery: number; storeEvery: number } {
  if (farBehind) return SELDOM;
  return { publishEvery: Math.max(PUBLISH_EVERY, (1000 * symbols) / LINES_A_SECOND), storeEvery: STORE_EVERY };
}

/** How many changed windows are worth a checkpoint. */
export function enoughUnsaved(symbols: number): number {
  return Math.min(UNSAVED_ENOUGH + UNSAVED_ENOUGH_A_SYMBOL * symbols, UNSAVED_ENOUGH_MOST);
}
