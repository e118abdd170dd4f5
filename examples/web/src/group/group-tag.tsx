import type { MenuItemFragment } from '../gql/graphql.ts';

const LINK_SIGNS = {
  NEW_TAB: { sign: '↗', meaning: 'opens in a new tab' },
  EMBEDDED: { sign: '▣', meaning: 'opens here' },
  POPUP: { sign: '❐', meaning: 'opens in a pop-up' },
} as const;

/** What an entry is, by a sign, where that is not to be expected; a screen reader says it in words. */
export function GroupTag({ group }: { readonly group: MenuItemFragment }) {
  if (group.__typename === 'TaskGroup') return <Sign sign="☑" meaning="tasks" />;
  if (group.__typename !== 'LinkGroup') return null;
  if (group.url === null) return <span className="group-tag group-tag-bad">held back</span>;
  return <Sign {...LINK_SIGNS[group.opensIn]} />;
}

const Sign = ({ sign, meaning }: { readonly sign: string; readonly meaning: string }) => (
  <span className="group-sign" role="img" aria-label={meaning} title={meaning}>
    {sign}
  </span>
);
