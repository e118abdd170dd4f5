import type { GroupHeadFragment, MenuItemFragment } from '../gql/graphql.ts';
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
  /** What the menu knows of it: that shows before the group is there. */
  readonly entry: MenuItemFragment | undefined;
  readonly group: FragmentType<typeof GROUP_HEAD> | null | undefined;
  /** Those of the group. */
  readonly problems: readonly Problem[];
}

export function GroupHead({ entry, group: masked, problems }: Props) {
  const group = readFragment(GROUP_HEAD, masked);
  const { name, icon } = group ?? entry ?? { name: 'Group', icon: null };
  return (
    <header className="group-head">
      <title>{`${name} – Cotalker menu`}</title>
      <GroupIcon icon={icon} name={name} />
      <div className="group-title">
        {/* Where a person is after following a link of the menu. */}
        <h1 tabIndex={-1} ref={takeFocus}>
          {name}
        </h1>
        {group && (
          <p>
            {kindOf(group)}
            {group.parent && (
              <>
                {' in '}
                <a href={groupAddress(group.parent.id)}>{group.parent.name}</a>
              </>
            )}
          </p>
        )}
      </div>
      <div className="actions">
        {group?.actions.map(({ id, name: label, url, opensIn }, index) => (
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

const kindOf = (group: GroupHeadFragment): string =>
  group.__typename === 'StandardGroup' && group.isCategory ? 'Category' : KINDS[group.__typename];
