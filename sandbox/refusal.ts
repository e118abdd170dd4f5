/** A call that the sandbox turns down. The bodies differ in kind on purpose: the sheet promises none. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;

  constructor(status: number, headers: Record<string, string>, body: string) {
    super(`${status}: ${body}`);
    this.name = 'Refusal';
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

export const json = { 'content-type': 'application/json; charset=utf-8' };
const html = { 'content-type': 'text/html; charset=utf-8' };

export function badRequest(parameter: string, problem: string): Refusal {
  const body = JSON.stringify({ message: `"${parameter}" ${problem}`, parameter });
  return new Refusal(400, json, body);
}

export function internalError(): Refusal {
  return new Refusal(500, html, '<!DOCTYPE html><title>500</title><h1>Internal Server Error</h1>');
}

export function unauthorized(): Refusal {
  return new Refusal(401, json, JSON.stringify({ message: 'invalid or expired token' }));
}

/** @param retryAfter seconds */
export function tooManyCalls(retryAfter: number): Refusal {
  const headers = { ...json, 'retry-after': String(retryAfter) };
  return new Refusal(429, headers, JSON.stringify({ message: 'too many calls of this company' }));
}

export function forbidden(): Refusal {
  return new Refusal(403, html, '<!DOCTYPE html><title>403</title><h1>Forbidden</h1>');
}

export function notFound(what: string): Refusal {
  return new Refusal(404, json, JSON.stringify({ message: `${what} not found` }));
}

/** @param allowed Methods. */
export function methodNotAllowed(allowed: Iterable<string>): Refusal {
  const allow = [...allowed].join(', ');
  return new Refusal(405, { ...json, allow }, JSON.stringify({ message: `only ${allow}` }));
}
