import './shell.css';
import { GroupPanel } from './group/group-panel.tsx';
import { Menu } from './menu/menu.tsx';
import { useOpenGroup } from './use-route.ts';

/** The menu, and beside it the group that the address names. On a narrow screen one of the two. */
export function Shell({ onSignOut }: { readonly onSignOut: () => void }) {
  const open = useOpenGroup();
  return (
    <div className="shell" data-shows={open === null ? 'menu' : 'group'}>
      <header>
        <img src="/icon.svg" alt="" width="28" height="28" />
        <p>Cotalker menu</p>
        <button type="button" onClick={onSignOut}>
          Sign out
        </button>
      </header>
      <Menu open={open} />
      <main>{open === null ? <Welcome /> : <GroupPanel key={open} id={open} />}</main>
    </div>
  );
}

const Welcome = () => (
  <div className="welcome">
    <h1>Pick an entry of the menu</h1>
    <p>
      With the keyboard: <kbd>↑</kbd> <kbd>↓</kbd> to move, <kbd>→</kbd> <kbd>←</kbd> to open and
      close, a letter to jump, <kbd>Enter</kbd> to go.
    </p>
  </div>
);
