import type { CardFragment } from '../gql/graphql.ts';
import { showModal } from '../show-modal.ts';
import type { Column } from './columns.ts';

interface Props {
  readonly task: CardFragment;
  readonly targets: readonly Column[];
  /** Undefined: nothing was chosen. */
  readonly onClose: (target: Column | undefined) => void;
}

/** Where a task can be moved to, for those who do not drag. It is closed before anything is sent. */
export const MoveMenu = ({ task, targets, onClose }: Props) => (
  <dialog
    ref={showModal}
    className="move-menu"
    aria-labelledby="move"
    onClose={({ currentTarget }) =>
      onClose(targets.find(({ id }) => id === currentTarget.returnValue))
    }
  >
    <h2 id="move">Move “{task.name}” to</h2>
    <form method="dialog">
      {targets.map(({ id, name, type }) => (
        <button key={id} value={id} className="column" data-type={type}>
          {name}
        </button>
      ))}
      <button value="">Cancel</button>
    </form>
  </dialog>
);
