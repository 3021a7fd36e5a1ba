import { setImmediate as turn } from "node:timers/promises";
import { generateLog } from "./generate-log.ts";
import { type Random, seeded } from "./random.ts";
import { type Mutation, type SimWorker, World } from "./world.ts";

/** What a schedule may do, and how often. */
const WEIGHTS = {
  start: 6,
  record: 40,
  idle: 8,
  time: 14,
  answer: 30,
  store: 36,
  storeUnacknowledged: 5,
  lose: 4,
  /** Everything on its way is stored, acknowledged and answered. */
  calm: 9,
  send: 14,
  sendUnacknowledged: 2,
  crash: 4,
  rebalance: 3,
  epoch: 0.3,
} as const;

type Step = keyof typeof WEIGHTS;

const STEPS = Object.keys(WEIGHTS) as Step[];
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);

export interface Outcome {
  /** What went wrong, null when nothing did. */
  wrong: string | null;
  steps: number;
}

/** Runs one log under one schedule, both from the seed; then a last worker runs undisturbed, and everything is compared with the log. */
export async function runSchedule(seed: number, mutation: Mutation | null = null): Promise<Outcome> {
  const random = seeded(seed);
  const world = new World(generateLog(random), mutation);
  world.start(0);
  await turn();
  const steps = 30 + random.below(120);
  for (let step = 0; step < steps && world.wrong === null; step++) await take(world, choose(random), random);
  if (world.wrong === null) await finish(world, random);
  return { wrong: world.verdict(), steps };
}

function choose(random: Random): Step {
  let roll = random.next() * TOTAL;
  return STEPS.find((step) => (roll -= WEIGHTS[step]) < 0) ?? "record";
}

async function take(world: World, step: Step, random: Random): Promise<void> {
  const { store, sendings, workers } = world;
  const place = random.below(workers.length);
  const worker = workers[place] ?? null;
  const some = random.below(1 << 20);
  switch (step) {
    case "start":
      if (!worker) world.start(place);
      break;
    case "record":
    case "idle":
      worker?.wake?.(step);
      break;
    case "time":
      world.elapsed += random.pick([20, 150, 1000, 2500]);
      break;
    case "answer":
      store.reads.splice(some % Math.max(1, store.reads.length), 1)[0]?.run();
      break;
    case "store":
    case "storeUnacknowledged":
    case "lose":
      deliverWrite(world, some, step, random);
      break;
    case "calm":
      answerAll(world);
      break;
    case "send":
    case "sendUnacknowledged":
      deliverSend(world, some, step === "send");
      break;
    case "crash":
      // A zombie goes on where nobody sees it; one that is dead does not.
      if (worker) {
        workers[place] = null;
        worker.wake = null;
      }
      break;
    case "rebalance":
      if (worker?.isOpen && worker.wake) {
        workers[place] = null;
        worker.wake("close");
      }
      break;
    case "epoch":
      await world.beginEpoch(random.chance(0.5) ? 0 : random.below(world.log.length));
      break;
  }
  if (sendings.length > 0 || store.reads.length > 0 || store.deliveries.length > 0 || worker) await turn();
}

/** A write that is lost, or not acknowledged, is sent again while its worker lives: the same bytes. */
function deliverWrite(world: World, some: number, how: "store" | "storeUnacknowledged" | "lose", random: Random): void {
  const { deliveries } = world.store;
  const delivery = deliveries[some % Math.max(1, deliveries.length)];
  if (!delivery) return;
  const isAlive = world.workers.some((worker) => worker?.number === delivery.worker);
  if (how !== "lose") world.store.apply(delivery.item);
  const isGone = how === "store" || (how === "lose" && !isAlive);
  // What was stored may be stored again, later than anything: a packet that waited, a retry of a zombie.
  if (isGone && !random.chance(0.05)) deliveries.splice(deliveries.indexOf(delivery), 1);
  if (how === "store" && isAlive) delivery.acknowledge();
}

function deliverSend(world: World, some: number, acknowledged: boolean): void {
  const { sendings } = world;
  const sending = sendings[some % Math.max(1, sendings.length)];
  if (!sending) return;
  world.deliver(sending);
  if (!acknowledged) return;
  sendings.splice(sendings.indexOf(sending), 1);
  sending.acknowledge();
}

/** What is still on its way arrives before, never, or in the middle; then one worker reads to the end without a fault. */
async function finish(world: World, random: Random): Promise<void> {
  const { store, sendings, workers } = world;
  workers.fill(null);
  const late = store.deliveries.splice(0);
  store.reads.length = 0;
  sendings.length = 0;
  const when = random.pick(["before", "never", "middle"] as const);
  if (when === "before") for (const { item } of late) store.apply(item);
  world.start(0);
  const last = workers[0];
  if (!last) return;
  const positions = world.log.length + 3;
  for (let step = 0; step < positions; step++) {
    await settle(world, last);
    if (when === "middle" && step === 2) for (const { item } of late) store.apply(item);
    last.wake?.(step < world.log.length ? "record" : "idle");
    world.elapsed += step < world.log.length ? 30 : 3000;
  }
  await settle(world, last);
}

/** Answers everything until nothing is left to answer. */
async function settle(world: World, worker: SimWorker): Promise<void> {
  const { store, sendings } = world;
  for (let round = 0; round < 200 && worker.failure === null; round++) {
    await turn();
    if (store.reads.length + store.deliveries.length + sendings.length === 0) return;
    answerAll(world);
  }
}

function answerAll(world: World): void {
  const { store, sendings } = world;
  for (const read of store.reads.splice(0)) read.run();
  for (const { item, acknowledge } of store.deliveries.splice(0)) {
    store.apply(item);
    acknowledge();
  }
  for (const sending of sendings.splice(0)) {
    world.deliver(sending);
    sending.acknowledge();
  }
}
