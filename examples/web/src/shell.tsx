import './shell.css';
import { ChatPanel } from './chat/chat-panel.tsx';
import { GroupPanel } from './group/group-panel.tsx';
import { GroupChanges } from './live/group-changes.tsx';
import { Menu } from './menu/menu.tsx';
import { type KnownMenu, useMenu } from './menu/use-menu.ts';
import { NotFound } from './not-found.tsx';
import { MyTasks } from './tasks/my-tasks.tsx';
import { TaskPanel } from './tasks/task-panel.tsx';
import { MINE_ADDRESS, type Route, useRoute } from './use-route.ts';

/** The menu, and beside it what the address names. On a narrow screen one of the two. */
export function Shell({ onSignOut }: { readonly onSignOut: () => void }) {
  const route = useRoute();
  return (
    <div className="shell" data-shows={route.view === 'menu' ? 'menu' : 'group'}>
      <header>
        <img src="/icon.svg" alt="" width="28" height="28" />
        <p>Cotalker menu</p>
        <a href={MINE_ADDRESS} aria-current={route.view === 'mine' ? 'page' : undefined}>
          My tasks
        </a>
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

function Views({ route }: { readonly route: Route }) {
  const menu = useMenu();
  return (
    <>
      <Menu menu={menu} open={route.open} isAt={route.view === 'menu'} />
      <main>
        <View route={route} menu={menu} />
      </main>
    </>
  );
}

function View({ route, menu }: { readonly route: Route; readonly menu: KnownMenu }) {
  switch (route.view) {
    case 'menu':
      return <Welcome />;
    case 'mine':
      return <MyTasks />;
    case 'group':
      return <GroupPanel key={route.open} id={route.open} menu={menu} />;
    case 'channel':
      return <ChatPanel key={route.id} id={route.id} groupId={route.open} menu={menu} />;
    case 'task':
      return <TaskPanel key={route.id} id={route.id} groupId={route.open} menu={menu} />;
    case 'unknown':
      return <NotFound />;
  }
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
