/**
 * Decides which link targets of Cotalker may reach a browser.
 *
 * A front end navigates to, opens or embeds these, so a target that runs script or brings its own content is
 * refused. Everything else passes, unknown schemes too: an app's commands and deep links (`openSurvey:5fb43a`,
 * `cotalker://…`) cannot be listed beforehand, hence a denylist.
 */

/**
 * - `javascript`, `vbscript`: script.
 * - `data`, `jar`: content that travels in the link, or is picked out of an archive.
 * - `blob`, `filesystem`: content one open page has made. Stored upstream, it is never a real link.
 */
const REFUSED = 'javascript|vbscript|data|jar|blob|filesystem';

/**
 * Prefixes that some reader has taken off to open the rest: `feed:` (Firefox before 64),
 * `view-source:`, and `URL:` (https://www.rfc-editor.org/rfc/rfc3986#appendix-C). Not refused by
 * themselves: `feed:https://…` does no harm.
 */
const WRAPPERS = '(?:\\s*(?:feed|url|view-source):)*';

// No `u` flag: with it `i` folds U+017F to `s`, while a browser's schemes are ASCII.
const REFUSED_SCHEME = new RegExp(`^${WRAPPERS}\\s*(?:${REFUSED}):`, 'i');

/**
 * A character reference where the scheme would be, for a front end that writes the link into an
 * attribute unescaped. Refused, not decoded: this holds for each of the 2,231 names and however
 * often it was escaped. Why it is complete: the only references it does not match are names without
 * `;`, of which only `&amp` stands for a character that matters here. Reading `&amp` leaves an `&`
 * before the same text, which again does not match; so an `&` stays, and no scheme has one. `#`
 * ends the match for `&#106`, and for `&amp#106` escaped without `;`.
 * https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
 *
 * Price: `R&amp;D/plan` is refused. `R&D/plan`, `openTask&tab=2` and any `&` after `/ ? # :` pass.
 */
const REFERENCE_IN_SCHEME = new RegExp(`^${WRAPPERS}[^:/?#]*&[a-z0-9]*[;#]`, 'i');

/**
 * Invisible characters, anywhere in a scheme. The URL parser drops tabs and newlines
 * (https://url.spec.whatwg.org/#concept-basic-url-parser). Filters drop other controls, zero-width characters, soft
 * hyphens and the like, so these count too. This affects only links that spell a refused scheme. White space counts
 * only at the start (`\s*` above). There the parser trims C0 controls and spaces, and `String.trim` the rest.
 * Inside, it makes no scheme (`data entry: 1`).
 */
const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * No longer run of text without `/` or `?` is looked into, which bounds the time and the stack the
 * patterns take. Chromium follows no URL longer than this:
 * https://chromium.googlesource.com/chromium/src/+/main/docs/security/url_display_guidelines/url_display_guidelines.md
 */
const MAX_HEAD = 2 * 1024 * 1024;

const PERCENT_ESCAPE = /^%[0-9a-f]{2}$/i;

/**
 * False for a target that runs script or brings its own content, under any disguise a URL parser, an HTML attribute
 * or percent-decoding would undo. Pass a safe link on unchanged. Total and linear in the length of the link; the
 * empty string is safe (no link at all).
 *
 * Not covered: escapes of other languages (`\x6a`, `%u006a`), letters that only look similar, and the page behind a
 * safe link. Nor are quotes that break out of an attribute: the front end must escape those.
 */
export function isSafeUrl(url: string): boolean {
  // No scheme reaches past the first `/` or `?`, and no decoding takes these two away.
  const end = url.search(/[/?]/);
  const head = end === -1 ? url : url.slice(0, end);
  if (head.length > MAX_HEAD) return false;
  const visible = percentDecoded(head).replace(INVISIBLE, '');
  return !REFUSED_SCHEME.test(visible) && !REFERENCE_IN_SCHEME.test(visible);
}

/**
 * Undoes percent-escapes until none is left, escapes of escapes included (`%256A`, `%%36A`).
 * To a browser `javascript%3A` is a relative link, but an app that decodes its links first would
 * run it, and no honest link starts so.
 *
 * One pass over a stack: repeating `replace` would be quadratic on hostile input. Escapes beyond
 * ASCII vanish: some stand for what does not show (`%E2%80%8B`), none for a letter of a scheme.
 */
function percentDecoded(text: string): string {
  const stack: string[] = [];
  for (const char of text) {
    stack.push(char);
    while (stack.at(-3) === '%') {
      const escape = stack.slice(-3).join('');
      if (!PERCENT_ESCAPE.test(escape)) break;
      const code = Number.parseInt(escape.slice(1), 16);
      stack.splice(-3, 3, code < 0x80 ? String.fromCharCode(code) : '');
    }
  }
  return stack.join('');
}
