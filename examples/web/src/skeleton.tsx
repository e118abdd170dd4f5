interface Props {
  /** What is on its way, for those who hear the page. */
  readonly what?: string;
  readonly rows?: number;
}

/** Stands where something will be, in about its size. */
export const Skeleton = ({ what = '', rows = 4 }: Props) => (
  <div className="skeleton">
    <p className="unseen">Loading{what && ` ${what}`}…</p>
    {Array.from({ length: rows }, (_, row) => (
      <span key={row} aria-hidden="true" />
    ))}
  </div>
);
