import { TRPCError } from "@trpc/server";
import { ZodError, z } from "zod";
import { errorCode, type ErrorCode } from "../errors.ts";

type TrpcCode = TRPCError["code"];

/** The one table from our codes to those of tRPC and HTTP. */
const MAPPING: Readonly<Record<ErrorCode, { trpc: TrpcCode; status: number }>> = {
  BAD_INPUT: { trpc: "BAD_REQUEST", status: 400 },
  UNAUTHORIZED: { trpc: "UNAUTHORIZED", status: 401 },
  FORBIDDEN: { trpc: "FORBIDDEN", status: 403 },
  NOT_FOUND: { trpc: "NOT_FOUND", status: 404 },
  CONFLICT: { trpc: "CONFLICT", status: 409 },
  REFUSED: { trpc: "PRECONDITION_FAILED", status: 412 },
  UNSUPPORTED: { trpc: "UNPROCESSABLE_CONTENT", status: 422 },
  RATE_LIMITED: { trpc: "TOO_MANY_REQUESTS", status: 429 },
  BAD_CONFIGURATION: { trpc: "INTERNAL_SERVER_ERROR", status: 500 },
  REJECTED: { trpc: "INTERNAL_SERVER_ERROR", status: 500 },
  INTERNAL: { trpc: "INTERNAL_SERVER_ERROR", status: 500 },
  UNAVAILABLE: { trpc: "SERVICE_UNAVAILABLE", status: 503 },
  TIMEOUT: { trpc: "GATEWAY_TIMEOUT", status: 504 },
};

/** What a caller may read of an error: internal ones keep their words for the log. */
export interface PublicError {
  code: ErrorCode;
  status: number;
  message: string;
}

/** Code, HTTP status and message of anything thrown. */
export function publicError(error: unknown): PublicError {
  if (error instanceof ZodError) return { code: "BAD_INPUT", status: 400, message: z.prettifyError(error) };
  if (error instanceof TRPCError && error.cause !== undefined) return publicError(error.cause);
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") {
    return { code: codeOf(error.code), status: 400, message: error.message };
  }
  const code = errorCode(error);
  const { status } = MAPPING[code];
  const hidden = code === "INTERNAL" || !(error instanceof Error);
  return { code, status, message: hidden ? "Something failed here; the server's log says what." : error.message };
}

/** The same error as tRPC knows it, the original as its cause. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error;
  const code = errorCode(cause);
  if (cause === undefined || code === "INTERNAL") return error;
  return new TRPCError({ code: MAPPING[code].trpc, message: cause.message, cause });
}

function codeOf(trpc: TrpcCode): ErrorCode {
  const found = (Object.keys(MAPPING) as ErrorCode[]).find((code) => MAPPING[code].trpc === trpc);
  return found ?? "BAD_INPUT";
}
