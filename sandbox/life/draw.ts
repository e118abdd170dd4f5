import { createHash } from 'node:crypto';

/** One of the list; undefined: it is empty. */
export type Draw = <T>(list: readonly T[]) => T | undefined;

/** Draws by numbers that follow from the name, another one each time. */
export function drawing(name: string): Draw {
  let draws = 0;
  return (list) => {
    draws += 1;
    const hash = createHash('sha256').update(`${name}/${draws}`).digest();
    return list[hash.readUInt32BE() % list.length];
  };
}
