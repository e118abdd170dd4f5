import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { OpenTarget } from '../links/open-target.tsx';
import { below, type Problem } from '../problems/problems.ts';
import { takeFocus } from '../take-focus.ts';
import { groupAddress } from '../use-route.ts';
import { GroupIcon } from './group-icon.tsx';

const GROUP_HEAD = graphql(`
  fragment GroupHead on MenuEntry {
    __typename
    name
    icon {
      path
      color
    }
    parent {
      ... on MenuEntry {
        id
        name
      }
    }
    ... on StandardGroup {
      isCategory
    }
    actions {
      id
      name
      url
      opensIn
    }
  }
`);

const KINDS = {
  StandardGroup: 'Channels',
  TaskGroup: 'Tasks and channels',
  LinkGroup: 'Link',
} as const;

interface Props {
  readonly group: FragmentType<typeof GROUP_HEAD>;
  /** Those of the group. */
  readonly problems: readonly Problem[];
}

export function GroupHead({ group: masked, problems }: Props) {
  const group = readFragment(GROUP_HEAD, masked);
  const { __typename, name, icon, parent, actions } = group;
  const isCategory = __typename === 'StandardGroup' && group.isCategory;
  return (
    <header className="group-head">
      <title>{`${name} – Cotalker menu`}</title>
      <GroupIcon icon={icon} name={name} />
      <div className="group-title">
        {/* Where a person is after following a link of the menu. */}
        <h1 tabIndex={-1} ref={takeFocus}>
          {name}
        </h1>
        <p>
          {isCategory ? 'Category' : KINDS[__typename]}
          {parent && (
            <>
              {' in '}
              <a href={groupAddress(parent.id)}>{parent.name}</a>
            </>
          )}
        </p>
      </div>
      <div className="actions">
        {actions.map(({ id, name: label, url, opensIn }, index) => (
          <OpenTarget
            key={id ?? index}
            name={label ?? 'Open'}
            label={label ?? 'Open'}
            url={url}
            opensIn={opensIn}
            problems={below(problems, 'actions', index, 'url')}
          />
        ))}
      </div>
    </header>
  );
}
