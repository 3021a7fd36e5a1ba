import type { LatestReader, TickerStore } from "../../contracts/stores.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { CalendarName } from "../../domain/calendar/calendar.ts";
import type { ProfileName } from "../../domain/eligibility/eligibility.ts";
import { DAY, type Micros } from "../../domain/interval.ts";
import { splitSymbol } from "../../domain/symbol.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import type { SymbolSurvey } from "./survey.ts";

const CURRENCIES = ["USDT", "USDC", "FDUSD", "TUSD", "USD", "EUR", "GBP", "JPY", "TRY", "BRL", "BTC", "ETH", "BNB"];

/** By what the bars of a recording are made. */
interface TapeRules {
  calendar: CalendarName;
  profile: ProfileName;
}

/** The ticker of a recorded symbol. */
export function tapeTicker(survey: SymbolSurvey, { calendar, profile }: TapeRules, now: Micros): Ticker {
  const { ticker } = splitSymbol(survey.symbol);
  const days = Math.max(1, (survey.last - survey.first) / DAY);
  return {
    symbol: survey.symbol,
    name: `${ticker} (recording)`,
    sourceSymbol: ticker,
    source: "recording",
    sector: null,
    formerTickers: [],
    aliases: [],
    calendar,
    profile,
    currency: CURRENCIES.find((currency) => ticker.length > currency.length && ticker.endsWith(currency)) ?? "USD",
    actions: [],
    tickSize: Number(`1e-${survey.decimals}`),
    marketValue: null,
    liquidity: survey.notional / days,
    state: "enabled",
    addedAt: now,
    updatedAt: now,
  };
}

/**
 * REFUSED, naming them, where symbols have data later than the recording's end, for everything of it would be older than what is known;
 * or where a symbol is collected from a source.
 */
export async function refuseKnown(
  symbols: readonly SymbolSurvey[],
  { latest, tickers }: { latest: LatestReader; tickers: Pick<TickerStore, "get"> },
): Promise<void> {
  const taken: string[] = [];
  for (const { symbol } of symbols) {
    const source = (await tickers.get(symbol))?.ticker.source ?? "recording";
    if (source !== "recording") taken.push(`${symbol} (${source})`);
  }
  if (taken.length > 0) {
    throw new TapedeckError("REFUSED", `Collected from a live source: ${taken.join(", ")}. Choose another --exchange.`);
  }
  const known = new Map((await latest.latest(symbols.map(({ symbol }) => symbol))).map((line) => [line.symbol, line]));
  const later = symbols.flatMap(({ symbol, last }) => {
    const line = known.get(symbol);
    const time = line ? Math.max(line.time, line.tradeTime ?? 0) : 0;
    return time > last ? [`${symbol} (has ${iso(time)}, the recording ends ${iso(last)})`] : [];
  });
  if (later.length === 0) return;
  throw new TapedeckError(
    "REFUSED",
    `Later data is there already: ${later.join(", ")}. Play recordings in the order of their time, or choose another --exchange.`,
  );
}

/** Makes the tickers of a recording findable; those that were removed come back, all with these rules. */
export async function createTickers(
  symbols: readonly SymbolSurvey[],
  tickers: Pick<TickerStore, "create" | "get" | "replace">,
  { calendar, profile }: TapeRules,
  now: Micros,
): Promise<void> {
  for (const survey of symbols) {
    try {
      await tickers.create(tapeTicker(survey, { calendar, profile }, now));
    } catch (error) {
      if (errorCode(error) !== "CONFLICT") throw error;
      const found = await tickers.get(survey.symbol);
      const isSame = found?.ticker.calendar === calendar && found.ticker.profile === profile;
      if (found && !(isSame && found.ticker.state === "enabled")) {
        await tickers.replace({ ...found.ticker, calendar, profile, state: "enabled", updatedAt: now }, found.version);
      }
    }
  }
}

function iso(time: Micros): string {
  return new Date(time / 1_000).toISOString();
}
