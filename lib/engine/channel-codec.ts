import type { ProfileName } from "../domain/eligibility/eligibility.ts";
import type { GuardTerms } from "../domain/guard/band.ts";
import type { State } from "./state.ts";

/** One channel in `CheckpointDocument.state`. */
interface ChannelState {
  name: string;
  n: number;
  watermark: number | null;
  lateness: readonly number[];
  tolerance: number;
  correctionHorizon: number;
  profile: ProfileName;
  guard: GuardTerms | null;
}

/** The configured channels of a partition, as JSON. */
export function encodeChannels(state: State): string {
  const channels: ChannelState[] = state.channels
    .filter(({ n }) => n > 0)
    .map(({ name, n, watermark, lateness, tolerance, correctionHorizon, profile, guard }) => ({
      name,
      n,
      watermark: watermark === -Infinity ? null : watermark,
      lateness,
      tolerance,
      correctionHorizon,
      profile,
      guard,
    }));
  return JSON.stringify(channels);
}

export function restoreChannels(state: State, text: string): void {
  const channels = JSON.parse(text) as ChannelState[]; // written by encodeChannels of the same logic number
  for (const { name, n, watermark, lateness, tolerance, correctionHorizon, profile, guard } of channels) {
    const channel = state.channelOf(name);
    channel.n = n;
    channel.watermark = watermark ?? -Infinity;
    channel.lateness = lateness;
    channel.tolerance = tolerance;
    channel.correctionHorizon = correctionHorizon;
    channel.guard = guard;
    channel.follow(profile);
  }
}
