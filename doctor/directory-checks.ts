import {
  getViewer,
  listProperties,
  listUsers,
  PROPERTY_IDS_PER_CALL,
  USER_IDS_PER_CALL,
} from '../src/cotalker/endpoints/directory.ts';
import { readEntity } from '../src/cotalker/records/envelope.ts';
import { type PropertyRecord, propertyRecord } from '../src/cotalker/records/property.ts';
import { userRecord, viewerRecord } from '../src/cotalker/records/user.ts';
import { toViewer } from '../src/mapping/user.ts';
import { broken, type Check, given, held } from './check.ts';
import { idAt, valueOf } from './raw.ts';
import { type Listing, readListing, readReply } from './reading.ts';
import type { Reply } from './reply.ts';
import { severalIdsCheck } from './several-ids-check.ts';

const readUsers = (reply: Reply) => readListing(reply, ['users'], userRecord);
const readProperties = (reply: Reply): Listing<PropertyRecord> =>
  readListing(reply, ['properties'], propertyRecord);
/** Of what a call for several asks for, besides the ids. */
const MORE = { isActive: 'all', count: true };

const users = severalIdsCheck({
  id: 'users-ids',
  title: 'GET /v2/users takes several id, repeated or with commas, or one by one, or in the path',
  breaks: 'people are missing, or fail.',
  list: 'users',
  plural: 'users',
  most: USER_IDS_PER_CALL,
  known: async (survey) => {
    const { records } = await given(survey.channels(), 'channels');
    const ids = records.flatMap(({ userIds }) => valueOf(userIds) ?? []).map(valueOf);
    return ids.filter((id) => id !== null);
  },
  ways: [
    { way: 'repeated', ask: listUsers },
    {
      way: 'commas',
      ask: (session, ids) =>
        session.get({ template: '/v2/users', query: { id: ids.join(), limit: 30, ...MORE } }),
    },
    { way: 'single', ask: listUsers },
    {
      way: 'path',
      ask: (session, [id = '']) => session.get({ template: '/v2/users/{id}', id }),
    },
  ],
  read: readUsers,
  idOf: ({ _id }) => _id,
});

const properties = severalIdsCheck({
  id: 'properties-ids',
  title: 'GET /v2/properties takes several ids, repeated or with commas, or one by one',
  breaks: 'states have no name, or fail.',
  list: 'properties',
  plural: 'properties',
  most: PROPERTY_IDS_PER_CALL,
  known: async (survey) => {
    const { raw } = await given(survey.states(), 'states');
    return raw.flatMap((state) => idAt(state, 'property') ?? []);
  },
  ways: [
    { way: 'repeated', ask: listProperties },
    {
      way: 'commas',
      ask: (session, ids) =>
        session.get({
          template: '/v2/properties',
          query: { ids: ids.join(), limit: 100, ...MORE },
        }),
    },
    { way: 'single', ask: listProperties },
  ],
  read: readProperties,
  idOf: ({ _id }) => _id,
});

const propertiesEnvelope: Check = {
  id: 'properties-envelope',
  title: 'GET /v2/properties lists properties under data.properties, or without data',
  holds: 'the gateway can read the names of states.',
  breaks: 'states have no name, or fail.',
  look: async (survey) => {
    const reply = await survey.ask((session) =>
      session.get({ template: '/v2/properties', query: { limit: 1, ...MORE } }),
    );
    return held(`They come under ${readProperties(reply).place}.`);
  },
};

const viewer: Check = {
  id: 'viewer',
  title: 'GET /v2/users/me answers the person of the token under data, with their company',
  holds: 'viewer shows who is signed in.',
  breaks: 'viewer fails, or has no companyId.',
  look: async (survey) => {
    const record = readReply(await survey.ask(getViewer), (body) =>
      readEntity(body, undefined, viewerRecord),
    );
    const companyId = toViewer(record).companyId;
    if (typeof companyId !== 'string') return broken('They have no company that can be read.');
    return held('They have an id and a company.');
  },
};

export const directoryChecks: readonly Check[] = [viewer, users, propertiesEnvelope, properties];
