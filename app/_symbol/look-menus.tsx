"use client";
import { ADJUSTMENTS } from "#lib/domain/adjustment/steps.ts";
import { ADJUSTMENT_WORDS } from "../_lib/adjustments.ts";
import type { ChartLook } from "../_lib/chart-keys.ts";
import { CHART_TYPES, CHART_TYPE_WORDS } from "../_lib/chart-types.ts";
import { SCALE_KINDS, SCALE_WORDS, type ScaleKind } from "../_lib/price-scales.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";

interface LookMenusProps {
  look: ChartLook;
  onLook: (look: ChartLook) => void;
}

interface ScaleMenuProps extends LookMenusProps {
  /** Whether there was a split or dividend. */
  adjustable: boolean;
}

const SCALE_KEYS: Readonly<Record<ScaleKind, string>> = {
  linear: "",
  log: "Alt L",
  percent: "Alt P",
  indexed: "Alt I",
};
const SHORT: Readonly<Record<ScaleKind, string>> = { linear: "Linear", log: "Log", percent: "%", indexed: "100" };

function typeItems({ look, onLook }: LookMenusProps): MenuItem[] {
  return CHART_TYPES.map((type) => ({
    words: CHART_TYPE_WORDS[type],
    chosen: type === look.type,
    run: () => onLook({ ...look, type }),
  }));
}

/** What the price axis can show: the scale, and of what was split or paid dividends which prices. */
export function scaleItems({ look, adjustable, onLook }: ScaleMenuProps): MenuItem[] {
  const scales = SCALE_KINDS.map((scale) => ({
    words: SCALE_WORDS[scale],
    chosen: scale === look.scale,
    keys: SCALE_KEYS[scale],
    run: () => onLook({ ...look, scale }),
  }));
  const adjustments = ADJUSTMENTS.map((adjust, place) => ({
    words: ADJUSTMENT_WORDS[adjust],
    chosen: adjust === look.adjust,
    begins: place === 0,
    run: () => onLook({ ...look, adjust }),
  }));
  return adjustable ? [...scales, ...adjustments] : scales;
}

/** How bars are drawn. */
export function TypeMenu(props: LookMenusProps) {
  const { type } = props.look;
  return (
    <Menu label={`Drawn as: ${CHART_TYPE_WORDS[type]}`} items={() => typeItems(props)}>
      <Icon name={type} />
      <span className="desk">{CHART_TYPE_WORDS[type]}</span>
    </Menu>
  );
}

/** What the price axis shows. */
export function ScaleMenu(props: ScaleMenuProps) {
  const { scale, adjust } = props.look;
  const done = props.adjustable ? `, ${ADJUSTMENT_WORDS[adjust].toLowerCase()}` : "";
  return (
    <Menu label={`Price scale: ${SCALE_WORDS[scale]}${done}`} items={() => scaleItems(props)}>
      <Icon name="scale" />
      <span className={scale === "linear" ? "desk" : undefined}>{SHORT[scale]}</span>
    </Menu>
  );
}
