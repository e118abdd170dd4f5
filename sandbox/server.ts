import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SandboxCall, toCall } from './calls.ts';
import { companyOf, identify } from './caller.ts';
import { OTHER_COMPANY_ID } from './company/other.ts';
import type { SandboxData } from './data.ts';
import { route } from './endpoints/index.ts';
import type { Fault, Faults } from './faults.ts';
import type { Changes } from './life/index.ts';
import type { Readings } from './readings.ts';
import type { Quota, Quotas } from './quota.ts';
import { Refusal, json, methodNotAllowed, notFound, tooManyCalls } from './refusal.ts';
import { answerAsSite } from './sites.ts';

/** Read at every call, so that a test may turn its knobs while the server runs. */
export interface State {
  data: SandboxData;
  readonly otherData: SandboxData;
  readonly calls: SandboxCall[];
  latencyMs: number;
  maxLimit: number;
  readings: Readings;
  quota: Quota | undefined;
  writeQuota: Quota | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

function regular(call: SandboxCall, state: State, changes: Changes | undefined): Answer {
  try {
    const found = call.template === null ? undefined : route(call.path);
    if (!found) throw notFound(call.path);
    const { id, rest, endpoints } = found;
    const endpoint = endpoints.get(call.method);
    if (!endpoint) throw methodNotAllowed(endpoints.keys());
    const caller = identify(call.headers);
    const { readings, maxLimit: cap } = state;
    const data = caller.companyId === OTHER_COMPANY_ID ? state.otherData : state.data;
    changes?.catchUp(data);
    const { query } = call;
    const body = endpoint.answer({
      ...{ caller, data, cap, readings, id, rest, query, body: call.body },
    });
    return { status: 200, headers: json, body: JSON.stringify(body) };
  } catch (error) {
    if (error instanceof Refusal) return error;
    // A defect of the sandbox itself: the test that trips over it should get to read which.
    return { status: 500, headers: json, body: JSON.stringify({ message: String(error) }) };
  }
}

function faulty(fault: Fault): Answer {
  const { status = 200, body = '' } = fault;
  const headers = fault.headers ?? (status === 429 ? { 'retry-after': '2' } : {});
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { status, headers: typed || body.length === 0 ? headers : { ...json, ...headers }, body };
}

/** False: the caller left meanwhile, or the sandbox is being closed. */
async function wait(
  ms: number,
  until: readonly Promise<unknown>[],
  response: ServerResponse,
): Promise<boolean> {
  if (ms <= 0 && until.length === 0) return true;
  const left = new AbortController();
  const leave = (): void => {
    left.abort();
  };
  response.once('close', leave);
  try {
    if (ms > 0) await sleep(ms, undefined, { signal: left.signal });
    if (until.length === 0) return true;
    await Promise.race([Promise.all(until), once(left.signal, 'abort')]);
    return !left.signal.aborted;
  } catch (error) {
    if (!left.signal.aborted) throw error;
    return false;
  } finally {
    response.off('close', leave);
  }
}

/** The 429 of a call that its company's quota has no room for. A write counts as a call, and as a write. */
function overQuota(call: SandboxCall, state: State, quotas: Quotas): Answer | undefined {
  const company = companyOf(call.headers);
  if (company === undefined) return undefined;
  const waits = [
    state.quota && quotas.take(company, state.quota),
    ...(call.method === 'GET' || !state.writeQuota
      ? []
      : [quotas.take(`writes ${company}`, state.writeQuota)]),
  ].filter((seconds) => seconds !== undefined);
  return waits.length === 0 ? undefined : tooManyCalls(Math.max(...waits));
}

/** @param changes What the companies do by themselves; undefined: nothing. */
export function listener(
  state: State,
  faults: Faults,
  quotas: Quotas,
  changes?: Changes,
): RequestListener {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = request.method === 'GET' ? '' : await text(request);
    const call = toCall(request, body);
    state.calls.push(call);
    const refused = overQuota(call, state, quotas);
    const { delayMs, until, headers, answer: fault } = faults.take(call);
    if (!(await wait(state.latencyMs + delayMs, until, response))) return;
    if (fault?.isDone) regular(call, state, changes);
    if (fault?.destroy) {
      request.socket.destroy();
      return;
    }
    const answer = fault ? faulty(fault) : (refused ?? regular(call, state, changes));
    call.status = answer.status;
    response.writeHead(answer.status, { ...answer.headers, ...headers });
    response.end(answer.body);
  }

  return (request, response) => {
    // Left unread it would block the connection for the next call.
    if (request.method === 'GET') request.resume();
    if (answerAsSite(request.url ?? '', response)) return;
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  };
}
