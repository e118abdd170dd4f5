import { describe, expect, test } from '@jest/globals';
import { endpoints, idOf, useStage } from '../support/stage.ts';

const stage = useStage();
const KIM = { _id: idOf(7), name: { displayName: 'Kim', names: 'Kim', lastName: 'Harbour' } };

/** Asks for the last message of a channel as the upstream has it. */
async function ask(lastMessage: unknown, fields = 'kind text url fileName') {
  const { sandbox, gateway } = stage;
  sandbox.data.channels = [{ _id: idOf(1), lastMessage }];
  sandbox.data.users = [KIM];
  const { body } = await gateway.ask(`{ channel(id: "${idOf(1)}") { lastMessage { ${fields} } } }`);
  const errors = body.errors?.map(({ path, extensions }) => [path.at(-1), extensions.code]);
  return { message: body.data.channel.lastMessage, errors, calls: endpoints(sandbox) };
}

const file = (url: string, name: string) => JSON.stringify({ url, name, screenshots: [] });

describe('a message as a screen shows it', () => {
  const none = { text: null, url: null, fileName: null };
  const at = (path: string) => `https://files.example/${path}`;

  test.each<[string, string | null, object]>([
    ['text/plain', 'Hello, world!', { ...none, kind: 'TEXT', text: 'Hello, world!' }],
    ['text/plain', '{"url":"x"}', { ...none, kind: 'TEXT', text: '{"url":"x"}' }],
    ['text/system', '**bold**', { ...none, kind: 'SYSTEM', text: '**bold**' }],
    ['text/enriched', 'Read this', { ...none, kind: 'TEXT', text: 'Read this' }],
    ['TEXT/PLAIN; charset=utf-8', 'Hi', { ...none, kind: 'TEXT', text: 'Hi' }],
    [
      'video/mp4',
      file(at('v.mp4'), 'v.mp4'),
      { kind: 'VIDEO', text: null, url: at('v.mp4'), fileName: 'v.mp4' },
    ],
    [
      'image/jpeg',
      JSON.stringify({ original: at('o'), square: at('q'), small: at('s') }),
      { ...none, kind: 'IMAGE', url: at('o') },
    ],
    [
      'application/pdf',
      file(at('d.pdf'), 'half \ud83d.pdf'),
      { kind: 'FILE', text: null, url: at('d.pdf'), fileName: 'half \ufffd.pdf' },
    ],
    [
      'application/msword',
      `Kim Harbour: ${file(at('d.doc'), 'd.doc')}`,
      { kind: 'FILE', text: null, url: at('d.doc'), fileName: 'd.doc' },
    ],
    ['application/vnd.cotalker.survey', null, { ...none, kind: 'FORM' }],
    ['application/vnd.cotalker.contact', '{"userid":"x"}', { ...none, kind: 'OTHER' }],
    ['model/stl', 'A thing', { ...none, kind: 'OTHER', text: 'A thing' }],
    ['image/png', '{"original":"https://fi', { ...none, kind: 'IMAGE' }],
    ['image/png', '[]', { ...none, kind: 'IMAGE' }],
    ['image/png', 'A picture', { ...none, kind: 'IMAGE', text: 'A picture' }],
    ['', 'Hello', { ...none, kind: null, text: 'Hello' }],
  ])('%s: %s', async (contentType, content, expected) => {
    const { message, errors, calls } = await ask({ content, contentType });
    expect([message, errors]).toEqual([expected, undefined]);
    expect(calls).toEqual(['/v2/channels/{id}']);
  });

  test.each([
    ['javascript:alert(1)', 'UNSAFE_URL'],
    [{}, 'UPSTREAM_INVALID_RESPONSE'],
  ])('a link to %j is an error at its path alone', async (url, code) => {
    const content = JSON.stringify({ url, name: 'a.pdf' });
    const { message, errors } = await ask({ content, contentType: 'application/pdf' });
    expect(message).toEqual({ kind: 'FILE', text: null, url: null, fileName: 'a.pdf' });
    expect(errors).toEqual([['url', code]]);
  });
});

describe('the name before a text', () => {
  test.each([
    ['Kim Harbour: at the crane', 'at the crane', 'the full name'],
    ['kim  harbour: 10:30', '10:30', 'the full name, in another spelling'],
    ['Kim: at the crane', 'at the crane', 'the display name'],
    ['Note: at the crane', 'Note: at the crane', 'another word'],
    ['Noor Pier: at the crane', 'Noor Pier: at the crane', "somebody else's name"],
  ])('%s: %s', async (content, text) => {
    const { message, calls } = await ask({ content, contentType: 'text/plain', sentBy: KIM });
    expect(message).toMatchObject({ kind: 'TEXT', text });
    expect(calls).toEqual(['/v2/channels/{id}', '/v2/users']);
  });

  test.each<[string, object, number]>([
    ['has not its form', { content: 'At the crane', sender: KIM._id }, 1],
    ['is of nobody', { content: 'Kim Harbour: at the crane' }, 1],
    ['is of somebody unknown', { content: 'Kim Harbour: x', sender: idOf(99) }, 2],
    ['is of somebody who cannot be told', { content: 'Kim Harbour: x', sender: 'soon' }, 1],
  ])('stays where it %s', async (_, message, calls) => {
    const { message: shown, ...rest } = await ask(message, 'text content');
    expect(shown.text).toBe(shown.content);
    expect(rest.calls).toHaveLength(calls);
  });
});

test.each<[string, object]>([
  ['date and sender', { date: '2024-05-01T10:00:00.000Z', sender: KIM._id }],
  ['createdAt in milliseconds and sentBy', { createdAt: 1714557600000, sentBy: KIM._id }],
  ['a numeral and a person', { createdAt: '1714557600000', sentBy: KIM }],
  ['both, of which one cannot be read', { date: 'soon', createdAt: 1714557600000, sender: KIM }],
])('when and who: %s', async (_, message) => {
  const { message: shown, errors } = await ask(message, 'sentAt sender { name }');
  expect(shown).toEqual({ sentAt: '2024-05-01T10:00:00.000Z', sender: { name: 'Kim' } });
  expect(errors).toBeUndefined();
});
