/** Where the focus was when a person went to another view. */
let left: Element | null = null;
addEventListener('hashchange', () => (left = document.activeElement));

/**
 * For what a person is at after a step, such as the heading of a new view: reading goes on there, by keyboard
 * and screen reader. Given as `ref`; the element has `tabIndex={-1}`. What comes late takes no focus from
 * where the person has gone on to meanwhile.
 */
export function takeFocus(element: HTMLElement | null): void {
  const { activeElement, body } = document;
  if (!element || (activeElement !== body && activeElement !== left)) return;
  left = null;
  element.focus({ preventScroll: true });
}
