import type { RequestListener } from 'node:http';

/** One reading of what the sheet leaves open of lists: what `count` says, and how pages are cut. */
export interface ListReading {
  /** `total`: what the filter matches; `wider`: the company's, whatever the filter; `page`: on this page. */
  readonly counts: 'total' | 'wider' | 'page' | 'none';
  readonly name: 'count' | 'counter';
  /** Whether the count is sent as a text. */
  readonly isText: boolean;
  /** How many records are put on a page at the most. */
  readonly cap: number;
  /** Whether page numbers count pages as long as asked for. */
  readonly skipsAsAsked: boolean;
}

type Raw = Readonly<Record<string, string>>;

/** The records of a company, by the path below `/api` that lists them. */
export type Company = Readonly<Record<string, readonly Raw[]>>;

const KEYS: Readonly<Record<string, string>> = {
  '/v2/groups': 'groups',
  '/v2/channels': 'channels',
  '/v2/task-groups': 'taskgroups',
};

/** Lists a company's records as Cotalker does, under one reading; `of` tells which, call by call. */
export const listCompany =
  (company: Company, of: () => ListReading): RequestListener =>
  ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const path = pathname.replace(/^\/api/, '');
    const all = company[path] ?? [];
    const reading = of();
    // Task groups are read in batches, which have tests of their own.
    const { counts, name, isText, cap, skipsAsAsked } =
      path === '/v2/task-groups' ? { ...reading, counts: 'total' as const, cap: 1000 } : reading;
    const found = all.filter(matches(searchParams)).toSorted(by(searchParams.get('sortBy') ?? ''));
    if (searchParams.get('orderBy') === 'desc') found.reverse();
    const limit = Number(searchParams.get('limit') ?? 10);
    const size = Math.min(limit, cap);
    const skip = (Number(searchParams.get('page') ?? 1) - 1) * (skipsAsAsked ? limit : size);
    const items = found.slice(skip, skip + size);
    const count = { total: found.length, wider: all.length, page: items.length, none: undefined }[
      counts
    ];
    const told = count === undefined ? {} : { [name]: isText ? String(count) : count };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: { [KEYS[path] ?? 'values']: items, ...told } }));
  };

const matches =
  (query: URLSearchParams) =>
  (raw: Raw): boolean => {
    const since = query.get('modified_gte') ?? query.get('modifiedAt_gte') ?? '';
    const groups = query.getAll('groupIds');
    return (
      (raw['modifiedAt'] ?? '') >= since &&
      (!query.has('group') || raw['group'] === query.get('group')) &&
      (groups.length === 0 || groups.includes(raw['group'] ?? '')) &&
      (raw['search'] ?? '').includes(query.get('search') ?? '')
    );
  };

const by =
  (key: string) =>
  (a: Raw, b: Raw): number =>
    (a[key] ?? '') < (b[key] ?? '') ? -1 : Number((a[key] ?? '') > (b[key] ?? ''));
