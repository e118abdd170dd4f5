import { listProperties, PROPERTY_IDS_PER_CALL, propertyRecord } from '../cotalker/properties.ts';
import { listUsers, USER_IDS_PER_CALL, userRecord } from '../cotalker/users.ts';
import { batchCheck } from './batch-check.ts';
import { type Check, given } from './check.ts';
import { readListing } from './reading.ts';

const users = batchCheck({
  id: 'users-batch',
  title: `GET /v2/users takes ${USER_IDS_PER_CALL} ids as id=A&id=B, and leaves out unknown ones`,
  holds: 'the people of a whole query take a call or two.',
  breaks: 'people are missing, or fail.',
  plural: 'users',
  most: USER_IDS_PER_CALL,
  known: async (survey) => {
    const { records } = await given(survey.channels(), 'channels');
    const ids = records.flatMap(({ userIds }) => userIds).filter((id) => id !== null);
    return [...new Set(ids)];
  },
  list: listUsers,
  read: (reply) => readListing(reply, ['users'], userRecord),
  idOf: ({ _id }) => _id,
});

const properties = batchCheck({
  id: 'properties-batch',
  title: `GET /v2/properties takes ${PROPERTY_IDS_PER_CALL} ids as ids=A&ids=B, and leaves out unknown ones`,
  holds: 'the names of all states of a query take one call.',
  breaks: 'states have no name, or fail.',
  plural: 'properties',
  most: PROPERTY_IDS_PER_CALL,
  known: async (survey) => {
    const { records } = await given(survey.states(), 'states');
    const ids = records.map(({ property }) =>
      typeof property === 'string' ? property : property?._id,
    );
    return [...new Set(ids)].filter((id) => id != null);
  },
  list: listProperties,
  read: (reply) => readListing(reply, ['properties'], propertyRecord),
  idOf: ({ _id }) => _id,
});

export const directoryChecks: readonly Check[] = [users, properties];
