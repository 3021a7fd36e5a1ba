import { currentServices } from "../services/context.ts";
import type { Services } from "../services/services.ts";
import { errorResponse } from "./error-response.ts";

/** Answers with this process's services; anything thrown becomes a status with `{code, message}`. */
export async function withServices(answer: (services: Services) => Promise<Response>): Promise<Response> {
  try {
    return await answer(currentServices());
  } catch (error) {
    return errorResponse(error);
  }
}
