import { randomInt } from 'node:crypto';

/**
 * An address that no other test takes, since 127.0.0.0/8 is all of this machine's. So a program may have a port that is known
 * beforehand: a free one could be another test's by the time that it starts.
 */
export const ownHost = (): string => `127.1.${randomInt(256)}.${randomInt(1, 255)}`;
