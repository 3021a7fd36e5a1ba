import { keyOf, type Listing } from "../../domain/market/market.ts";

/** A company of the simulated market; prices are of the order of the real ones, nothing else of them is real. */
export interface Company extends Listing {
  name: string;
}

/** Sectors of the Global Industry Classification Standard, by number. */
export const SECTORS = [
  "Information Technology",
  "Communication Services",
  "Consumer Discretionary",
  "Consumer Staples",
  "Financials",
  "Health Care",
  "Industrials",
  "Energy",
  "Materials",
  "Utilities",
  "Real Estate",
] as const;

const COMPANIES: readonly (readonly [ticker: string, name: string, sector: number, price: number])[] = [
  ["AAPL", "Apple", 0, 227],
  ["MSFT", "Microsoft", 0, 431],
  ["NVDA", "NVIDIA", 0, 184],
  ["GOOGL", "Alphabet", 1, 281],
  ["AMZN", "Amazon", 2, 227],
  ["META", "Meta Platforms", 1, 612],
  ["AVGO", "Broadcom", 0, 342],
  ["TSLA", "Tesla", 2, 402],
  ["BRK.B", "Berkshire Hathaway", 4, 505],
  ["JPM", "JPMorgan Chase", 4, 306],
  ["LLY", "Eli Lilly", 5, 1052],
  ["V", "Visa", 4, 333],
  ["XOM", "ExxonMobil", 7, 117],
  ["UNH", "UnitedHealth Group", 5, 330],
  ["MA", "Mastercard", 4, 545],
  ["COST", "Costco", 3, 916],
  ["PG", "Procter & Gamble", 3, 148],
  ["HD", "Home Depot", 2, 360],
  ["JNJ", "Johnson & Johnson", 5, 200],
  ["WMT", "Walmart", 3, 103],
  ["ABBV", "AbbVie", 5, 230],
  ["NFLX", "Netflix", 1, 110],
  ["BAC", "Bank of America", 4, 53],
  ["KO", "Coca-Cola", 3, 71],
  ["CRM", "Salesforce", 0, 235],
  ["ORCL", "Oracle", 0, 231],
  ["CVX", "Chevron", 7, 152],
  ["MRK", "Merck", 5, 95],
  ["AMD", "Advanced Micro Devices", 0, 208],
  ["PEP", "PepsiCo", 3, 146],
  ["ADBE", "Adobe", 0, 325],
  ["LIN", "Linde", 8, 420],
  ["TMO", "Thermo Fisher Scientific", 5, 580],
  ["MCD", "McDonald's", 2, 306],
  ["ACN", "Accenture", 0, 245],
  ["CSCO", "Cisco", 0, 77],
  ["ABT", "Abbott Laboratories", 5, 128],
  ["GE", "GE Aerospace", 6, 300],
  ["INTU", "Intuit", 0, 650],
  ["QCOM", "Qualcomm", 0, 168],
  ["TXN", "Texas Instruments", 0, 160],
  ["DIS", "Walt Disney", 1, 105],
  ["VZ", "Verizon", 1, 41],
  ["CAT", "Caterpillar", 6, 561],
  ["IBM", "IBM", 0, 304],
  ["AMGN", "Amgen", 5, 340],
  ["PFE", "Pfizer", 5, 25],
  ["NEE", "NextEra Energy", 9, 85],
  ["GS", "Goldman Sachs", 4, 790],
  ["RTX", "RTX", 6, 175],
  ["HON", "Honeywell", 6, 195],
  ["BKNG", "Booking Holdings", 2, 4700],
  ["LOW", "Lowe's", 2, 230],
  ["NKE", "Nike", 2, 64],
  ["PLD", "Prologis", 10, 126],
  ["SBUX", "Starbucks", 2, 85],
  ["T", "AT&T", 1, 26],
  ["MMM", "3M", 6, 170],
  ["EL", "Est\u00e9e Lauder", 3, 90],
  ["BA", "Boeing", 6, 185],
  ["UBER", "Uber Technologies", 6, 92],
  ["PANW", "Palo Alto Networks", 0, 190],
  ["NOW", "ServiceNow", 0, 830],
  ["MU", "Micron Technology", 0, 225],
  ["INTC", "Intel", 0, 38],
  ["PLTR", "Palantir Technologies", 0, 165],
  ["ISRG", "Intuitive Surgical", 5, 560],
  ["SPGI", "S&P Global", 4, 495],
  ["BLK", "BlackRock", 4, 1040],
  ["C", "Citigroup", 4, 100],
  ["WFC", "Wells Fargo", 4, 84],
  ["MS", "Morgan Stanley", 4, 165],
  ["SCHW", "Charles Schwab", 4, 93],
  ["AXP", "American Express", 4, 350],
  ["DE", "Deere", 6, 470],
  ["UNP", "Union Pacific", 6, 222],
  ["UPS", "United Parcel Service", 6, 94],
  ["FDX", "FedEx", 6, 270],
  ["LMT", "Lockheed Martin", 6, 465],
  ["COP", "ConocoPhillips", 7, 88],
  ["SLB", "Schlumberger", 7, 37],
  ["DUK", "Duke Energy", 9, 122],
  ["SO", "Southern Company", 9, 89],
  ["AMT", "American Tower", 10, 182],
  ["EQIX", "Equinix", 10, 780],
  ["APD", "Air Products", 8, 258],
  ["FCX", "Freeport-McMoRan", 8, 41],
  ["NEM", "Newmont", 8, 88],
  ["CMCSA", "Comcast", 1, 27],
  ["TMUS", "T-Mobile US", 1, 212],
  ["TGT", "Target", 3, 89],
  ["F", "Ford Motor", 2, 13],
  ["GM", "General Motors", 2, 70],
  ["ABNB", "Airbnb", 2, 115],
  ["PYPL", "PayPal", 4, 62],
  ["SHOP", "Shopify", 0, 145],
  ["SNOW", "Snowflake", 0, 255],
  ["COIN", "Coinbase Global", 4, 255],
  ["GME", "GameStop", 2, 21],
  ["CVS", "CVS Health", 5, 78],
];

const known: readonly Company[] = COMPANIES.map(([ticker, name, sector, price], rank) => ({
  ticker,
  name,
  sector,
  price,
  rank,
}));
const byTicker = new Map(known.map((company) => [company.ticker, company]));

/** Every company that has a name; `X00001` and so on exist besides. */
export function listings(): readonly Company[] {
  return known;
}

const GENERATED = /^X(\d{5})$/;
/** Ranks of generated companies begin here, so that named ones stay the busiest. */
const FIRST_GENERATED_RANK = 100;

/** The company of a ticker; one that is not listed trades rarely, at a price of its own. */
export function listingOf(ticker: string): Listing {
  const named = byTicker.get(ticker);
  if (named) return named;
  const number = GENERATED.exec(ticker)?.[1];
  const key = keyOf(ticker) >>> 0;
  const rank = FIRST_GENERATED_RANK + (number === undefined ? key % 1000 : Number(number));
  return { ticker, sector: key % SECTORS.length, price: 5 + (key % 400), rank };
}

/** The nth simulated symbol (from 0): the named companies, then generated ones. */
export function companyAt(index: number): Company {
  const named = known[index];
  if (named) return named;
  const ticker = `X${String(index - known.length + 1).padStart(5, "0")}`;
  return { ...listingOf(ticker), name: `Simulated Company ${index - known.length + 1}` };
}
