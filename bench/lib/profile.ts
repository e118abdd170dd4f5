import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { check } from './check.ts';
import { runLoad } from './load.ts';
import { kindOf } from './kinds.ts';
import type { Options } from './options.ts';
import { ROOT, WORK } from './paths.ts';
import { startSubject } from './process.ts';
import type { Scenario } from './scenarios.ts';
import type { Subject } from './subject.ts';
import { show, table } from './table.ts';
import type { Upstream } from './upstream.ts';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly hitCount: number;
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
}

const SAMPLING_US = 200;
const INSPECTOR_PORT = 9339;
const TOP = 30;

/** Profiles each subject in each scenario over the measured window alone; prints where the time goes. */
export async function profile(
  { scenarios, subjects, tokens: [tokens = 'own'], cores, warmUpMs, windowMs }: Options,
  upstream: Upstream,
): Promise<void> {
  for (const scenario of scenarios) {
    for (const subject of subjects) {
      if (subject.translate?.(scenario) === null) continue;
      upstream.setLatency(scenario.latencyMs);
      upstream.setBodies(tokens);
      const { latencyMs } = scenario;
      const at = { upstreamUrl: upstream.urlOf(scenario.world), latencyMs, tokens };
      const flags = [`--inspect=127.0.0.1:${INSPECTOR_PORT}`];
      const running = await startSubject(subject, at, cores.gateway, flags);
      try {
        const checked = await check(subject, scenario, running, upstream);
        const inspector = await connect();
        let taken: Promise<Profile> | undefined;
        const { port } = running;
        await runLoad(checked, {
          port,
          connections: 50,
          tokens,
          warmUpMs,
          windowMs,
          core: cores.load,
          onOpen: () => void inspector.start(),
          onClose: () => void (taken = inspector.stop()),
        });
        tell(subject, scenario, await (taken ?? inspector.stop()));
      } finally {
        await running.stop();
      }
    }
  }
}

interface Inspector {
  start(): Promise<void>;
  stop(): Promise<Profile>;
}

async function connect(): Promise<Inspector> {
  const response = await fetch(`http://127.0.0.1:${INSPECTOR_PORT}/json/list`);
  const [target] = (await response.json()) as { readonly webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  let last = 0;
  const send = (method: string, params: object = {}): Promise<{ profile: Profile }> => {
    const id = (last += 1);
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data)) as { id: number; result: { profile: Profile } };
        if (message.id === id) resolve(message.result);
      });
    });
  };
  await send('Profiler.enable');
  await send('Profiler.setSamplingInterval', { interval: SAMPLING_US });
  return {
    start: async () => {
      await send('Profiler.start');
    },
    stop: async () => (await send('Profiler.stop')).profile,
  };
}

function tell({ name }: Subject, scenario: Scenario, taken: Profile): void {
  const file = join(WORK, `${name}-${scenario.name}.cpuprofile`);
  writeFileSync(file, JSON.stringify(taken));
  const nodes = taken.nodes.filter(({ callFrame }) => callFrame.functionName !== '(idle)');
  const total = nodes.reduce((sum, { hitCount }) => sum + hitCount, 0);
  const top = (keyOf: (node: ProfileNode) => string): string[][] => {
    const sums = new Map<string, number>();
    for (const node of nodes) {
      const key = keyOf(node);
      sums.set(key, (sums.get(key) ?? 0) + node.hitCount);
    }
    const sorted = [...sums].sort(([, a], [, b]) => b - a).slice(0, TOP);
    return sorted.map(([key, hits]) => [key, show((100 * hits) / total)]);
  };
  process.stdout.write(
    `# ${name}, ${scenario.name} (${relative(ROOT, file)})\n\n` +
      `${table(['kind of work', '%'], top(createKind(taken)))}\n\n` +
      `${table(['charged to', '%'], top(createCharge(taken)))}\n\n` +
      `${table(['module', 'self %'], top(moduleOf))}\n\n` +
      `${table(['function', 'self %'], top(functionOf))}\n\n`,
  );
}

/**
 * Who asked for the work: the nearest caller outside of Node and V8. What Node does on its own account,
 * such as reading from a socket, has none.
 */
function createCharge({ nodes }: Profile): (node: ProfileNode) => string {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node])));
  return (node) => {
    let at: ProfileNode | undefined = node;
    while (at !== undefined && !at.callFrame.url.startsWith('file:')) at = parents.get(at.id);
    return at === undefined ? moduleOf(node) : moduleOf(at);
  };
}

function createKind(taken: Profile): (node: ProfileNode) => string {
  const charge = createCharge(taken);
  return (node) => kindOf(charge(node), node.callFrame.functionName);
}

/** The package, the file of the gateway, the part of Node, or what V8 itself does. */
function moduleOf({ callFrame: { url, functionName } }: ProfileNode): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'V8 builtins';
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return name ?? placeOf(url);
}

const functionOf = (node: ProfileNode): string => {
  const { functionName, url, lineNumber } = node.callFrame;
  if (url === '') return functionName;
  return `${functionName === '' ? '(anonymous)' : functionName} ${placeOf(url)}:${lineNumber + 1}`;
};

const placeOf = (url: string): string =>
  url
    .replace(`file://${ROOT}/`, '')
    .replace(/^.*node_modules\//, '')
    .replace(/^node:internal\//, 'node:');
