/** The icons of the interface: strokes on a 16 grid, 1.5 wide, never filled, never alone where a word fits. */
const PATHS = {
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10m4-1 3 3",
  theme: "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12",
  close: "m4 4 8 8m0-8-8 8",
  warn: "M8 2 1.5 13.5h13zM8 6.5v3m0 2v.1",
  plus: "M8 3v10M3 8h10",
  candles: "M5 2v12M3.5 5h3v6h-3zM11 1.5v11M9.5 4h3v5h-3z",
  hollow: "M5 2v3m0 6v3M3.5 5h3v6h-3zM11 1.5V4m0 5v3.5M9.5 4h3v5h-3z",
  bars: "M5 2v12M3 5h2m0 6h2M11 1.5v11M9 9.5h2m0-6h2",
  area: "M1.5 11.5 5.5 6l3 3 6-6v10.5h-13z",
  "heikin-ashi": "M3.5 8v6M2 9.5h3v3H2zM8 5v7M6.5 6.5h3v4h-3zM12.5 2v7M11 3.5h3v4h-3z",
  scale: "M12 1.5v13M12 3h2m-2 4h2m-2 4h2M2 12.5 9 4",
  line: "M1.5 11.5 5.5 6l3 3 6-6",
  export: "M8 2v8m-3-3 3 3 3-3M3 13h10",
  link: "M7 9a3 3 0 0 0 4 0l2-2a2.8 2.8 0 0 0-4-4M9 7a3 3 0 0 0-4 0L3 9a2.8 2.8 0 0 0 4 4",
  list: "M2 4h12M2 8h12M2 12h12",
  desk: "M1.5 2.5h13v11h-13zM9.5 2.5v11M9.5 8h5",
  "split-right": "M1.5 2.5h13v11h-13zM8 2.5v11",
  sync: "M8 1.5v13M3 5h2.5M3 11h2.5M10.5 5H13M10.5 11H13",
  span: "M1.5 4v8m13-8v8M4 8h8M6 6 4 8l2 2m4-4 2 2-2 2",
  gear: "M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4M8 1.5v2m0 9v2M1.5 8h2m9 0h2M3.4 3.4l1.4 1.4m6.4 6.4 1.4 1.4m0-9.2-1.4 1.4m-6.4 6.4-1.4 1.4",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  check: "m3 8.5 3.5 3.5L13 4.5",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 5v3l2 2",
  end: "M3 3l5 5-5 5M12 3v10",
  indicators: "M1.5 10c2-6 4-6 6.5-2s4.5 4 6.5-3M2 14h12",
  draw: "m2.5 13.5.9-3.6 7.6-7.6 2.7 2.7-7.6 7.6zM9.3 4 12 6.7",
  extend: "M2 11.5 14 4.5M5 9.7v.1M11 6.2v.1M11 4h3v3",
  remove: "M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.5 9h6l.5-9M7 7v4m2-4v4",
  bell: "M3 11.5h10l-1.2-2V7a3.8 3.8 0 0 0-7.6 0v2.5zM6.5 13.5h3M8 1.5v1.7",
  person: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.5 14c.4-3 2.6-4.5 5.5-4.5s5.1 1.5 5.5 4.5",
  compare: "M1.5 12 5 6l3 3 6-6.5M1.5 6 5 10.5l3-1 6 3.5",
  columns: "M2 3h12v10H2zM6 3v10m4-10v10",
  grip: "M5.5 4h.1m0 4h-.1m0 4h.1m5-8h-.1m0 4h.1m0 4h-.1",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
