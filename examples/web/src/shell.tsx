import './shell.css';
import { ChatPanel } from './chat/chat-panel.tsx';
import { GroupPanel } from './group/group-panel.tsx';
import { GroupChanges } from './live/group-changes.tsx';
import { Menu } from './menu/menu.tsx';
import { useMenu } from './menu/use-menu.ts';
import { NotFound } from './not-found.tsx';
import { type Route, useRoute } from './use-route.ts';

/** The menu, and beside it the group that the address names. On a narrow screen one of the two. */
export function Shell({ onSignOut }: { readonly onSignOut: () => void }) {
  const route = useRoute();
  return (
    <div className="shell" data-shows={isMenu(route) ? 'menu' : 'group'}>
      <header>
        <img src="/icon.svg" alt="" width="28" height="28" />
        <p>Cotalker menu</p>
        <button type="button" onClick={onSignOut}>
          Sign out
        </button>
      </header>
      <GroupChanges>
        <Views route={route} />
      </GroupChanges>
    </div>
  );
}

const isMenu = ({ open, isUnknown }: Route): boolean => open === null && !isUnknown;

function Views({ route }: { readonly route: Route }) {
  const { open, channel, isUnknown } = route;
  const menu = useMenu();
  return (
    <>
      <Menu menu={menu} open={open} isAt={isMenu(route)} />
      <main>
        {isMenu(route) && <Welcome />}
        {isUnknown && <NotFound />}
        {open !== null &&
          (channel === null ? (
            <GroupPanel key={open} id={open} menu={menu} />
          ) : (
            <ChatPanel key={channel} id={channel} groupId={open} menu={menu} />
          ))}
      </main>
    </>
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
