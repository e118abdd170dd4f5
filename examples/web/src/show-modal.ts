/** For a dialog, as `ref`: the browser keeps the focus in it, closes it on Escape, and gives the focus back. */
export function showModal(dialog: HTMLDialogElement | null): void {
  if (dialog && !dialog.open) dialog.showModal();
}
