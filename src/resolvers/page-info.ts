import type { PageInfoResolvers } from '../generated/resolvers.ts';

export const PageInfo: Required<Pick<PageInfoResolvers, 'hasNextPage'>> = {
  hasNextPage: (page) => page.hasNextPage(),
};
