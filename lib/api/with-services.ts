import { currentServices } from "../services/context.ts";
import type { Services } from "../services/services.ts";
import { errorResponse } from "./error-response.ts";
import { logInternal } from "./log-internal.ts";

/** Answers with this process's services; anything thrown becomes a status with `{code, message}`. */
export async function withServices(answer: (services: Services) => Promise<Response>): Promise<Response> {
  let log: Services["log"] | null = null;
  try {
    const services = currentServices();
    ({ log } = services);
    return await answer(services);
  } catch (error) {
    if (log) logInternal(log, error);
    return errorResponse(error);
  }
}
