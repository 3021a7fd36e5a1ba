import { describe, expect, it } from "vitest";
import type { LiveTopics } from "#lib/contracts/views.ts";
import { unionOf, WantedTopics } from "../../../app/_live/wanted-topics.ts";

const chart = (symbol: string): LiveTopics => ({
  quotes: [symbol],
  bars: [{ symbol, interval: "1m" }],
  prints: [symbol],
});
const LIST: LiveTopics = { quotes: "all", bars: [], prints: [] };

describe("what the parts of a page want of its stream", () => {
  it("is each thing once", () => {
    expect(unionOf([chart("SIM:B"), chart("SIM:A"), chart("SIM:B")])).toEqual({
      quotes: ["SIM:A", "SIM:B"],
      bars: [
        { symbol: "SIM:A", interval: "1m" },
        { symbol: "SIM:B", interval: "1m" },
      ],
      prints: ["SIM:A", "SIM:B"],
    });
  });

  it("is all quotes where one part wants all", () => {
    expect(unionOf([chart("SIM:A"), LIST])?.quotes).toBe("all");
  });

  it("is, beside all quotes, those of the composites that a part names: they are not among all", () => {
    const [ratio, spread] = ["SIM:A/SIM:B", "SIM:A-SIM:B"];
    expect(unionOf([LIST, chart(ratio), chart("SIM:A"), chart(spread), chart(ratio)])).toMatchObject({
      quotes: "all",
      composites: [spread, ratio],
    });
    expect(unionOf([LIST, { ...LIST, composites: [ratio] }])?.composites).toEqual([ratio]);
    expect(unionOf([chart(ratio)])).toEqual(chart(ratio));
  });

  it("is nothing without a part", () => {
    expect(unionOf([])).toBeNull();
  });

  it("is told once all parts have spoken, and again only when it is another", async () => {
    const told: (LiveTopics | null)[] = [];
    const wanted = new WantedTopics((topics) => told.push(topics));
    const leaveChart = wanted.add(chart("SIM:A"));
    const leaveList = wanted.add(LIST);
    await Promise.resolve();
    expect(told).toEqual([unionOf([chart("SIM:A"), LIST])]);

    wanted.add(chart("SIM:A"));
    leaveChart();
    await Promise.resolve();
    expect(told).toHaveLength(1);

    leaveList();
    await Promise.resolve();
    expect(told.at(-1)).toEqual(chart("SIM:A"));
  });

  it("does not break off between a page and the next", async () => {
    const told: (LiveTopics | null)[] = [];
    const wanted = new WantedTopics((topics) => told.push(topics));
    const leave = wanted.add(LIST);
    await Promise.resolve();
    leave();
    wanted.add(chart("SIM:A"));
    await Promise.resolve();
    expect(told).toEqual([LIST, chart("SIM:A")]);
  });
});
