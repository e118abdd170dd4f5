import type { RawRecord } from '../data.ts';

/** The two groups that the seed shows, and the sheet's answer to the creation of a group, word for word. */
export function documentedGroups(): RawRecord[] {
  return [
    {
      _id: '5fb43a565ee842ad20f69751',
      name: 'South Pacific Sales (2020)',
      code: 'south_pacific_sales_2020',
      createdAt: '2020-11-12T15:39:33.001Z',
      modifiedAt: '2020-11-12T15:39:33.005Z',
    },
    {
      _id: '5fb43aedb4508f03e1d9916b',
      name: 'Northern Division - Projections 2021',
      code: 'north_division_2021',
      createdAt: '2020-10-14T19:38:39.585Z',
      modifiedAt: '2020-11-12T14:21:28.358Z',
    },
    {
      createChannels: { requiredPermission: [], requiredPermissionsV2: [] },
      link: { requiredPermission: [], requiredPermissionsV2: [] },
      isActive: true,
      color: '#000000',
      search: ['the', 'best', 'group', 'ever'],
      hideChannelsByProperties: [],
      channelsWithoutCategoryLocation: 'top',
      groupSort: 'a-z',
      groupSortDirection: 'asc',
      innerSort: 'lastMessage',
      innerSortDirection: 'desc',
      _id: '619e51fee8b60a63b678aa94',
      nameDisplay: 'The Best Group Ever!',
      nameCode: 'best_group',
      company: '619e51f3e7e198f18fe56a01',
      createdAt: '2021-11-24T14:11:26.195Z',
      actions: [],
      modifiedAt: '2021-11-24T14:11:26.199Z',
      weight: 135,
      __v: 0,
    },
  ];
}
