import { useRef, useState } from 'react';
import { useClient } from 'urql';
import type { CardFragment, MoveTaskMutation } from '../gql/graphql.ts';
import { graphql, readFragment } from '../gql/index.ts';
import { type Problem, problemsOfWrite } from '../problems/problems.ts';
import { CARD } from './card.tsx';
import type { Column } from './columns.ts';

const MOVE_TASK = graphql(`
  mutation MoveTask($input: MoveTaskInput!) {
    moveTask(input: $input) {
      task {
        ...Card
      }
      errors {
        __typename
        message
        ... on NotANextState {
          allowed {
            id
            name
          }
        }
      }
    }
  }
`);

export type Hindrance = NonNullable<MoveTaskMutation['moveTask']>['errors'][number];

/** A move that was asked for. */
export interface Move {
  readonly task: CardFragment;
  readonly from: string;
  readonly to: string;
}

/** What has come of the last move. */
interface Outcome {
  readonly move: Move;
  /** Whether the task is where it was to be moved. */
  readonly isDone: boolean;
  /** Why nothing was sent. */
  readonly reason?: string;
  readonly hindrances: readonly Hindrance[];
  readonly problems: readonly Problem[];
}

/**
 * Moves tasks of a group, one at a time and each once: what comes while one is on its way is left out, such as the second
 * half of a double click. A card stays where it is until Cotalker has moved the task.
 *
 * @param readAgain Called where the answer does not tell how the tasks are now.
 */
export function useMoves(groupId: string, readAgain: () => void) {
  const client = useClient();
  const isMoving = useRef(false);
  const [moving, setMoving] = useState<Move>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [moved, setMoved] = useState<ReadonlyMap<string, CardFragment>>(new Map());

  const move = (task: CardFragment, from: Column, to: Column) => {
    if (isMoving.current) return;
    isMoving.current = true;
    const asked = { task, from: from.name, to: to.name };
    setMoving(asked);
    setOutcome(undefined);
    const input = { groupId, taskId: task.id, stateId: to.id, fromStateId: from.id };
    void client.mutation(MOVE_TASK, { input }).then(({ data, error }) => {
      isMoving.current = false;
      setMoving(undefined);
      const payload = data?.moveTask;
      const card = readFragment(CARD, payload?.task);
      if (card) setMoved((cards) => new Map(cards).set(card.id, card));
      const problems = problemsOfWrite(error);
      const isUnknown = problems.some(({ code }) => code === 'OUTCOME_UNKNOWN');
      if (isUnknown || (payload && !card)) readAgain();
      const hindrances = payload?.errors ?? [];
      setOutcome({ move: asked, isDone: payload?.errors.length === 0, hindrances, problems });
    });
  };
  /** Tells why a card cannot be moved where it was dropped. Nothing is sent. */
  const refuse = (task: CardFragment, from: Column, to: Column) => {
    if (isMoving.current) return;
    const reason =
      from.machine === to.machine
        ? 'This state is not in use any more.'
        : 'This column belongs to another state machine than the task.';
    const asked = { task, from: from.name, to: to.name };
    setOutcome({ move: asked, isDone: false, reason, hindrances: [], problems: [] });
  };
  /** A task as it is after its move, unless what was read of it is newer. */
  const latest = (task: CardFragment): CardFragment => {
    const own = moved.get(task.id);
    return own && (own.modifiedAt ?? '') > (task.modifiedAt ?? '') ? own : task;
  };
  return { move, refuse, moving, outcome, latest, dismiss: () => setOutcome(undefined) };
}
