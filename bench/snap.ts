import { spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { startSubject } from './lib/process.ts';
import { SCENARIOS } from './lib/scenarios.ts';
import { SUBJECTS } from './lib/subjects.ts';
import { startUpstream } from './lib/upstream.ts';
const cls = process.argv[2] ?? 'Loaders';
const upstream = await startUpstream(0);
const scenario = SCENARIOS.find((s) => s.name === 'groups')!;
const subject = SUBJECTS.find((s) => s.name === 'ours')!;
upstream.setLatency(0); upstream.setBodies('fresh');
const r = await startSubject(subject, { upstreamUrl: upstream.urlOf(scenario.world), latencyMs: 0 } as any, 1, ['--inspect=127.0.0.1:9342']);
const agent = new Agent({ keepAlive: true, maxSockets: 20 });
const body = JSON.stringify(scenario.request);
const one = (i: number) => new Promise<void>((f, g) => { const q = request({ port: r.port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers: { 'content-type': 'application/json', accept: 'application/json', authorization: 'Bearer t' + i, 'content-length': Buffer.byteLength(body) } }, (res) => { res.resume(); res.on('end', f); }); q.on('error', g); q.end(body); });
for (let k = 0; k < 30; k++) await Promise.all(Array.from({ length: 20 }, (_, i) => one(k * 100 + i)));
const [t] = (await (await fetch('http://127.0.0.1:9342/json/list')).json()) as any[];
const ws = new WebSocket(t.webSocketDebuggerUrl); await new Promise((f) => ws.addEventListener('open', f));
let id = 0, chunks: string[] = [];
ws.addEventListener('message', ({ data }) => { const m = JSON.parse(String(data)); if (m.method === 'HeapProfiler.addHeapSnapshotChunk') chunks.push(m.params.chunk); });
const send = (method: string, params: any = {}): Promise<any> => { const n = ++id; ws.send(JSON.stringify({ id: n, method, params })); return new Promise((f) => ws.addEventListener('message', ({ data }) => { const m = JSON.parse(String(data)); if (m.id === n) f(m.result); })); };
await send('HeapProfiler.enable');
await send('HeapProfiler.takeHeapSnapshot', {});
const s = JSON.parse(chunks.join(''));
const nf = s.snapshot.meta.node_fields.length, ef = 3, N = s.nodes.length / nf;
const types = s.snapshot.meta.node_types[0], etypes = s.snapshot.meta.edge_types[0];
const first = new Int32Array(N + 1); { let e = 0; for (let i = 0; i < N; i++) { first[i] = e; e += s.nodes[i * nf + 4]; } first[N] = e; }
const parent = new Int32Array(N).fill(-1), pedge = new Int32Array(N); parent[0] = 0; const q = [0];
for (let h = 0; h < q.length; h++) { const n = q[h]!; for (let e = first[n]!; e < first[n + 1]!; e++) { if (etypes[s.edges[e * 3]] === 'weak') continue; const to = s.edges[e * 3 + 2] / nf; if (parent[to] === -1) { parent[to] = n; pedge[to] = e; q.push(to); } } }
const name = (n: number) => `${types[s.nodes[n * nf]]}:${String(s.strings[s.nodes[n * nf + 1]]).slice(0, 60)}`;
const found: number[] = []; for (let i = 0; i < N; i++) if (s.strings[s.nodes[i * nf + 1]] === cls && types[s.nodes[i * nf]] === 'object' && parent[i] !== -1) found.push(i);
console.log(cls, 'instances reachable:', found.length);
const paths = new Map<string, number>();
for (const f of found) { const p: string[] = []; let n = f; while (n !== 0 && p.length < 40) { const e = pedge[n]!; const et = etypes[s.edges[e * 3]]; const en = et === 'element' || et === 'hidden' ? s.edges[e * 3 + 1] : s.strings[s.edges[e * 3 + 1]]; p.push(`${name(n)} <-[${et === 'element' ? '#' : en}]`); n = parent[n]!; } const k = p.join('\n   '); paths.set(k, (paths.get(k) ?? 0) + 1); }
for (const [k, c] of [...paths].sort((a, b) => b[1] - a[1]).slice(0, 4)) console.log(c, 'x\n  ', k);
await r.stop(); await upstream.close(); process.exit(0);
