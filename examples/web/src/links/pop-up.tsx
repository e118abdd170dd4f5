import { Frame, NewTabLink } from './frame.tsx';
import type { ComponentProps } from 'react';

interface Props extends ComponentProps<typeof Frame> {
  readonly onClose: () => void;
}

/** A page over this one. The browser keeps the focus in it, closes it on Escape, and gives the focus back. */
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

function showModal(dialog: HTMLDialogElement | null): void {
  if (dialog && !dialog.open) dialog.showModal();
}
