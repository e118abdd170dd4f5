import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/*
 * The ESLint rules that hold the house together: `rooms/imports` (who may import whom) and `rooms/circles`
 * (no file reaches itself through its imports, types included). The table of rooms is in eslint.config.js.
 */

const ROOT = path.resolve(import.meta.dirname, '../..');
const relativeTo = (file) => path.relative(ROOT, file).split(path.sep).join('/');

/** The room of a file is the longest entry of the table that is the file, or a folder above it. */
const roomOf = (rooms, file) =>
  Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];

/** `@scope/name/path` and `name/path` without the path. */
const packageOf = (source) => source.split('/', source.startsWith('@') ? 2 : 1).join('/');

/** Calls back for the source of each import, export and `import()` of a file, types included. */
const onSources = (check) => {
  const visit = (node) => {
    if (typeof node.source?.value === 'string') check(node, node.source.value);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportType: visit,
  };
};

const imports = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      room: '"{{from}}" may not import "{{to}}": see ROOMS in eslint.config.js.',
      package: '"{{from}}" may not import the package "{{to}}": see ROOMS in eslint.config.js.',
      homeless: 'This file is in no room: give it one in ROOMS in eslint.config.js.',
    },
  },
  create(context) {
    const [rooms] = context.options;
    const file = relativeTo(context.filename);
    const from = roomOf(rooms, file);
    if (from === undefined)
      return { Program: (node) => context.report({ node, messageId: 'homeless' }) };
    const { imports: allowed = [], packages = [] } = rooms[from];
    return onSources((node, source) => {
      if (source.startsWith('node:')) return;
      if (!source.startsWith('.')) {
        const to = packageOf(source);
        if (!packages.includes(to))
          context.report({ node, messageId: 'package', data: { from, to } });
        return;
      }
      const target = relativeTo(path.resolve(path.dirname(context.filename), source));
      const to = roomOf(rooms, target) ?? target;
      const isAllowed = allowed.some((name) =>
        [to, target].some((it) => it === name || it.startsWith(`${name}/`)),
      );
      if (to !== from && !isAllowed)
        context.report({ node, messageId: 'room', data: { from, to } });
    });
  },
};

/** Codegen's output names the models of the rooms above it, as types alone: no circle is made by hand there. */
const GENERATED = 'src/generated/';

/** The files of these folders, each with those that it imports. */
function readGraph(folders) {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT }));
  return new Map(
    files
      .filter((file) => !file.includes('node_modules') && !file.startsWith(GENERATED))
      .map((file) => {
        const { importedFiles } = ts.preProcessFile(readFileSync(path.join(ROOT, file), 'utf8'));
        const targets = importedFiles
          .filter(({ fileName }) => fileName.startsWith('.'))
          .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
          .filter((target) => existsSync(path.join(ROOT, target)));
        return [file, targets];
      }),
  );
}

/** The shortest way from a file back to itself; undefined where there is none. */
function circleOf(graph, start) {
  const cameFrom = new Map();
  const queue = [start];
  for (const file of queue) {
    for (const target of graph.get(file) ?? []) {
      if (target === start) {
        const way = [start];
        for (let at = file; at !== start; at = cameFrom.get(at)) way.unshift(at);
        return [start, ...way];
      }
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, file);
      queue.push(target);
    }
  }
  return undefined;
}

const graphs = new Map();

const circles = {
  meta: {
    type: 'problem',
    schema: [{ type: 'array', items: { type: 'string' } }],
    messages: { circle: 'This file imports itself: {{way}}.' },
  },
  create(context) {
    const [folders] = context.options;
    const key = folders.join();
    const graph = graphs.get(key) ?? readGraph(folders);
    graphs.set(key, graph);
    const way = circleOf(graph, relativeTo(context.filename));
    if (way === undefined) return {};
    return {
      Program: (node) =>
        context.report({ node, messageId: 'circle', data: { way: way.join(' -> ') } }),
    };
  },
};

export default { rules: { imports, circles } };
