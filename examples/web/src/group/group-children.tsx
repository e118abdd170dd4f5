import { type FragmentType, graphql, readFragment } from '../gql/index.ts';
import { GroupLink } from '../links/group-link.tsx';
import { MENU_ITEM } from '../menu/menu-nodes.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import type { Problem } from '../problems/problems.ts';
import type { Retry } from '../problems/retry-button.tsx';
import { GroupIcon } from './group-icon.tsx';
import { GroupTag } from './group-tag.tsx';

const GROUP_CHILDREN = graphql(`
  fragment GroupChildren on MenuEntry {
    children {
      ...MenuItem
    }
  }
`);

interface Props {
  readonly group: FragmentType<typeof GROUP_CHILDREN>;
  /** Those of `children`. */
  readonly problems: readonly Problem[];
  readonly retry: Retry;
}

/** The groups that show in this one's panel. */
export function GroupChildren({ group, problems, retry }: Props) {
  const children = readFragment(GROUP_CHILDREN, group).children ?? [];
  const failures = problems.filter(({ code }) => code !== 'UNSAFE_URL');
  if (children.length === 0 && failures.length === 0) return null;
  return (
    <section aria-labelledby="children">
      <h2 id="children">Groups</h2>
      <ProblemNotice problems={failures} retry={retry} />
      <ul className="cards">
        {readFragment(
          MENU_ITEM,
          children.filter((child) => child !== null),
        ).map((child) => (
          <li key={child.id}>
            <GroupLink group={child} className="card">
              <GroupIcon icon={child.icon} name={child.name} />
              <span>{child.name}</span>
              <GroupTag group={child} />
            </GroupLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
