import type { RawRecord } from '../data.ts';
import { displayNameOf, somebody } from './people.ts';
import { at } from './times.ts';

const files = 'https://files.andina.example';

/** The content of a picture and of a file (sheet, section 6). */
export const photo = (name: string): string =>
  JSON.stringify({
    original: `${files}/photos/original/${name}.jpg`,
    square: `${files}/photos/square/${name}.jpg`,
    small: `${files}/photos/small/${name}.jpg`,
  });
export const fileAt = (path: string, name: string): string =>
  JSON.stringify({ url: `${files}/${path}`, name });

/** The content of a picture or a file is JSON (sheet, section 6). */
const contents: readonly { readonly content: string; readonly contentType: string }[] = [
  { content: 'Llegamos a terreno, partimos en 10 min.', contentType: 'text/plain' },
  {
    content: photo('pole-114'),
    contentType: 'image/jpeg',
  },
  { content: 'Thanks, I will call the customer back.', contentType: 'text/plain' },
  {
    content: JSON.stringify({
      ...{ url: `${files}/documents/plano-114.pdf`, name: 'Plano 114.pdf', codeType: 'pdf' },
      ...{ contentType: 'application/pdf', screenshots: [] },
    }),
    contentType: 'application/pdf',
  },
  { content: '**Turno B** entra a las 20:00', contentType: 'text/system' },
];

/**
 * The last message of the index-th channel. One in three is in the newer form: `sentBy`, and `createdAt` in epoch
 * milliseconds (sheet, section 3). Every other text begins with its sender's name.
 */
export function lastMessage(index: number): RawRecord {
  const { content = '', contentType = 'text/plain' } = contents[index % contents.length] ?? {};
  const sender = somebody(index + 3);
  const name = displayNameOf(sender);
  const isNamed = contentType === 'text/plain' && index % 2 === 0 && name !== undefined;
  const sent = { content: isNamed ? `${name}: ${content}` : content, contentType };
  const moment = at(400 + index * 13, 95);
  return index % 3 === 1
    ? { ...sent, createdAt: Date.parse(moment), sentBy: sender }
    : { ...sent, date: moment, sender };
}

/** The content of a channel's last message as the message itself has it. */
export function withoutName({ content, sender, sentBy }: RawRecord): string {
  const name = displayNameOf(String(sender ?? sentBy));
  const text = String(content);
  return name !== undefined && text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text;
}
