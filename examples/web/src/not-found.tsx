import { takeFocus } from './take-focus.ts';
import { MENU_ADDRESS } from './use-route.ts';

/** The address names nothing that there is, or that this user may see: Cotalker does not tell these apart. */
export const NotFound = ({ what = 'group' }: { readonly what?: string }) => (
  <div className="welcome">
    <title>Not found – Cotalker menu</title>
    <h1 tabIndex={-1} ref={takeFocus}>
      Not found
    </h1>
    <p>There is no such {what}, or your account may not see it.</p>
    <p>
      <a className="button" href={MENU_ADDRESS}>
        Back to the menu
      </a>
    </p>
  </div>
);
