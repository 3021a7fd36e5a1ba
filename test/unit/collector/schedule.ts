import { seededRandom } from "#test/bench/workload.ts";
import { World, type Mutation } from "./world.ts";

/** What may happen, and how often in comparison. */
const OPERATIONS: readonly { weight: number; run: (world: World, collector: number) => void | Promise<void> }[] = [
  { weight: 14, run: (world) => world.tick() },
  { weight: 10, run: (world) => world.trade(0) },
  { weight: 8, run: (world) => world.trade(1) },
  { weight: 1, run: (world) => world.skip(0) },
  { weight: 5, run: (world, collector) => world.connect(collector) },
  { weight: 2, run: (world, collector) => world.die(collector) },
  { weight: 2, run: (world, collector) => world.drop(collector) },
  { weight: 24, run: (world, collector) => world.read(collector) },
  { weight: 14, run: (world, collector) => world.flush(collector) },
  { weight: 2, run: (world, collector) => world.failFlush(collector) },
  { weight: 10, run: (world, collector) => world.fill(collector) },
  { weight: 14, run: (world, collector) => world.ping(collector) },
  { weight: 6, run: (world, collector) => world.notice(collector) },
  { weight: 3, run: (world) => world.join() },
  { weight: 2, run: (world) => world.leave() },
];
const TOTAL = OPERATIONS.reduce((sum, { weight }) => sum + weight, 0);

/** One random schedule of faults, and what is wrong with the log afterwards; null when nothing is. */
export async function runSchedule(seed: number, mutation: Mutation = {}): Promise<string | null> {
  const random = seededRandom(seed);
  const world = new World(random, mutation);
  await world.connect(0);
  const steps = 20 + Math.floor(random() * 80);
  for (let step = 0; step < steps && world.judge.violation === null; step += 1) {
    let left = random() * TOTAL;
    const operation = OPERATIONS.find(({ weight }) => (left -= weight) <= 0);
    await operation?.run(world, random() < 0.5 ? 0 : 1);
  }
  const fault = world.judge.violation ?? (await world.comeToRest());
  await Promise.all([world.die(0), world.die(1)]);
  return fault;
}

/** The first of the schedules that ends badly, and how; null when none does. */
export async function firstFault(schedules: number, mutation: Mutation = {}): Promise<string | null> {
  for (let seed = 1; seed <= schedules; seed += 1) {
    const fault = await runSchedule(seed, mutation);
    if (fault !== null) return `schedule ${seed}: ${fault}`;
  }
  return null;
}
