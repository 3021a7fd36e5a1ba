/** Pixels of the chart's parts: look.md, "Chart anatomy". */
export interface ChartLayout {
  width: number;
  height: number;
  /** Price axis at the right, volume profile left of it. */
  axis: number;
  profile: number;
  /** Time axis. */
  foot: number;
  /** Volume pane. */
  volume: number;
  /** Each pane below it, and how many they are. */
  lower: number;
  lowerPanes: number;
  /** Readout above the first grid line. */
  top: number;
  /** Room below the lowest price. */
  gap: number;
  /** What is left for bars. */
  plotWidth: number;
  priceHeight: number;
  plotHeight: number;
}

/** `traded`: there is a volume to be drawn by price. */
export function chartLayout(width: number, height: number, phone: boolean, lowerPanes = 0, traded = true): ChartLayout {
  const axis = phone ? 60 : 68;
  const profile = phone || !traded ? 0 : 88;
  const foot = 24;
  const volume = phone ? 64 : 96;
  const top = phone ? 44 : 56;
  const gap = 8;
  const lower = phone ? 64 : 96;
  const priceHeight = height - foot - volume - lowerPanes * lower;
  return {
    width,
    height,
    axis,
    profile,
    foot,
    volume,
    lower,
    lowerPanes,
    top,
    gap,
    plotWidth: width - axis - profile,
    priceHeight,
    plotHeight: priceHeight - top - gap,
  };
}

/** Headroom of the volume pane under its label. */
export const VOLUME_TOP = 20;
