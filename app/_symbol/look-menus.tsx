"use client";
import type { ChartLook } from "../_lib/chart-keys.ts";
import { CHART_TYPES, CHART_TYPE_WORDS } from "../_lib/chart-types.ts";
import { SCALE_KINDS, SCALE_WORDS, type ScaleKind } from "../_lib/price-scales.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu } from "../_ui/menu.tsx";

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

/** How bars are drawn, and what the price axis shows. */
export function LookMenus({ look, onLook }: LookMenusProps) {
  const types = CHART_TYPES.map((type) => ({
    words: CHART_TYPE_WORDS[type],
    chosen: type === look.type,
    run: () => onLook({ ...look, type }),
  }));
  const scales = SCALE_KINDS.map((scale) => ({
    words: SCALE_WORDS[scale],
    chosen: scale === look.scale,
    keys: SCALE_KEYS[scale],
    run: () => onLook({ ...look, scale }),
  }));
  return (
    <>
      <Menu label={`Drawn as: ${CHART_TYPE_WORDS[look.type]}`} items={() => types}>
        <Icon name={look.type} />
        <span className="desk">{CHART_TYPE_WORDS[look.type]}</span>
      </Menu>
      <Menu label={`Price scale: ${SCALE_WORDS[look.scale]}`} items={() => scales}>
        <Icon name="scale" />
        <span className={look.scale === "linear" ? "desk" : undefined}>{SHORT[look.scale]}</span>
      </Menu>
    </>
  );
}
