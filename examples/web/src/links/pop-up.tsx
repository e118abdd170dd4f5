import { Frame, NewTabLink } from './frame.tsx';
import type { ComponentProps } from 'react';
import { showModal } from '../show-modal.ts';

interface Props extends ComponentProps<typeof Frame> {
  readonly onClose: () => void;
}

/** A page over this one. */
export const PopUp = ({ name, destination, onClose }: Props) => (
  <dialog ref={showModal} className="pop-up" aria-label={name} onClose={onClose}>
    <header>
      <h2>{name}</h2>
      {/* Comes first, so that the focus begins there. */}
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
      <NewTabLink destination={destination} />
    </header>
    <Frame name={name} destination={destination} />
  </dialog>
);
