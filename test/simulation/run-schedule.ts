import { setImmediate as turn } from "node:timers/promises";
import { errorCode } from "#lib/errors.ts";
import { collect, type Collected } from "./collect/collect.ts";
import { recordsOf } from "./generate-log.ts";
import { NO_MUTATION, type Mutation } from "./mutation.ts";
import { TOPIC } from "./reference.ts";
import type { Damage, Schedule, Step } from "./schedule.ts";
import type { Sending, SimWorker } from "./sim-worker.ts";
import { LATE, World } from "./world.ts";

/** Runs a schedule; then a last worker runs undisturbed, and everything is compared with the log. What went wrong, null when nothing did. */
export async function runSchedule(schedule: Schedule, mutation: Mutation = NO_MUTATION): Promise<string | null> {
  const clock = globalThis.setTimeout;
  mutation.patch?.make();
  let world: World | null = null;
  try {
    const { log, wrong } = await logOf(schedule, mutation);
    if (wrong !== null) return wrong;
    world = new World(log, mutation);
    const running = world;
    // The engine's own timers follow the time of the schedule.
    globalThis.setTimeout = ((run: () => void, milliseconds: number) => {
      void running.wait(null, milliseconds).then(run);
    }) as unknown as typeof setTimeout;
    world.start(0);
    await turn();
    for (const step of schedule.steps) {
      if (world.wrong !== null) break;
      await take(world, step);
    }
    if (world.wrong !== null) return world.wrong;
    if (schedule.damage) return await damaged(world, schedule.damage);
    await finish(world, schedule.late);
    return world.verdict();
  } finally {
    world?.server.dispose();
    mutation.patch?.undo();
    globalThis.setTimeout = clock;
  }
}

/** The log of a schedule, and what is wrong with it before anything reads it. */
async function logOf(
  { log, collection }: Schedule,
  { collector }: Mutation,
): Promise<Pick<Collected, "wrong"> & Pick<Schedule, "log">> {
  return collection ? collect(collection, collector) : { log, wrong: null };
}

async function take(world: World, step: Step): Promise<void> {
  const { server, workers } = world;
  switch (step.do) {
    case "start":
      if (workers[step.place]) return;
      world.start(step.place);
      break;
    case "record":
    case "idle": {
      const wake = workers[step.place]?.wake;
      if (!wake) return;
      wake(step.do);
      break;
    }
    case "leave":
    case "stop": {
      const wake = workers[step.place]?.wake;
      if (!wake) return;
      // A partition that was taken away is closed while another may hold it already.
      workers[step.place] = null;
      wake(step.do);
      break;
    }
    case "crash":
      world.kill(step.place);
      return;
    case "time":
      world.pass(step.by);
      break;
    case "answer":
      if (!answerOne(world, step)) return;
      break;
    case "stray": {
      const [stray] = server.stray.splice(step.which % Math.max(1, server.stray.length), 1);
      if (stray) server.store(stray);
      return;
    }
    case "refresh":
      server.refresh();
      return;
    case "calm":
      answerAll(world, step.except);
      break;
    case "hush":
      answerStore(world);
      deliverAll(world, ({ topic }) => topic === LATE);
      break;
    case "send":
      deliverSend(world, step.which, step.isAcknowledged);
      break;
    case "epoch":
      await world.beginEpoch(Math.floor(step.at * world.log.length));
  }
  await turn();
}

/** The oldest request of a worker, where one is named and has any; else any. Whether there was one. */
function answerOne({ server, workers }: World, step: Step & { do: "answer" }): boolean {
  const numberAt = (place: number | null): number | undefined => (place === null ? undefined : workers[place]?.number);
  const [wanted, still] = [numberAt(step.place), numberAt(step.except)];
  const open = server.pending.filter(({ worker }) => worker !== still);
  const chosen = open.find(({ worker }) => worker === wanted) ?? open[step.which % Math.max(1, open.length)];
  if (!chosen) return false;
  server.treat(server.pending.indexOf(chosen), step.treatment, step.mask, step.isStray);
  return true;
}

