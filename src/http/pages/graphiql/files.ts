import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { GraphiQLOptions } from 'graphql-yoga';
import { entityTagOf } from '../plain.ts';
import { ADJUSTMENTS } from './adjustments.ts';

interface Example {
  /** Shown on the tab; the query is in `graphiql/<name>.graphql`. */
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
  { name: 'Types' },
  { name: 'Pages', variables: { after: null } },
  { name: 'ById', sandboxOnly: true },
  { name: 'Links' },
  { name: 'Channels' },
  { name: 'Chat' },
  { name: 'Tasks' },
  { name: 'Board' },
  { name: 'Viewer' },
  { name: 'Create', sandboxOnly: true },
  { name: 'Search', variables: { word: 'net' } },
  { name: 'Defer' },
  { name: 'Live' },
];

export const readExamples = (): readonly Example[] =>
  TABS.map((tab) => ({
    ...tab,
    query: readFileSync(join(FOLDER, `${tab.name}.graphql`), 'utf8').trimEnd(),
  }));

export interface StaticFile {
  readonly contentType: string;
  readonly gzipped: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

export interface GraphiQLFiles {
  readonly page: StaticFile;
  readonly assets: ReadonlyMap<string, StaticFile>;
}

/**
 * GraphiQL as compressed static files. It is the build in Yoga's package, so nothing comes from another site. The
 * files are separate, so the page's policy can forbid inline script. This reads some 9 MB of script: call it only
 * when somebody asks for the page.
 *
 * @param token The token in the headers of every tab; undefined: a placeholder.
 */
export async function loadGraphiQLFiles(token: string | undefined): Promise<GraphiQLFiles> {
  const { js, css, editorWorkerService, jsonWorker, graphqlWorker } =
    await import('@graphql-yoga/render-graphiql/graphiql');
  const [page, assets] = await Promise.all([
    compress('text/html', PAGE),
    Promise.all([
      asset('graphiql.css', 'text/css', css + ADJUSTMENTS.css),
      asset('graphiql.js', 'text/javascript', ADJUSTMENTS.withDefaults(js)),
      asset('start.js', 'text/javascript', startScript(token, readExamples())),
      // A worker's file has the label with which Monaco asks for it.
      asset('editorWorkerService.js', 'text/javascript', editorWorkerService),
      asset('json.js', 'text/javascript', jsonWorker),
      asset('graphql.js', 'text/javascript', graphqlWorker),
    ]),
  ]);
  return { page, assets: new Map(assets) };
}

const TITLE = 'Cotalker Gateway';

/** The page loads its files by relative addresses, so it works behind a proxy's path prefix too. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${TITLE}</title>
    <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath d='M16 2l12 7v14l-12 7-12-7V9z' fill='%23d64292'/%3E%3C/svg%3E">
    <link rel="stylesheet" href="graphiql/graphiql.css">
    <script src="graphiql/graphiql.js" defer></script>
    <script src="graphiql/start.js" defer></script>
  </head>
  <body>
    <noscript>GraphiQL needs JavaScript. The endpoint itself takes any GraphQL client.</noscript>
    <div id="root">Loading GraphiQL…</div>
  </body>
</html>
`;

/** An example with variables talks about them; every other one runs with the headers as they are. */
const panesOf = (examples: readonly Example[]) =>
  Object.fromEntries(
    examples.map(({ name, variables }) => [name, variables ? 'variables' : 'headers']),
  );

/**
 * Typed queries are stored for the browser tab, not in `localStorage`. There, GraphiQL would find the tabs of
 * another project on this host and port, and show them instead of the examples. It also looks there for the last
 * open query, and without one a reload adds an empty tab.
 */
const startScript = (
  token: string | undefined,
  examples: readonly Example[],
): string => `self.MonacoEnvironment = {
  getWorkerUrl: (_moduleId, label) => \`graphiql/\${label}.js\`,
};
${ADJUSTMENTS.script(panesOf(examples))}const options = ${JSON.stringify(graphiqlOptions(token, examples))};
sessionStorage['graphiql:query'] ??= options.defaultTabs[0].query;
YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  ...options,
  defaultEditorToolsVisibility: panes[titleOfOpenTab()] ?? 'headers',
  storage: sessionStorage,
});
`;

const graphiqlOptions = (
  token: string | undefined,
  examples: readonly Example[],
): GraphiQLOptions => ({
  title: TITLE,
  headers: JSON.stringify(
    token === undefined
      ? { Authorization: 'Bearer <your token>' }
      : { Authorization: `Bearer ${token}`, 'X-Explain': 'true' },
    null,
    2,
  ),
  defaultTabs: examples
    .filter(({ sandboxOnly }) => token !== undefined || sandboxOnly !== true)
    .map(({ query, variables }) => ({
      query,
      ...(variables && { variables: JSON.stringify(variables, null, 2) }),
    })),
  // The page forgets the tokens that people type, and no setting changes that.
  shouldPersistHeaders: false,
});

const asset = async (
  name: string,
  contentType: string,
  text: string,
): Promise<[name: string, file: StaticFile]> => [name, await compress(contentType, text)];

const compress = async (contentType: string, text: string): Promise<StaticFile> => ({
  contentType: `${contentType}; charset=utf-8`,
  gzipped: await promisify(gzip)(text),
  // Weak: the same for the compressed and the plain bytes.
  etag: `W/${entityTagOf(text)}`,
});
