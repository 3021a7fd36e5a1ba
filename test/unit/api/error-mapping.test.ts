import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { publicError, toTrpcError } from "#lib/api/error-mapping.ts";
import { ERROR_CODES, TapedeckError } from "#lib/errors.ts";

describe("what a caller may read of an error", () => {
  test("is our code, its status and our words", () => {
    expect(publicError(new TapedeckError("NOT_FOUND", "No such ticker."))).toEqual({
      code: "NOT_FOUND",
      status: 404,
      message: "No such ticker.",
    });
  });

  test("is the field that is wrong with the input", () => {
    const { error } = z.object({ limit: z.int() }).safeParse({ limit: "x" });
    const shown = publicError(error);
    expect(shown).toMatchObject({ code: "BAD_INPUT", status: 400 });
    expect(shown.message).toContain("limit");
  });

  test("is nothing of what went wrong inside", () => {
    const shown = publicError(new Error("password=secret"));
    expect(shown).toMatchObject({ code: "INTERNAL", status: 500 });
    expect(shown.message).not.toContain("secret");
  });

  test("is the same wherever the class of the error was loaded", () => {
    class TapedeckErrorOfAnotherBundle extends Error {
      override readonly name = "TapedeckError";
      readonly code = "CONFLICT";
    }
    expect(publicError(new TapedeckErrorOfAnotherBundle("Changed."))).toMatchObject({ code: "CONFLICT", status: 409 });
  });

  test("has a status for every code", () => {
    for (const code of ERROR_CODES)
      expect(publicError(new TapedeckError(code, "x")).status).toBeGreaterThanOrEqual(400);
  });
});

const wrap = (cause: Error) => toTrpcError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }));

test("tRPC gets its own word for our code, and a passing fault lets a stream come back", () => {
  expect(wrap(new TapedeckError("CONFLICT", "Changed."))).toMatchObject({ code: "CONFLICT", message: "Changed." });
  expect(wrap(new TapedeckError("UNAVAILABLE", "Down."))).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(wrap(new Error("other"))).toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
});
