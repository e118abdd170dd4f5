import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import type { Problem } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { StatePill } from './state-pill.tsx';

const STATE_MACHINE = graphql(`
  fragment StateMachine on StateMachine {
    name
    states {
      id
      name
      type
      isActive
    }
  }
`);

interface Props {
  readonly stateMachine: FragmentType<typeof STATE_MACHINE> | null;
  /** Those of `stateMachine`. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** The states that a task of the group goes through. */
export function StateMachine({ stateMachine: masked, problems, retry }: Props) {
  const stateMachine = readFragment(STATE_MACHINE, masked);
  if (!stateMachine && problems.length === 0) return null;
  return (
    <section aria-labelledby="states">
      <h2 id="states">{stateMachine?.name ?? 'Workflow'}</h2>
      <ProblemNotice problems={problems} retry={retry} />
      <ul className="states">
        {stateMachine?.states
          ?.filter(({ isActive }) => isActive)
          .map((state) => (
            <li key={state.id}>
              <StatePill state={state} />
            </li>
          ))}
      </ul>
    </section>
  );
}