function deliverSend(world: World, which: number, isAcknowledged: boolean): void {
  const { sendings } = world;
  const sending = sendings[which % Math.max(1, sendings.length)];
  if (!sending) return;
  world.deliver(sending);
  // What is not acknowledged is sent again while its worker lives.
  if (!isAcknowledged && !sending.worker.isDead) return;
  sendings.splice(sendings.indexOf(sending), 1);
  if (!sending.worker.isDead) sending.acknowledge();
}

/** What is still on its way arrives before, never, or in the middle; then one worker reads to the end without a fault. */
async function finish(world: World, late: Schedule["late"]): Promise<void> {
  const arrive = abandonAll(world);
  if (late === "before") arrive();
  const last = world.start(0);
  const positions = world.log.length + 3;
  for (let step = 0; step < positions; step++) {
    await settle(world, last);
    if (late === "middle" && step === 2) arrive();
    last.wake?.(step < world.log.length ? "record" : "idle");
    // Every few records it is time for a checkpoint.
    world.pass(step < world.log.length && step % 4 !== 3 ? 30 : 3000);
  }
  await settle(world, last);
}

/** Every worker dies; what is called later brings the requests in which they had sent. */
function abandonAll(world: World): () => void {
  const { server, sendings, workers } = world;
  for (const place of workers.keys()) world.kill(place);
  const late = server.pending.splice(0);
  sendings.length = 0;
  world.timers.length = 0;
  return () => {
    server.pending.push(...late);
    while (server.pending.some(({ isAbandoned }) => isAbandoned)) {
      server.treat(
        server.pending.findIndex(({ isAbandoned }) => isAbandoned),
        "none",
        0,
        false,
      );
    }
    for (const write of server.stray.splice(0)) server.store(write);
  };
}

/** The log is cut or another one before the last worker starts: where it would lose or mix ticks, it has to refuse. */
async function damaged(world: World, damage: Damage): Promise<string | null> {
  abandonAll(world);
  const checkpoint = world.server.get(`${TOPIC}|0`) as { position: number; fingerprint: object | null } | null;
  const position = checkpoint?.position ?? 0;
  const { length } = world.log;
  let mustRefuse: boolean;
  if (damage.kind === "front") {
    world.logStart = Math.floor(damage.share * (length + 1));
    mustRefuse = checkpoint !== null && position < world.logStart;
  } else if (damage.kind === "back") {
    world.log = world.log.slice(0, Math.floor(damage.share * (length + 1)));
    mustRefuse = position > world.log.length;
  } else {
    // The same lines, taken by the broker at another time: another log.
    world.log = recordsOf(
      world.log.map(({ value }) => value.toString().split("\n")),
      1_800_000_000_000,
    );
    mustRefuse = checkpoint !== null && checkpoint.fingerprint !== null;
  }
  const last = world.start(0);
  await settle(world, last);
  const refused = errorCode(last.failure) === "REFUSED";
  if (refused === mustRefuse) return null;
  const what = `the checkpoint lies at ${position}, the log (${damage.kind}) is ${world.logStart} to ${world.log.length}`;
  return `${what}: ${mustRefuse ? "the worker did not refuse to start" : `it refused: ${String(last.failure)}`}`;
}

/** Answers everything until nothing is left to answer. */
async function settle(world: World, worker: SimWorker): Promise<void> {
  const { server, sendings } = world;
  for (let round = 0; round < 200 && worker.failure === null; round++) {
    await turn();
    if (server.pending.length + sendings.length === 0) return;
    answerAll(world);
  }
}

function answerAll(world: World, except: number | null = null): void {
  const stalled = except === null ? null : (world.workers[except] ?? null);
  answerStore(world, stalled);
  deliverAll(world, ({ worker }) => worker !== stalled);
}

function answerStore({ server }: World, stalled: SimWorker | null = null): void {
  for (const pending of server.pending.slice()) {
    if (pending.worker !== stalled?.number) server.treat(server.pending.indexOf(pending), "none", 0, false);
  }
}

function deliverAll(world: World, isTaken: (sending: Sending) => boolean): void {
  for (const sending of world.sendings.splice(0)) {
    if (!isTaken(sending)) world.sendings.push(sending);
    else {
      world.deliver(sending);
      if (!sending.worker.isDead) sending.acknowledge();
    }
  }
}
