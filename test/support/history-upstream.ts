import type { Call } from '../../src/cotalker/call.ts';
import { CotalkerError, invalidResponse } from '../../src/cotalker/errors.ts';
import { createTraits, type Traits } from '../../src/cotalker/traits/index.ts';

export interface HistoryMessage {
  readonly _id: string;
  readonly channel: string;
  readonly createdAt: number;
  modifiedAt: string;
}

/** How a server takes the two calls for messages (sheet, section 6). */
export interface HistoryServer {
  /** Backwards in pages: done, read as since, refused with 400, or failing with 404 or 500. */
  readonly back: 'there' | 'ignored' | 400 | 404 | 500;
  /** How many a page holds at the most. */
  readonly cap: number;
  /** Whether a page holds as many whatever is asked for. */
  readonly ignoresSize: boolean;
  readonly isInclusive: boolean;
  readonly isNewestFirst: boolean;
  readonly hasEnvelope: boolean;
}

export const CHANNEL = 'c'.repeat(24);
const START = Date.UTC(2024, 0, 1);
/** The nth moment of a history. */
export const momentAt = (n: number): string => new Date(START + n).toISOString();

/** How a message shows in answers that lack something; the server still knows when it changed. */
export const ODDITIES = {
  none: {},
  dateless: { createdAt: undefined, modifiedAt: undefined },
  unreadable: { createdAt: 'soon', modifiedAt: 'soon' },
  unchanged: { modifiedAt: undefined },
  nameless: { _id: undefined },
  stale: { modifiedAt: momentAt(12_000_001) },
  nothing: { _id: undefined, createdAt: undefined, modifiedAt: undefined },
} as const;
export type Oddity = keyof typeof ODDITIES;

/** A channel's messages behind a server; `beforeCall` may change them. */
export class HistoryUpstream {
  readonly messages: HistoryMessage[] = [];
  readonly calls: Call[] = [];
  readonly traits: Traits = createTraits();
  /** Left out of every answer, once a page has been cut. */
  readonly removed = new Set<string>();
  readonly oddities = new Map<string, Oddity>();
  /** Whether what changed since is too much for one answer. */
  isTooLong = false;
  readonly #server: HistoryServer;
  beforeCall: () => void = () => undefined;

  constructor(server: HistoryServer) {
    this.#server = server;
  }

  /** Adds a message, or sends the nth one again as changed, at the nth moment. */
  write(id: string, n: number): void {
    const known = this.messages.find(({ _id }) => _id === id);
    if (known) known.modifiedAt = momentAt(n);
    else
      this.messages.push({
        ...{ _id: id, channel: CHANNEL, createdAt: START + n, modifiedAt: momentAt(n) },
      });
  }

  readonly get = async (call: Call): Promise<unknown> => {
    this.beforeCall();
    this.calls.push(call);
    const found = this.#find(call)
      .filter(({ _id }) => !this.removed.has(_id))
      .map((one) => ({ ...one, ...ODDITIES[this.oddities.get(one._id) ?? 'none'] }));
    const shown = this.#server.isNewestFirst ? found.toReversed() : found;
    return this.#server.hasEnvelope ? { data: shown } : shown;
  };

  #find({ moment = '', query }: Call): HistoryMessage[] {
    const { back, cap, ignoresSize, isInclusive } = this.#server;
    const isEpoch = /^\d+$/.test(moment);
    if (isEpoch && typeof back === 'number')
      throw new CotalkerError('UPSTREAM_UNAVAILABLE', 'refused', { status: back });
    const bound = isEpoch ? Number(moment) : Date.parse(moment);
    const isBack = isEpoch && query?.['until'] === false && back === 'there';
    const sign = isBack ? -1 : 1;
    const found = this.messages
      .filter(({ modifiedAt }) => {
        const distance = sign * (Date.parse(modifiedAt) - bound);
        return isInclusive ? distance >= 0 : distance > 0;
      })
      .sort((a, b) => Date.parse(a.modifiedAt) - Date.parse(b.modifiedAt));
    if (!isBack && this.isTooLong) throw invalidResponse('the answer unfolds to too much', 200);
    return isBack ? found.slice(-(ignoresSize ? cap : Math.min(cap, Number(query['mpp'])))) : found;
  }
}
