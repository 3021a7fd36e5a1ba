import { barId } from "../contracts/bars.ts";
import type { ChannelConfig, GivenBar, Heartbeat, Ready } from "../contracts/ticks.ts";
import type { DeadReason } from "../contracts/dead.ts";
import { reviewCompleteness } from "./completeness.ts";
import type { Outcome } from "./counters.ts";
import type { State } from "./state.ts";
import { advance } from "./watermarks.ts";

export type ControlOutcome = Outcome | { reason: DeadReason; detail: string };

/** A proof of the newest configuration moves the watermark of its channel; one of an older configuration proves nothing. */
export function applyHeartbeat(state: State, { channel: name, time, config }: Heartbeat, line: number): ControlOutcome {
  const channel = state.channels[state.names.channels.get(name)];
  if (!channel || config > channel.n) return unknown(`no config ${config} of ${name} came before this heartbeat`);
  if (config < channel.n || time <= channel.watermark) return "duplicate";
  channel.watermark = time;
  for (const slot of channel.members) {
    if (slot.frozen) continue;
    slot.follow();
    advance(state, slot, state.position, line);
  }
  return "applied";
}

/**
 * A configuration with the next number: every symbol of the channel is frozen. Those that it names follow this channel and thaw with
 * their `ready`; the others wait until some channel names them, for no heartbeat speaks for them any more.
 */
export function applyConfig(state: State, config: ChannelConfig): ControlOutcome {
  const channel = state.channelOf(config.channel);
  if (config.n <= channel.n) return "duplicate";
  const offset = state.position;
  for (const slot of channel.members) {
    if (offset < slot.gate) continue;
    slot.freeze();
    state.saveSlot(slot);
  }
  channel.configure(config);
  for (const symbol of config.symbols) {
    const slot = state.slotOf(symbol);
    if (!slot || offset < slot.gate) continue;
    if (slot.channel !== channel) {
      slot.freeze();
      slot.moveTo(channel);
    }
    // Which windows a frame needs was found out with the calendars that symbols had before it.
    if (slot.seen === -Infinity) slot.calendar.change(config.calendar, slot.seen);
    else state.recut.push({ slot, calendar: config.calendar });
    slot.checkAllDue();
    state.saveSlot(slot);
  }
  // Of those that have seen this line already, too: what follows is judged by it.
  for (const slot of channel.members) slot.reviewGuard();
  return "applied";
}

/** Gives slots the calendars that configurations of the frame named for them; the last word counts. */
export function recut(state: State): void {
  for (const { slot, calendar } of state.recut) slot.calendar.change(calendar, slot.seen);
  state.recut.length = 0;
}

/** The gap of a symbol is filled: its watermark moves again, and its bars are complete from `from` on. */
export function applyReady(state: State, ready: Ready, line: number): ControlOutcome {
  const channel = state.channels[state.names.channels.get(ready.channel)];
  if (!channel || ready.n > channel.n) {
    return unknown(`no config ${ready.n} of ${ready.channel} came before this ready`);
  }
  const slot = state.slots[state.names.symbols.get(ready.symbol)];
  if (!slot || slot.channel !== channel || ready.n < channel.n) return "duplicate";
  const offset = state.position;
  if (offset < slot.gate) return "duplicate";
  if (ready.from !== undefined) {
    slot.completeFrom = ready.from;
    slot.explainGaps();
    reviewCompleteness(state, slot, offset, line);
  }
  slot.frozen = false;
  slot.follow();
  state.saveSlot(slot);
  advance(state, slot, offset, line);
  return "applied";
}

/** A bar as its source gave it: a document of its own, the last line wins, and nothing else is touched. */
export function applyGivenBar(state: State, bar: GivenBar, line: number): ControlOutcome {
  const id = `${barId(bar.symbol, bar.interval, bar.start)}|given`;
  state.givenBars.set(id, { bar, offset: state.position, line });
  state.counters.givenBars += 1;
  return "applied";
}

function unknown(detail: string): ControlOutcome {
  return { reason: "unknown-channel", detail };
}
