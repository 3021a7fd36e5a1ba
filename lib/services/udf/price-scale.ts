/** The most decimals a price may have. */
const MOST_DECIMALS = 12;

/** The smallest price step as the protocol has it: `minmov / pricescale`, both whole numbers, the scale a power of ten. */
export function priceScale(tickSize: number): { minmov: number; pricescale: number } {
  for (let decimals = 0; decimals < MOST_DECIMALS; decimals++) {
    const pricescale = 10 ** decimals;
    const minmov = Math.round(tickSize * pricescale);
    if (minmov > 0 && minmov / pricescale === tickSize) return { minmov, pricescale };
  }
  return { minmov: 1, pricescale: 10 ** MOST_DECIMALS };
}
