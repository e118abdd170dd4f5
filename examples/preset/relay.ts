import relay from 'relay-runtime';
import { ask, type GatewayError } from './fetch.ts';
import { followInto } from './follow.ts';
import type { Gateway } from './types.ts';

const { Environment, Network, Observable, RecordSource, Store } = relay;

interface Options {
  /** Called for each error of an answer: Relay keeps the nulls, and hides the codes. */
  readonly onError?: (error: GatewayError) => void;
}

/** With `persistConfig`, the compiler leaves an id in place of the text. */
const questionOf = ({ text, id }: relay.RequestParameters) =>
  text === null ? { documentId: id ?? '' } : { query: text };

export const createRelayEnvironment = (
  gateway: Gateway,
  { onError = () => undefined }: Options = {},
): relay.Environment =>
  new Environment({
    network: Network.create(
      async (request, variables): Promise<any> => {
        const answer = await ask(gateway, questionOf(request), variables);
        answer.errors?.forEach(onError);
        return answer;
      },
      (request, variables) =>
        Observable.create((sink) =>
          followInto(sink, gateway, { ...questionOf(request), variables }),
        ),
    ),
    store: new Store(new RecordSource()),
  });
