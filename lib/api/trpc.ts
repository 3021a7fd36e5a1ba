import { initTRPC } from "@trpc/server";
import { TapedeckError } from "../errors.ts";
import { recordChanges } from "../services/audit/record.ts";
import { errorDetails } from "../services/error-details.ts";
import type { Services } from "../services/services.ts";
import { readSessionCookie } from "../services/session/cookie.ts";
import { assertSameOrigin } from "../services/session/same-origin.ts";
import { clientAddress } from "./client-address.ts";
import { publicError, toTrpcError } from "./error-mapping.ts";

/** What a procedure is called with. */
export interface ApiContext {
  services: Services;
  /** Headers of the request and of its answer. */
  request: Headers;
  answer: Headers;
  /** The request's own address, for same-origin checks. */
  url: URL;
}

const trpc = initTRPC.context<ApiContext>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => {
    const { code, message } = publicError(error);
    return { ...shape, message, data: { ...shape.data, reason: code, details: errorDetails(error.cause) } };
  },
  sse: {
    ping: { enabled: true, intervalMs: 5_000 },
    // A frame comes every five seconds at least: after three missing ones the page connects again.
    client: { reconnectAfterInactivityMs: 15_000 },
  },
});

/** Our codes become tRPC's here and nowhere else. */
const mapped = trpc.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

export const router = trpc.router;

/** Reading: open to everybody. */
export const reading = trpc.procedure.use(mapped);

/** Reading what is one person's: only with a session. */
export const personal = reading.use(({ ctx, next }) => {
  assertSignedIn(ctx);
  return next();
});

/** Changing anything: only from our own pages. */
export const changing = reading.use(({ ctx, next }) => {
  assertSameOrigin(ctx.request, ctx.url);
  return next();
});

/** Changing what is one person's: only with a session. */
export const administering = changing.use(({ ctx, next }) => {
  assertSignedIn(ctx);
  return next();
});

/** Changing what is everybody's: only with a session, and on the record. */
export const recorded = administering.use(({ ctx, next }) => {
  const record = recordChanges(ctx.services, clientAddress(ctx.request));
  return next({ ctx: { recorded: { ...ctx.services, record } } });
});

function assertSignedIn(context: ApiContext): void {
  if (!isAdmin(context)) throw new TapedeckError("UNAUTHORIZED", "Sign in first: this needs the admin password.");
}

export function isAdmin({ services, request }: Pick<ApiContext, "services" | "request">): boolean {
  return services.sessions.valid(readSessionCookie(request));
}
