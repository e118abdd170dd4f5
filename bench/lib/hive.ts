import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH, NODE_FLAGS, WORK } from './paths.ts';
import type { Scenario } from './scenarios.ts';
import type { Address, Command, Translation } from './subject.ts';

/*
 * Hive Gateway serves the schema that it makes of the OpenAPI source: Cotalker's own names, and no union.
 * So it is asked in its own words, for the same fields; what a type name stands for is asked as the facts
 * that it follows from.
 */

/** Composed once, by `setup.ts`, with a placeholder for the upstream. */
export const SUPERGRAPH = join(WORK, 'supergraph.graphql');
const PLACEHOLDER = 'http://upstream.invalid/api';

/** `hive-gateway supergraph`, as the documentation has it, with its just-in-time compiler. */
export function hiveCommand({ port, upstreamUrl }: Address): Command {
  const file = join(WORK, 'supergraph.of-run.graphql');
  writeFileSync(file, readFileSync(SUPERGRAPH, 'utf8').replaceAll(PLACEHOLDER, upstreamUrl));
  const cli = join(BENCH, 'node_modules/@graphql-hive/gateway/dist/bin.js');
  const config = join(BENCH, 'peers/hive/gateway.config.ts');
  const options = ['--config-path', config, '--port', String(port), '--host', '127.0.0.1'];
  return {
    args: [...NODE_FLAGS, cli, ...options, 'supergraph', file],
    env: { NODE_ENV: 'production', LOG_LEVEL: 'error' },
  };
}

interface HiveGroup {
  readonly _id: string;
  readonly nameDisplay: string;
  readonly nameCode?: string;
  readonly isActive?: boolean;
  readonly weight?: number;
  readonly link?: { readonly url: string | null };
  readonly taskGroup?: {
    readonly _id: string;
    readonly collectionName: string;
    readonly flowType: string;
    readonly defaultView: string;
    readonly hideClosedAfterDays: number;
  } | null;
  readonly channels?: {
    readonly data: { readonly channels: readonly { _id: string; nameDisplay: string }[] };
  };
}

interface HiveList {
  readonly data: { readonly groups: readonly HiveGroup[] };
}

const PAGE = 'isActive: "true", sortBy: "modifiedAt", orderBy: "asc", count: true';
const ENTRY = '_id nameDisplay nameCode isActive weight';
const WORKFLOW = 'collectionName flowType defaultView hideClosedAfterDays';
const list = (args: string, fields: string): string =>
  `listGroups(${args}, ${PAGE}) { data { groups { ${fields} } } }`;
const standard = (page: number): string => `groupType: "channel", limit: 500, page: ${page}`;

const QUERIES: Readonly<Record<string, string>> = {
  Groups: `query Groups($first: Int!) {
    groups: ${list('groupType: "channel", limit: $first, page: 1', ENTRY)}
  }`,
  Typed: `query Typed($first: Int!) {
    groups: ${list('limit: $first, page: 1', `${ENTRY} link { url } taskGroup { _id }`)}
  }`,
  Workflow: `query Workflow($first: Int!) {
    groups: ${list('limit: $first, page: 1', `${ENTRY} link { url } taskGroup { _id ${WORKFLOW} }`)}
  }`,
  Channels: `query Channels($first: Int!) {
    groups: ${list(
      'groupType: "channel", limit: $first, page: 1',
      '_id nameDisplay channels { data { channels { _id nameDisplay } } }',
    )}
  }`,
  TwoPages: `query TwoPages { a: ${list(standard(1), ENTRY)} b: ${list(standard(2), ENTRY)} }`,
  Hello: 'query Hello { __typename }',
};

/** Undefined query: the scenario takes resolvers that OpenAPI and `@resolveTo` do not express. */
export function toHive({ request }: Scenario): Translation | null {
  const query = QUERIES[request.operationName];
  if (query === undefined) return null;
  return { request: { ...request, query }, normalise };
}

const normalise = (data: unknown): unknown =>
  Object.fromEntries(
    Object.entries(data as Record<string, string | HiveList>).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : { nodes: value.data.groups.map(toContract) },
    ]),
  );

function toContract(group: HiveGroup): unknown {
  const { _id: id, nameDisplay: name, nameCode: code, isActive, weight } = group;
  const __typename = group.link?.url
    ? 'LinkGroup'
    : group.taskGroup
      ? 'TaskGroup'
      : 'StandardGroup';
  if (group.channels) {
    const nodes = group.channels.data.channels.map(({ _id, nameDisplay }) => ({
      id: _id,
      name: nameDisplay,
    }));
    return { __typename, id, name, channels: { nodes } };
  }
  const entry = { __typename, id, name, code, isActive, weight };
  if (!group.taskGroup?.collectionName) return entry;
  const { _id, collectionName, flowType, defaultView, hideClosedAfterDays } = group.taskGroup;
  const workflow = {
    id: _id,
    code: collectionName,
    flowType: flowType.toUpperCase().replaceAll('-', '_'),
    defaultView: defaultView.toUpperCase(),
    hideClosedAfterDays,
  };
  return { ...entry, workflow };
}
