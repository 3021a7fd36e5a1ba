import type { LineStyle } from "./_prepare/line-styles.ts";

/** A piece of a line, as it is drawn. */
export function LineSample({ style }: { style: LineStyle }) {
  return (
    <svg className={`sample-line ${style.color}`} width="20" height="8" aria-hidden="true">
      <path className={style.main} d="M0 4H20" />
    </svg>
  );
}
