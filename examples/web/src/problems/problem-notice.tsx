import './problem-notice.css';
import { adviceFor } from './advice.ts';
import type { Problem } from './problems.ts';

interface Props {
  readonly problems: readonly Problem[];
  /** Asks again; left out where there is nothing to ask. */
  readonly onRetry?: (() => void) | undefined;
  readonly isRetrying?: boolean;
}

/** What went wrong in this place: one notice a code, however many errors it stands for. */
export function ProblemNotice({ problems, onRetry, isRetrying = false }: Props) {
  const byCode = Map.groupBy(problems, ({ code }) => code);
  return [...byCode].map(([code, same]) => {
    const { title, text, canRetry } = adviceFor(code);
    const wait = Math.max(...same.map(({ retryAfter }) => retryAfter ?? 0));
    return (
      <div key={code} className="problem" role="alert">
        <div>
          <p className="problem-title">{title}</p>
          <p>
            {text}
            {wait > 0 && ` Wait ${wait} seconds.`}
          </p>
          <p className="problem-code">
            <code>{code}</code>
            {same.length > 1 && ` in ${same.length} places`}
          </p>
        </div>
        {canRetry && onRetry && (
          <button type="button" onClick={onRetry} disabled={isRetrying}>
            {isRetrying ? 'Trying…' : 'Try again'}
          </button>
        )}
      </div>
    );
  });
}

/** Stands where a value would, when that value alone could not be read. */
export function Missing({ problems }: { readonly problems: readonly Problem[] }) {
  const [problem] = problems;
  if (!problem) return <span className="nothing">–</span>;
  return (
    <span className="missing" title={`${adviceFor(problem.code).text} (${problem.code})`}>
      not available
    </span>
  );
}
