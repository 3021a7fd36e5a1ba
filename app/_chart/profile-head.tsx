import { price } from "../_lib/format.ts";
import type { ChartLayout } from "./layout.ts";
import { profileHead, profileWords } from "./_prepare/profile-words.ts";
import type { Profile } from "./_prepare/profile.ts";

interface ProfileProps {
  profile: Profile;
  decimals: number;
}

/** Names the profile, its point of control, and by how much that may be off. */
export function ProfileHead({ layout, profile, decimals }: ProfileProps & { layout: ChartLayout }) {
  const x = layout.plotWidth + 8;
  const { control, bound } = profileHead(profile);
  return (
    <g className="profile-head">
      <title>{profileWords(profile, decimals)}</title>
      <text x={x} y={20}>
        Volume profile
      </text>
      <text x={x} y={36}>
        POC {profile.counted ? "" : "≈ "}
        {price(control, decimals)}
      </text>
      <text x={x} y={52}>
        {bound}
      </text>
    </g>
  );
}

/** The same in a sentence, for those who do not see the drawing. */
export function ProfileNote({ profile, decimals }: ProfileProps) {
  return (
    <p className="sr" role="note" aria-label="Volume profile">
      {profileWords(profile, decimals)}
    </p>
  );
}
