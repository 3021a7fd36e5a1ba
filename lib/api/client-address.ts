/** The web server sets this header on every request, whatever the client sent: the address of its socket, or what trusted proxies say. */
export const ADDRESS_HEADER = "x-tapedeck-address";

/** The address that attempts are counted by; one bucket for all where no server set it. */
export function clientAddress(request: Headers): string {
  return request.get(ADDRESS_HEADER) ?? "unknown";
}
