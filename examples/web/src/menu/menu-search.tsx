import { type ReactNode, useState } from 'react';
import { GroupIcon } from '../group/group-icon.tsx';
import { GroupTag } from '../group/group-tag.tsx';
import { GroupLink } from '../links/group-link.tsx';
import { find, type MenuNode } from './menu-nodes.ts';

interface Props {
  readonly nodes: readonly MenuNode[];
  /** The id of the group whose panel is open. */
  readonly open: string | null;
  /** What shows while nothing is searched for. */
  readonly children: ReactNode;
}

/** Finds by name on this page: the gateway's own `search` looks at keywords only. */
export function MenuSearch({ nodes, open, children }: Props) {
  const [text, setText] = useState('');
  const found = find(nodes, text);
  return (
    <>
      <label className="menu-search">
        <span className="unseen">Search the menu</span>
        <input
          type="search"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p role="status" className={text === '' || found.length > 0 ? 'unseen' : 'empty'}>
        {text !== '' && (found.length === 0 ? 'Nothing has this name.' : `${found.length} found`)}
      </p>
      {text === '' ? (
        children
      ) : (
        <ul className="menu-found" aria-label="Found">
          {found.map(({ item, path }) => (
            <li key={item.id}>
              <GroupLink
                group={item}
                className="menu-entry"
                aria-current={item.id === open ? 'page' : undefined}
              >
                <GroupIcon icon={item.icon} name={item.name} />
                <span className="menu-name">
                  {item.name}
                  {path.length > 0 && <span className="menu-path">{path.join(' › ')}</span>}
                </span>
                <GroupTag group={item} />
              </GroupLink>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
