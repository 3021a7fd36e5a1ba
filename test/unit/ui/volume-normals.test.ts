import { expect, test } from "vitest";
import { inPieces } from "../../../app/_market/use-volume-normals.ts";

test("a long list is asked for in pieces that fit into an address, the same ones however it is sorted", () => {
  const symbols = Array.from({ length: 250 }, (_, number) => `NASDAQ:T${number}`);
  const pieces = inPieces(symbols);
  expect(pieces.map((piece) => piece.length)).toEqual([100, 100, 50]);
  expect(inPieces(symbols.toReversed())).toEqual(pieces);
  for (const piece of pieces) expect(encodeURIComponent(JSON.stringify(piece)).length).toBeLessThan(4_000);
  expect(inPieces([])).toEqual([]);
});
