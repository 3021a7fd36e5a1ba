import { TapedeckError } from "../errors.ts";
import type { Services } from "./services.ts";

const KEY = Symbol.for("tapedeck.services");
const place = globalThis as typeof globalThis & { [KEY]?: Services };

/** The services of this process. UNAVAILABLE before the web server made them and after it closed them. */
export function currentServices(): Services {
  const services = place[KEY];
  if (!services) throw new TapedeckError("UNAVAILABLE", "The server is starting or stopping; ask again in a moment.");
  return services;
}
