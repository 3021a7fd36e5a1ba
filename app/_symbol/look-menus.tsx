"use client";
import type { ChartLook } from "../_lib/chart-keys.ts";
import { CHART_TYPES, CHART_TYPE_WORDS } from "../_lib/chart-types.ts";
import { SCALE_KINDS, SCALE_WORDS, type ScaleKind } from "../_lib/price-scales.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";

interface LookMenusProps {
  look: ChartLook;
  onLook: (look: ChartLook) => void;
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

/** What the price axis can show. */
export function scaleItems({ look, onLook }: LookMenusProps): MenuItem[] {
  return SCALE_KINDS.map((scale) => ({
    words: SCALE_WORDS[scale],
    chosen: scale === look.scale,
    keys: SCALE_KEYS[scale],
    run: () => onLook({ ...look, scale }),
  }));
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
export function ScaleMenu(props: LookMenusProps) {
  const { scale } = props.look;
  return (
    <Menu label={`Price scale: ${SCALE_WORDS[scale]}`} items={() => scaleItems(props)}>
      <Icon name="scale" />
      <span className={scale === "linear" ? "desk" : undefined}>{SHORT[scale]}</span>
    </Menu>
  );
}
