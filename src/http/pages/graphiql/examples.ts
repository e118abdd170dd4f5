import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';

/** An example query, which GraphiQL shows in a tab of its own. */
export interface Example {
  /** The operation's name, which GraphiQL shows on the tab; the query is in `graphiql/<name>.graphql`. */
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Whether it holds ids that only the sandbox has. */
  readonly sandboxOnly?: boolean;
}

/** Beside package.json, from which the bundle in dist/ and src/ are at different depths. */
const FOLDER = join(findPackageJSON(import.meta.url) ?? '', '../graphiql');

const TABS: readonly Omit<Example, 'query'>[] = [
  { name: 'MainMenu' },
  { name: 'GroupsByType' },
  { name: 'PageOfGroups', variables: { after: null } },
  { name: 'OneGroup', sandboxOnly: true },
  { name: 'Links' },
  { name: 'Channels' },
  { name: 'Tasks' },
  { name: 'Search', variables: { word: 'net' } },
  { name: 'Defer' },
  { name: 'Live' },
];

/** Reads the examples, in the order of their tabs. */
export const readExamples = (): readonly Example[] =>
  TABS.map((tab) => ({
    ...tab,
    query: readFileSync(join(FOLDER, `${tab.name}.graphql`), 'utf8').trimEnd(),
  }));
