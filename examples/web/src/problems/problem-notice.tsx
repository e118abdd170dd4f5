import './problem-notice.css';
import { adviceFor } from './advice.ts';
import type { Problem } from './problems.ts';
import { type Retry, RetryButton } from './retry-button.tsx';

interface Props {
  readonly problems: readonly Problem[];
  /** Left out where there is nothing to ask again. */
  readonly retry?: Retry;
}

/** What went wrong in this place: one notice a code, however many errors it stands for. */
export function ProblemNotice({ problems, retry }: Props) {
  const byCode = Map.groupBy(problems, ({ code }) => code);
  return [...byCode].map(([code, same]) => {
    const { title, text, remedy } = adviceFor(code);
    const wait = Math.max(...same.map(({ retryAfter }) => retryAfter ?? 0));
    return (
      <div key={code} className="problem">
        <div role="alert">
          <p className="problem-title">{title}</p>
          <p>
            {text}
            {wait > 0 && ` Wait ${wait} ${wait === 1 ? 'second' : 'seconds'}.`}
          </p>
          <p className="problem-code">
            <code>{code}</code>
            {same.length > 1 && ` in ${same.length} places`}
          </p>
        </div>
        {remedy === 'retry' && retry && <RetryButton retry={retry} wait={wait} />}
        {remedy === 'reload' && (
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        )}
      </div>
    );
  });
}

/** Why something has not been done, in words; no error of the request. */
export const Refusal = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <div className="problem">
    <div role="alert">
      <p className="problem-title">{title}</p>
      <p>{text}</p>
    </div>
  </div>
);

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
