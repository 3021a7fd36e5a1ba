import { afterEach, describe, expect, test, vi } from "vitest";
import { keepQuery } from "../../../app/_lib/address.ts";

function at(pathname: string, search: string) {
  const replaceState = vi.fn<(data: unknown, unused: string, url: string) => void>();
  vi.stubGlobal("window", { location: { pathname, search }, history: { replaceState } });
  return replaceState;
}

describe("the address of a page", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("follows the view", () => {
    const replaceState = at("/symbols/SIM%3AAAPL", "");
    keepQuery("/symbols/SIM:AAPL", "?interval=1h");
    expect(replaceState.mock.calls[0]?.[2]).toBe("/symbols/SIM%3AAAPL?interval=1h");
  });

  test("is left alone when it says so already, and on the way to another page", () => {
    const same = at("/", "?sort=last.ascending");
    keepQuery("/", "?sort=last.ascending");
    expect(same).not.toHaveBeenCalled();
    const leaving = at("/", "");
    keepQuery("/symbols/SIM:AAPL", "?interval=1h");
    expect(leaving).not.toHaveBeenCalled();
  });
});
