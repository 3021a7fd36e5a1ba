/**
 * Puts a query (with its `?`, or empty) behind the address of the page at `path`. Does nothing once the browser is on its way to another
 * page: that page's address is not this one's to change.
 */
export function keepQuery(path: string, query: string): void {
  const { pathname, search } = window.location;
  if (decodeURIComponent(pathname) !== path || search === query) return;
  window.history.replaceState(null, "", pathname + query);
}
