/** Shape and word carry the meaning of a badge, colour only repeats it. Healthy is quiet, trouble is loud. */
const SHAPES = {
  live: <circle cx="4" cy="4" r="4" fill="currentColor" />,
  delayed: (
    <>
      <circle cx="4" cy="4" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M4 0a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  stale: <path d="M4 .5 8 7.5H0z" fill="currentColor" />,
  halted: <path d="M1 0h2v8H1zM5 0h2v8H5z" fill="currentColor" />,
  closed: <circle cx="4" cy="4" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  simulated: <path d="M4 .5 7.5 4 4 7.5.5 4z" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  recorded: (
    <>
      <rect x=".75" y=".75" width="6.5" height="6.5" rx="1" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <circle cx="4" cy="4" r="1.4" fill="currentColor" />
    </>
  ),
  error: <path d="m1 1 6 6m0-6L1 7" stroke="currentColor" strokeWidth="1.8" />,
  filling: <path d="M4 0v6M1 3.5 4 6.5l3-3" fill="none" stroke="currentColor" strokeWidth="1.5" />,
} as const;

export type BadgeKind = keyof typeof SHAPES;

interface BadgeProps {
  kind: BadgeKind;
  words: string;
  /** Words for narrow screens; absent: the same. */
  brief?: string;
  /** Headers show badges 20 high with an edge. */
  boxed?: boolean;
  title?: string | undefined;
  /** Said, and not shown. */
  spoken?: string;
}

export function Badge({ kind, words, brief, boxed = false, title, spoken }: BadgeProps) {
  return (
    <span className={`badge ${kind}${boxed ? " boxed" : ""}`} title={title}>
      <svg viewBox="0 0 8 8" aria-hidden="true">
        {SHAPES[kind]}
      </svg>
      {brief === undefined ? (
        words
      ) : (
        <>
          <span className="desk">{words}</span>
          <span className="phone">{brief}</span>
        </>
      )}
      {spoken !== undefined && <span className="sr">, {spoken}</span>}
    </span>
  );
}
