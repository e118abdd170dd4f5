import { describe, expect, test } from '@jest/globals';
import { objectId, SANDBOX_COMPANY_ID, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import { endpoints, useStage } from '../support/stage.ts';

const stage = useStage();
const VIEWER = '{ viewer { id name email jobTitle avatar { small } companyId } }';

const person = (id: string): Record<string, unknown> => {
  const found = stage.sandbox.data.users.find(({ _id }) => _id === id);
  if (found === undefined) throw new Error('no such person');
  return found;
};

describe('viewer', () => {
  test('is the person of the token, by one call', async () => {
    const { body } = await stage.gateway.ask(VIEWER);
    expect(body).toEqual({
      data: {
        viewer: {
          ...{ id: SANDBOX_USER_ID, name: 'Camila Rojas', email: 'camila.rojas@andina.example' },
          jobTitle: 'Operations Coordinator',
          avatar: { small: 'https://files.andina.example/avatars/camila_rojas/small.jpg' },
          companyId: SANDBOX_COMPANY_ID,
        },
      },
    });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/users/me']);
  });

  test('is another one for another token, of another company', async () => {
    const query = '{ viewer { id companyId } }';
    const ask = async (token: string) => (await stage.gateway.ask(query, { token })).body.data;
    const [user, admin, other] = await Promise.all(
      ['sandbox-user', 'sandbox-admin', 'sandbox-user-b'].map(ask),
    );
    expect(new Set([user, admin, other].map(({ viewer }) => viewer.id)).size).toBe(3);
    expect(admin.viewer.companyId).toBe(SANDBOX_COMPANY_ID);
    expect(other.viewer.id).not.toBe(SANDBOX_USER_ID);
  });

  const OTHER = objectId('company', 'second');
  test.each<[string, Record<string, unknown>, string | null]>([
    ['the one that it names', { company: OTHER, companies: [] }, OTHER],
    ['one that came as a record', { company: { _id: OTHER, name: 'Second' } }, OTHER],
    ['the only one that it lists', { company: null, companies: [{ companyId: OTHER }] }, OTHER],
    [
      'none of several',
      { company: '', companies: [{ companyId: OTHER }, { companyId: SANDBOX_COMPANY_ID }] },
      null,
    ],
    ['none where it says nothing', { company: undefined, companies: undefined }, null],
  ])('company: %s', async (_, fields, companyId) => {
    Object.assign(person(SANDBOX_USER_ID), fields);
    const { body } = await stage.gateway.ask('{ viewer { companyId } }');
    expect(body).toEqual({ data: { viewer: { companyId } } });
  });

  test('a company that cannot be read fails alone', async () => {
    Object.assign(person(SANDBOX_USER_ID), { company: 'Andina' });
    const { body } = await stage.gateway.ask('{ viewer { name companyId } }');
    expect(body.data).toEqual({ viewer: { name: 'Camila Rojas', companyId: null } });
    expect(body.errors).toMatchObject([
      { path: ['viewer', 'companyId'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });

  test('holds nothing that is withheld of others', async () => {
    const { body } = await stage.gateway.ask(
      '{ __type(name: "Viewer") { fields { name } } user: __type(name: "User") { fields { name } } }',
    );
    const names = (type: any): string[] => type.fields.map(({ name }: any) => name);
    expect(names(body.data.__type).filter((name) => !names(body.data.user).includes(name))).toEqual(
      ['companyId'],
    );
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    // There is no person who is nobody: the address is wrong, or Cotalker is another one.
    [404, 'UPSTREAM_INVALID_RESPONSE'],
    [500, 'UPSTREAM_UNAVAILABLE'],
  ])('%i is an error, never nobody', async (status, code) => {
    stage.sandbox.fail({ template: '/v2/users/me', status });
    const { body } = await stage.gateway.ask(VIEWER);
    expect(body).toMatchObject({
      data: { viewer: null },
      errors: [{ path: ['viewer'], extensions: { code } }],
    });
  });

  test('a record without an id is an error', async () => {
    stage.sandbox.fail({ template: '/v2/users/me', body: '{"data": {"name": {}}}' });
    const { body } = await stage.gateway.ask(VIEWER);
    expect(body.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
  });
});

describe('user', () => {
  const SOTO = objectId('user', 'valentina_soto');

  test('is a person by id, in whatever case', async () => {
    const { body } = await stage.gateway.ask(
      `{ user(id: "${SOTO.toUpperCase()}") { id name jobTitle isActive } }`,
    );
    expect(body).toEqual({
      data: {
        user: { id: SOTO, name: 'Valentina Soto', jobTitle: 'Jefa de Terreno', isActive: true },
      },
    });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/users']);
  });

  test('one who left is there', async () => {
    const id = objectId('user', 'hernan_pizarro');
    const { body } = await stage.gateway.ask(`{ user(id: "${id}") { isActive } }`);
    expect(body).toEqual({ data: { user: { isActive: false } } });
  });

  test('is null if Cotalker does not know the id, also where only the id is asked for', async () => {
    const { body } = await stage.gateway.ask(
      `{ user(id: "${objectId('user', 'nobody')}") { id } }`,
    );
    expect(body).toEqual({ data: { user: null } });
  });

  test('several take one call', async () => {
    const { body } = await stage.gateway.ask(
      `{ a: user(id: "${SOTO}") { name } b: user(id: "${SANDBOX_USER_ID}") { name } }`,
    );
    expect(body).toEqual({ data: { a: { name: 'Valentina Soto' }, b: { name: 'Camila Rojas' } } });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/users']);
  });

  test.each(['', 'me', '../me', `${SOTO}0`])('%j is no id, and takes no call', async (id) => {
    const { body } = await stage.gateway.ask('query ($id: ID!) { user(id: $id) { name } }', {
      variables: { id },
    });
    expect(body.errors).toMatchObject([{ path: ['user'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(stage.sandbox.calls).toEqual([]);
  });

  test('a failure is an error', async () => {
    stage.sandbox.fail({ template: '/v2/users', status: 403 });
    const { body } = await stage.gateway.ask(`{ user(id: "${SOTO}") { name } }`);
    expect(body).toMatchObject({
      data: { user: null },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });
});
