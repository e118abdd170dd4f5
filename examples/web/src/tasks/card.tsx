import type { CardFragment } from '../gql/graphql.ts';
import { graphql } from '../gql/index.ts';
import { Person } from '../person.tsx';
import { takeFocus } from '../take-focus.ts';
import { taskAddress } from '../use-route.ts';

export const CARD = graphql(`
  fragment Card on Task {
    id
    serial
    name
    modifiedAt
    state {
      id
    }
    assignee {
      ...Person
    }
  }
`);

interface Props {
  readonly groupId: string;
  readonly task: CardFragment;
  /** The name of the state that it is on its way to. */
  readonly movingTo: string | undefined;
  /** It has come here by a move, and with it who has moved it. */
  readonly takesFocus: boolean;
  /** Undefined: there is no state to move it to. */
  readonly onMove: (() => void) | undefined;
  readonly onDrag: (isDragged: boolean) => void;
}

export const Card = ({ groupId, task, movingTo, takesFocus, onMove, onDrag }: Props) => (
  <li
    className="task-card"
    draggable={onMove !== undefined}
    aria-busy={movingTo !== undefined}
    onDragStart={({ dataTransfer }) => {
      dataTransfer.setData('text/plain', task.name);
      dataTransfer.effectAllowed = 'move';
      onDrag(true);
    }}
    onDragEnd={() => onDrag(false)}
  >
    {/* A link would be dragged in place of the card. */}
    <a href={taskAddress(groupId, task.id)} draggable={false}>
      {task.name}
    </a>
    {task.serial !== null && <span className="serial">#{task.serial}</span>}
    {task.assignee && (
      <p className="task-info">
        <Person user={task.assignee} />
      </p>
    )}
    {onMove && (
      <button
        type="button"
        className="move"
        aria-label={`Move ${task.name} to…`}
        ref={takesFocus ? takeFocus : undefined}
        onClick={onMove}
      >
        {movingTo === undefined ? 'Move to…' : `Moving to ${movingTo}…`}
      </button>
    )}
  </li>
);
