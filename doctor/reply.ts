import type { Template } from '../src/cotalker/call.ts';
import type { CotalkerError } from '../src/cotalker/errors.ts';

/** What came of one GET. */
export interface Reply {
  readonly template: Template;
  /** The parsed JSON body, not yet checked; or why there is none. */
  readonly result: { readonly body: unknown } | { readonly failure: CotalkerError };
  /** The body once more, as it came: of the first, reading leaves no array behind. */
  readonly raw?: unknown;
}

/** A call that failed, or whose answer the gateway cannot read. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly template: Template;
  readonly failure: CotalkerError;

  constructor(template: Template, failure: CotalkerError) {
    super(failure.message);
    this.template = template;
    this.failure = failure;
  }
}
