/** Where a symbol's page lives; the colon and a slash of the ticker are encoded. */
export function symbolHref(symbol: string): string {
  return `/symbols/${encodeURIComponent(symbol)}`;
}
