import { initTRPC } from "@trpc/server";
import { TapedeckError } from "../errors.ts";
import { recordChanges } from "../services/audit/record.ts";
import { errorDetails } from "../services/error-details.ts";
import type { Services } from "../services/services.ts";
import type { SignedIn } from "../contracts/people.ts";
import { may, type Permission, refusalWords } from "../contracts/permissions.ts";
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

/** What a procedure says of itself. */
export interface ApiMeta {
  /** What who calls it must be permitted; null: it is for who is not signed in, too. Everything that changes something says it. */
  needs?: Permission | null;
}

const trpc = initTRPC
  .context<ApiContext>()
  .meta<ApiMeta>()
  .create({
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

/** The one place where it is judged who may do what. */
const permitted = trpc.middleware(async ({ ctx, meta, next }) => {
  const person = await signedIn(ctx);
  const needs = meta?.needs;
  if (!person) throw new TapedeckError("UNAUTHORIZED", "Sign in first.");
  if (!needs) throw new TapedeckError("INTERNAL", "This procedure does not say what it needs.");
  if (!may(person.role, needs)) throw new TapedeckError("FORBIDDEN", refusalWords(needs, person));
  return next({ ctx: { person } });
});

/** Reading what is not for everybody. */
export const readingAs = (needs: Permission) => reading.meta({ needs }).use(permitted);

/** Changing anything: only from our own pages. */
const changing = reading.use(({ ctx, next }) => {
  assertSameOrigin(ctx.request, ctx.url);
  return next();
});

/** Signing in and out. */
export const changingSession = changing.meta({ needs: null });

/** Changing what is one's own. */
export const changingAs = (needs: Permission) => changing.meta({ needs }).use(permitted);

/** Changing what is everybody's: on the record. */
export const recordedAs = (needs: Permission) =>
  changingAs(needs).use(({ ctx, next }) => {
    const { person, request, services } = ctx;
    const record = recordChanges(services, { who: person.name, address: clientAddress(request) });
    return next({ ctx: { recorded: { ...services, person, record } } });
  });

/** Who asks; null: nobody who is signed in. */
export function signedIn({ services, request }: Pick<ApiContext, "services" | "request">): Promise<SignedIn | null> {
  return services.sessions.personOf(readSessionCookie(request));
}
