import { ProblemNotice, Refusal } from '../problems/problem-notice.tsx';
import type { Hindrance, Move, useMoves } from './use-moves.ts';

type Props = Pick<ReturnType<typeof useMoves>, 'moving' | 'outcome' | 'dismiss'>;

/** What becomes of a move, in words: what goes well for those who hear the page, what does not for all. */
export function MoveOutcome({ moving, outcome, dismiss }: Props) {
  const hasNotice =
    outcome !== undefined &&
    (outcome.reason !== undefined || outcome.hindrances.length + outcome.problems.length > 0);
  return (
    <div className="move-outcome">
      <p role="status" className="unseen">
        {moving && `Moving ${moving.task.name} to ${moving.to}…`}
        {outcome?.isDone && `${outcome.move.task.name} is in ${outcome.move.to} now.`}
      </p>
      {outcome?.reason !== undefined && (
        <Refusal title={titleOf(outcome.move)} text={outcome.reason} />
      )}
      {outcome?.hindrances.map((hindrance) => (
        <Refusal
          key={hindrance.__typename}
          title={titleOf(outcome.move)}
          text={whyNot(hindrance, outcome.move)}
        />
      ))}
      <ProblemNotice problems={outcome?.problems ?? []} />
      {hasNotice && (
        <button type="button" className="dismiss" onClick={dismiss}>
          Close
        </button>
      )}
    </div>
  );
}

const titleOf = ({ task, to }: Move): string => `“${task.name}” is not moved to ${to}`;

function whyNot(hindrance: Hindrance, { from }: Move): string {
  switch (hindrance.__typename) {
    case 'NotAllowed':
      return 'Your account may not move this task. Ask an administrator of your company.';
    case 'Gone':
      return 'It is not there any more, or your account may not see it.';
    case 'NotANextState': {
      const names = hindrance.allowed.map(({ name }) => name ?? 'unnamed').join(', ');
      return names === ''
        ? `From ${from} nobody can move it by hand.`
        : `From ${from} it can be moved by hand to: ${names}.`;
    }
    case 'FormRequired':
      return 'A form must be answered for that. Open the task in Cotalker.';
    case 'StateChanged':
      return 'Somebody else has moved it meanwhile. It shows where it is now.';
    default:
      return hindrance.message;
  }
}
