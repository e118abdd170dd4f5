import relay from 'relay-runtime';
import { ask, type GatewayError } from './fetch.ts';
import { followInto } from './follow.ts';
import type { Gateway } from './types.ts';

const { Environment, Network, Observable, RecordSource, Store } = relay;

interface Options {
  /** Called for each error of an answer: Relay keeps the nulls, and hides the codes. */
  readonly onError?: (error: GatewayError) => void;
}

export const createRelayEnvironment = (
  gateway: Gateway,
  { onError = () => undefined }: Options = {},
): relay.Environment =>
  new Environment({
    network: Network.create(
      async ({ text }, variables): Promise<any> => {
        const answer = await ask(gateway, text ?? '', variables);
        answer.errors?.forEach(onError);
        return answer;
      },
      ({ text }, variables) =>
        Observable.create((sink) => followInto(sink, gateway, { query: text ?? '', variables })),
    ),
    store: new Store(new RecordSource()),
  });
