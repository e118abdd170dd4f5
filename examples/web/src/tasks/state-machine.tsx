import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import type { Problem } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { StatePill } from './state-pill.tsx';

const STATE_MACHINE = graphql(`
  fragment StateMachine on StateMachine {
    id
    name
    isActive
    states {
      id
      name
      type
      isActive
    }
  }
`);

interface Props {
  readonly stateMachines: readonly FragmentType<typeof STATE_MACHINE>[];
  /** Those of `stateMachines`. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** The states that the tasks of the group go through: a group can have several machines. */
export function StateMachines({ stateMachines, problems, retry }: Props) {
  const machines = readFragment(STATE_MACHINE, stateMachines).filter(({ isActive }) => isActive);
  if (machines.length === 0 && problems.length === 0) return null;
  return (
    <section aria-labelledby="states">
      <h2 id="states">States</h2>
      <ProblemNotice problems={problems} retry={retry} />
      {machines.map(({ id, name, states }) => (
        <div key={id} className="machine">
          <h3>{name}</h3>
          <ul className="states">
            {states
              ?.filter((state) => state.isActive)
              .map((state) => (
                <li key={state.id}>
                  <StatePill state={state} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
