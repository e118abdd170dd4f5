import { existsSync, readFileSync } from 'node:fs';
import { CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { printContract } from '../src/graphql/contract.ts';

/** The schema as it was released last. */
export const RELEASED = 'released/schema.graphql';

export interface Change {
  readonly message: string;
  /** What has changed, such as `Icon.color`; undefined where it is not a part of a type. */
  readonly path: string | undefined;
}

export interface ContractChanges {
  /** Queries that were valid may fail, or get what they do not expect. */
  readonly breaking: readonly Change[];
  /** Front ends may have to know, such as a new type in a union; or the end of what was deprecated. */
  readonly dangerous: readonly Change[];
  /** How many others there are, descriptions included. */
  readonly safe: number;
}

/**
 * What has changed since the last release. What was deprecated in it may be removed.
 *
 * @param file Where the last release is.
 * @returns undefined where nothing has been released.
 */
export async function changesSinceRelease(file = RELEASED): Promise<ContractChanges | undefined> {
  if (!existsSync(file)) return undefined;
  const released = buildSchema(readFileSync(file, 'utf8'));
  const changes = await diff(released, buildSchema(printContract()), [
    DiffRule.suppressRemovalOfDeprecatedField,
  ]);
  const ofLevel = (level: CriticalityLevel): Change[] =>
    changes
      .filter(({ criticality }) => criticality.level === level)
      .map(({ message, path }) => ({ message, path }));
  return {
    breaking: ofLevel(CriticalityLevel.Breaking),
    dangerous: ofLevel(CriticalityLevel.Dangerous),
    safe: ofLevel(CriticalityLevel.NonBreaking).length,
  };
}

/** The changes for people, a line each. */
export const describeChanges = ({ breaking, dangerous, safe }: ContractChanges): string =>
  [
    ...breaking.map(({ message }) => `breaking:  ${message}`),
    ...dangerous.map(({ message }) => `dangerous: ${message}`),
    `${breaking.length} breaking, ${dangerous.length} dangerous, ${safe} safe since ${RELEASED}`,
    '',
  ].join('\n');
