/**
 * For what a person is at after a step, such as the heading of a new view: reading goes on there, by keyboard
 * and screen reader. Given as `ref`; the element has `tabIndex={-1}`.
 */
export const takeFocus = (element: HTMLElement | null): void =>
  element?.focus({ preventScroll: true });
