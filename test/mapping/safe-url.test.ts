import { describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { isSafeUrl } from '../../src/mapping/safe-url.ts';

const SCHEMES = ['javascript', 'data', 'vbscript'];

describe('a legitimate link passes', () => {
  test.each([
    ...['', '/', '#', '?', ' ', '&', '%', 'tasks/123', '/tasks/list?id=1', '//host/path'],
    ...['https://x.test/', 'HTTP://x.test', 'mailto:a@x.test', 'tel:+56912345678', 'about:blank'],
    ...['whatsapp://send?text=hola', 'market://details?id=x', 'cotalker://tasks/1'],
    ...['openSurvey:5fb43a', 'openSurvey:R&amp;D%20plan', 'feed:123', 'feed:https://x.test/rss'],
    ...['https://x.test/?next=javascript:alert(1)', 'https://x.test/a&#58;b?c=1&amp;d=%2525'],
    ...['?q=javascript:', '#javascript:', './javascript:foo', '/javascript:foo', '#a&amp;b:c'],
    ...['Añadir tarea: número 1', 'mi encuesta/1', 'mi%20encuesta%2F1', 'caf%C3%A9/menu'],
    ...['R&D/plan', 'R & D; x', 'openTask&tab=2', 'search&num=5&lang=es'],
    // Other words than the schemes, or not in the scheme's place.
    ...['javascript', 'javascripts:x', 'my-data:x', 'database:1', 'data/entry', 'data entry: 1'],
    ...['java script:x', 'open:javascript:x'],
    // To a browser these letters are no scheme: full width, long s, Cyrillic а.
    ...['ｊａｖａｓｃｒｉｐｔ：x', 'javaſcript:x', 'jаvascript:x'],
  ])('%j', (url) => expect(isSafeUrl(url)).toBe(true));
});

describe('a target that runs script or brings content is refused', () => {
  test.each([
    ...['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'JaVaScRiPt:x', 'javascript:'],
    ...['blob:https://x.test/1', 'filesystem:https://x.test/a', 'jar:https://x.test/a!/b'],
    ...['view-source:javascript:x', 'feed:javascript:x', 'feed:feed:data:x', 'URL:javascript:x'],
    ...['f%65ed:javascript:x', 'feed:java&#115;cript:x', 'feed&colon;javascript:x'],
    // White space and what does not show.
    ...['\u0000\u001f javascript:x', 'java\tscr\r\nipt:x', 'javascript\n:x', '\u00a0javascript:x'],
    ...['java\u200bscript:x', '\ufeffjavascript:x', 'java\u00adscript:x', 'java\ufe0fscript:x'],
    ...['feed: javascript:x', ' feed:data:x', ' \u200b\u2028 data:x', '%C2%A0 %0Adata:x'],
    // Character references, the `;` missing or not, zero-padded, escaped again.
    ...['java&#115;cript:x', 'javascript&colon;alert(1)', '&#x6A;avascript:x', '&#X6a;avascript:x'],
    ...['java&Tab;script:x', 'java&NewLine;script:x', 'java&newline;script:x', '&#1;javascript:x'],
    ...['&#106avascript:x', '&#0000106avascript:x', 'java&#x73cript&#58alert(1)'],
    ...['&amp;#106;avascript:x', '&amp;amp;#106;avascript:x', '&#38;#106;avascript:x'],
    ...['&amp#106avascript:x', '&AMP&num;106avascript:x', 'javascript&ampcolon;x'],
    ...['javascript&colon&semi;x', 'javascript&c&#111;lon;x'],
    // Taking the newline out first would turn this `j` into U+06AA.
    '&#x6A\navascript:x',
    // Percent-escapes, for an app that decodes first; then mixed with references in either order.
    ...['javascript%3Ax', '%6Aavascript:x', 'javascript%25253Ax', '%%36aavascript%2%35%33Ax'],
    ...['%09java%0Ascript:x', 'java%E2%80%8Bscript:x'],
    ...['%26%23106;avascript:x', '&#37;6aavascript:x', '&#x6%41;avascript:x', '&#x6A%61vascript:x'],
  ])('%j', (url) => expect(isSafeUrl(url)).toBe(false));
});

/** One character in one of the ways to write it. */
const written = (char: string) => {
  const code = char.charCodeAt(0);
  const number = fc
    .tuple(fc.boolean(), fc.nat({ max: 9 }), fc.constantFrom(';', ''))
    .map(([hex, zeros, end]) =>
      ['&#', hex ? 'x' : '', '0'.repeat(zeros), code.toString(hex ? 16 : 10), end].join(''),
    );
  const percent = fc
    .nat({ max: 3 })
    .map((depth) => `%${'25'.repeat(depth)}${code.toString(16).padStart(2, '0')}`);
  const plain = fc.constantFrom(char, char.toUpperCase());
  return fc.oneof({ weight: 5, arbitrary: plain }, number, percent);
};
const dropped = fc.constantFrom('', '', '', '\t', '\n', '\r', '&Tab;', '&NewLine;', '\u200b');
const leading = fc.string({ unit: fc.constantFrom(' ', '\0', '\x1f', '\t', '&#1;', '%20') });
const disguised = (scheme: string) =>
  fc
    .tuple(
      leading,
      fc.tuple(...Array.from(scheme, (char) => fc.tuple(written(char), dropped))),
      fc.oneof(written(':'), fc.constant('&colon;')),
      fc.constantFrom('', 'alert(1)', '//x', 'text/html,x?y'),
      fc.nat({ max: 4 }),
    )
    .map(([start, chars, colon, rest, escapes]) => {
      let url = start + chars.flat().join('') + colon + rest;
      for (let i = 0; i < escapes; i++) url = url.replaceAll('&', '&amp;');
      return url;
    });

test('no combination of disguises passes', () => {
  const urls = fc.constantFrom(...SCHEMES).chain(disguised);
  fc.assert(
    fc.property(urls, (url) => !isSafeUrl(url)),
    { numRuns: 5000 },
  );
});

test('agrees with the WHATWG URL parser on script and on http(s)', () => {
  const piece = fc.constantFrom(
    ...['javascript', 'DATA', 'vbscript', 'https', 'http', 'feed', ':', ':', '/', '//', '?', '#'],
    ...['\t', '\n', ' ', '\0', 'x', '.test', '@', '&', 'amp', ';', '106', '%', '25', '%2', '%3A'],
  );
  const start = fc.constantFrom('', ' ', 'javascript:', 'da\nta:', 'http:', 'ht\ttps:');
  const met = new Set<string>();
  const urls = fc.tuple(start, fc.array(piece, { maxLength: 12 }));
  fc.assert(
    fc.property(urls, ([prefix, pieces]) => {
      const url = prefix + pieces.join('');
      const protocol = URL.parse(url)?.protocol ?? '';
      met.add(protocol);
      if (SCHEMES.includes(protocol.slice(0, -1))) expect(isSafeUrl(url)).toBe(false);
      if (/^https?:$/.test(protocol)) expect(isSafeUrl(url)).toBe(true);
    }),
    { numRuns: 5000 },
  );
  expect([...met]).toEqual(expect.arrayContaining(['javascript:', 'data:', 'http:', 'https:']));
});

test('a head no browser follows is refused, a long path or query is not', () => {
  const long = 'x'.repeat(3_000_000);
  expect(isSafeUrl(`cmd:${long}`)).toBe(false);
  expect(isSafeUrl(`/${long}`)).toBe(true);
});
