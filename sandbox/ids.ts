import { createHash } from 'node:crypto';

/**
 * An ObjectId look-alike made from a name. It stays the same wherever the record's row moves, and a
 * list of them is in no order: code that leans on the order of ids shows up as wrong.
 */
export function objectId(kind: string, name: string): string {
  return '5f' + createHash('sha256').update(`${kind}:${name}`).digest('hex').slice(0, 22);
}
