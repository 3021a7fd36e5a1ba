import { type AlertRule, type AlertStore, ruleKey, type StoredRules } from "../contracts/alerts.ts";

const NONE: readonly AlertRule[] = [];

function unreadWords(unread: StoredRules["unread"]): string {
  const [first] = unread;
  return `Alerts that cannot be read and watch for nothing: ${unread.length}, among them ${first?.id}: ${first?.why}`;
}

/** The rules that watch, by symbol, as last read: at most as many as there may be rules. */
export class RuleBook {
  readonly #store: Pick<AlertStore, "rules">;
  readonly #warn: (text: string) => void;
  #bySymbol = new Map<string, AlertRule[]>();
  #keys = new Set<string>();
  #isRead = false;
  #changes = 0;

  /** `warn` is told of rules that cannot be read, at each reading. */
  constructor(store: Pick<AlertStore, "rules">, warn: (text: string) => void) {
    this.#store = store;
    this.#warn = warn;
  }

  get size(): number {
    return this.#keys.size;
  }

  /** Another number after each change of the rules that watch. */
  get changes(): number {
    return this.#changes;
  }

  /** Symbols that are watched. */
  get symbols(): number {
    return this.#bySymbol.size;
  }

  /** Reads them unless they were read before. */
  async ready(): Promise<void> {
    if (!this.#isRead) await this.refresh();
  }

  async refresh(): Promise<void> {
    const stored = await this.#store.rules();
    if (stored.unread.length > 0) this.#warn(unreadWords(stored.unread));
    const rules = stored.rules.map(({ rule }) => rule).filter(({ enabled }) => enabled);
    this.#bySymbol = Map.groupBy(rules, ({ symbol }) => symbol);
    const keys = new Set(rules.map(ruleKey));
    if (keys.size !== this.#keys.size || [...keys].some((key) => !this.#keys.has(key))) this.#changes += 1;
    this.#keys = keys;
    this.#isRead = true;
  }

  /** Keys of those that fire once. */
  get once(): string[] {
    return [...this.#bySymbol.values()].flatMap((rules) =>
      rules.filter(({ frequency }) => frequency.kind === "once").map(ruleKey),
    );
  }

  watches(symbol: string): boolean {
    return this.#bySymbol.has(symbol);
  }

  of(symbol: string): readonly AlertRule[] {
    return this.#bySymbol.get(symbol) ?? NONE;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}
