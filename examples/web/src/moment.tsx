const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

interface Props {
  /** RFC 3339. */
  readonly at: string;
  /** Whether the time of the day shows, too. */
  readonly hasTime?: boolean;
}

/** A day as the reader writes it; the time on hovering. */
export function Moment({ at, hasTime = false }: Props) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={FULL.format(date)}>
      {(hasTime ? TIME : DAY).format(date)}
    </time>
  );
}
