import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { mechanismOf, sourceWithout } from './without.ts';

/* Loaded ahead of the gateway: gives one of its files another text, and the gateway knows nothing of it. */

const name = process.env['WITHOUT'] ?? '';
const target = pathToFileURL(mechanismOf(name).file).href;
registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    return url === target
      ? { ...loaded, source: sourceWithout(name, String(loaded.source)) }
      : loaded;
  },
});
