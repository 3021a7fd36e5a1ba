import { describe, expect, test } from "vitest";
import { errorDetails } from "#lib/services/error-details.ts";
import { successorOf } from "#lib/services/instruments/successor.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { ticker } from "#test/support/ticker.ts";
import { fakeTickers } from "./fake-stores.ts";

const META = ticker("SIM:META", { formerTickers: ["fb"] });

describe("what a symbol is called now", () => {
  test("is the ticker of its exchange that names it, or of any exchange that names it whole", () => {
    expect(successorOf("SIM:FB", [ticker("SIM:AAPL"), META])).toBe("SIM:META");
    expect(successorOf("COINBASE:FB", [META])).toBeNull();
    expect(successorOf("COINBASE:FB", [ticker("SIM:META", { formerTickers: ["COINBASE:FB"] })])).toBe("SIM:META");
  });

  test("is nothing where several name it, one that is still there before one that is removed", () => {
    const other = ticker("SIM:FACE", { formerTickers: ["FB"] });
    expect(successorOf("SIM:FB", [META, other])).toBeNull();
    expect(successorOf("SIM:FB", [{ ...META, state: "removed" }, other])).toBe("SIM:FACE");
    expect(successorOf("SIM:FB", [{ ...META, state: "removed" }])).toBe("SIM:META");
  });

  test("is never itself", () => {
    expect(successorOf("SIM:FB", [ticker("SIM:FB", { formerTickers: ["FB"] })])).toBeNull();
  });
});

test("who asks for a former ticker is told the symbol that it has now; one that is there again is meant itself", async () => {
  const store = fakeTickers(META);
  const directory = new TickerDirectory(store, () => 0);
  const error: unknown = await directory.get("SIM:FB").catch((failed: unknown) => failed);
  expect(error).toMatchObject({ code: "NOT_FOUND", message: expect.stringContaining("called SIM:META now") as string });
  expect(errorDetails(error)).toEqual({ renamedTo: "SIM:META" });
  await store.create(ticker("SIM:FB"));
  directory.invalidate();
  expect((await directory.get("SIM:FB")).ticker.symbol).toBe("SIM:FB");
});
