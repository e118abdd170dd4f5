import { useEffect, useState } from 'react';

/** How to ask again. */
export interface Retry {
  readonly again: () => void;
  /** Whether it is being asked for again. */
  readonly isTrying: boolean;
}

interface Props {
  readonly retry: Retry;
  /** Seconds until there is use in it. */
  readonly wait: number;
}

/** Stands outside the alert, so that no screen reader reads out each second. */
export function RetryButton({ retry: { again, isTrying }, wait }: Props) {
  const [counted, setCounted] = useState<number>();
  const left = counted ?? wait;
  useEffect(() => {
    if (isTrying || left <= 0) return;
    const second = setTimeout(() => setCounted(left - 1), 1000);
    return () => clearTimeout(second);
  }, [isTrying, left]);

  const press = () => {
    // Should it fail again, it counts from what is asked for then.
    setCounted(undefined);
    again();
  };
  return (
    <button type="button" onClick={press} disabled={isTrying || left > 0}>
      {isTrying ? 'Trying…' : left > 0 ? `Try again in ${left} s` : 'Try again'}
    </button>
  );
}
