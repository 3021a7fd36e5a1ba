import { beforeEach, describe, expect, test } from "vitest";
import { ChannelLease, type ChannelReport, type LeaseOptions } from "#lib/collector/channel-lease.ts";
import { ChannelStatus } from "#lib/collector/channel-status.ts";
import { decideShare, type ShareInput } from "#lib/collector/share.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { errorCode } from "#lib/errors.ts";
import { FakeSources } from "./fake-sources.ts";

let now = 0;
/** The number of the first configuration: seconds since the epoch. */
const FIRST = 1_000;
let sources: FakeSources;
const report: ChannelReport = new ChannelStatus(SECOND, 0).report(0);
const options = (worker: string): LeaseOptions => {
  return { sources, channel: "simulator-0", source: "simulator", worker, now: () => now };
};
const acquire = (worker: string): Promise<ChannelLease | null> => ChannelLease.acquire(options(worker), report);

async function held(worker: string): Promise<ChannelLease> {
  const lease = await acquire(worker);
  if (!lease) throw new Error(`${worker} does not get it`);
  return lease;
}

beforeEach(() => {
  now = FIRST * SECOND;
  sources = new FakeSources();
});

describe("a lease", () => {
  test("is held by one, and by nobody else while it is renewed", async () => {
    const lease = await held("a");
    expect(lease.config).toBe(FIRST);
    for (let second = 0; second < 20; second += 1) {
      now += SECOND;
      await lease.renew(report);
      expect(await acquire("b")).toBeNull();
    }
  });

  test("is taken over when it has not been renewed for five seconds, under the next number", async () => {
    const lost = await held("a");
    now += 5 * SECOND - 1;
    expect(await acquire("b")).toBeNull();
    now += 1;
    expect((await held("b")).config).toBe(FIRST + 1);
    expect(await lost.renew(report).catch(errorCode)).toBe("CONFLICT");
  });

  test("is free at once when it was given back", async () => {
    await (await held("a")).release(report);
    expect((await held("b")).config).toBe(FIRST + 1);
  });

  test("goes to one of two who try at the same time", async () => {
    const both = await Promise.all([acquire("a"), acquire("b")]);
    expect(both.filter((lease) => lease !== null)).toHaveLength(1);
  });
});

describe("the numbers of configurations", () => {
  test("are used once, also when the answer of the store is lost", async () => {
    const lease = await held("a");
    expect(await lease.nextConfig(report)).toBe(FIRST + 1);
    sources.loseAnswer = true;
    expect(await lease.nextConfig(report).catch(errorCode)).toBe("TIMEOUT");
    expect(await lease.nextConfig(report)).toBe(FIRST + 2);
    expect(sources.documents.get("simulator-0")?.document).toMatchObject({ config: FIRST + 2, holder: "a" });
  });

  test("rise, also when their document was lost", async () => {
    const lease = await held("a");
    for (let second = 0; second < 60; second += 1) {
      now += SECOND;
      await lease.renew(report);
    }
    const last = await lease.nextConfig(report);
    sources.documents.clear();
    expect((await held("b")).config).toBeGreaterThan(last);
  });
});

describe("a lease that nobody can check", () => {
  test("stays with its holder while the store does not answer", async () => {
    const lease = await held("a");
    sources.unavailable = true;
    expect(await lease.renew(report).catch(errorCode)).toBe("UNAVAILABLE");
    sources.unavailable = false;
    now += 60 * SECOND;
    await lease.renew(report);
    expect(sources.documents.get("simulator-0")?.document.leaseUntil).toBe(now + 5 * SECOND);
  });

  test("is not given back by somebody who has lost it", async () => {
    const lost = await held("a");
    now += 6 * SECOND;
    await held("b");
    await lost.release(report);
    expect(sources.documents.get("simulator-0")?.document.holder).toBe("b");
  });
});

const alive = (...ids: string[]): ShareInput["workers"] => ids.map((id) => ({ id, role: "ingest", updated: now }));
const taken = (holder: string, ...channels: string[]): ShareInput["documents"] =>
  channels.map((channel) => ({ channel, holder, leaseUntil: now + SECOND }));

describe("the share of a worker", () => {
  const planned = ["x-0", "x-1", "x-2", "x-3", "x-4"];
  const input = (change: Partial<ShareInput>): ShareInput => {
    return { worker: "a", planned, held: [], documents: [], workers: alive("a"), now, ...change };
  };

  test("is everything when it is alone", () => {
    expect(decideShare(input({})).take.toSorted()).toEqual(planned);
  });

  test("is the larger half of two, and the rest is given back", () => {
    const workers = alive("a", "b");
    expect(decideShare(input({ workers })).take).toHaveLength(3);
    const { release, take } = decideShare(input({ workers, held: planned }));
    expect({ release: release.length, take }).toEqual({ release: 2, take: [] });
  });

  test("grows when the other is silent and its leases have run out", () => {
    const workers = [...alive("a"), { id: "b", role: "ingest" as const, updated: now - 6 * SECOND }];
    const mine = ["x-0", "x-1", "x-2"];
    const documents = [{ channel: "x-3", holder: "b", leaseUntil: now - 1 }, ...taken("b", "x-4")];
    expect(decideShare(input({ workers, held: mine, documents }))).toEqual({ take: ["x-3"], release: [] });
  });

  test("does not count workers of other roles, and two workers prefer different channels", () => {
    const workers = [...alive("a"), { id: "web-1", role: "web" as const, updated: now }];
    expect(decideShare(input({ workers })).take).toHaveLength(5);
    const two = alive("a", "b");
    expect(decideShare(input({ workers: two })).take).not.toEqual(
      decideShare(input({ worker: "b", workers: two })).take,
    );
  });
});
