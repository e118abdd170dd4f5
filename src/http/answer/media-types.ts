import { getSSEProcessor, isAsyncIterable, type Plugin, processRegularResult } from 'graphql-yoga';
import { badRequest } from '../../errors.ts';
import { MEDIA_TYPES, type MediaType, preferred } from '../../graphql/execution/media-types.ts';
import type { Summarized } from '../../observe/request-summary.ts';
import { writeMultipart } from './multipart.ts';

/** As often as Yoga does among server-sent events, in milliseconds. */
const HEARTBEAT_MS = 12_000;

/**
 * Writes each answer as its caller likes it best (`Accept`). What is whole comes as JSON wherever that is accepted;
 * what has no end in events; see {@link MEDIA_TYPES}.
 *
 * Not as Yoga chooses, which takes no notice of weights, `q=0` and parameters.
 */
export const useMediaTypes = (heartbeatMs = HEARTBEAT_MS): Plugin<Summarized, Summarized> => {
  const writers = {
    json: processRegularResult,
    graphql: processRegularResult,
    events: getSSEProcessor(),
    parts: writeMultipart({ type: 'parts', boundary: '-', wrap: (result) => result }),
    payloads: writeMultipart({
      type: 'payloads',
      boundary: 'graphql',
      wrap: (payload) => ({ payload }),
      heartbeatMs,
    }),
  };
  const choose = (accept: string | null, isStream: boolean, isOpen: boolean) => {
    if (isStream) return isOpen ? (preferred(accept, ['events', 'payloads']) ?? 'events') : 'parts';
    return (
      preferred(accept, ['json', 'graphql']) ??
      preferred(accept, ['events', 'parts', 'payloads']) ??
      'json'
    );
  };
  return {
    /** GraphQL over HTTP, "Body": what no answer could be given to is not executed. */
    onRequestParse({ request }) {
      if (preferred(request.headers.get('accept'), ALL) === undefined)
        throw badRequest(`The "Accept" header has none of these: ${NAMES}.`, 406);
    },
    onResultProcess({ request, result, serverContext: { summary }, setResultProcessor }) {
      const type = choose(request.headers.get('accept'), isAsyncIterable(result), summary.isOpen);
      setResultProcessor(writers[type], nameOf(type));
    },
  };
};

const ALL = Object.keys(MEDIA_TYPES) as MediaType[];
const nameOf = (type: MediaType): string => MEDIA_TYPES[type].replace(/;.*/, '');
const NAMES = [...new Set(ALL.map(nameOf))].join(', ');
