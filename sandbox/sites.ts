import type { ServerResponse } from 'node:http';
import type { SandboxData } from './data.ts';
import { isRecord } from './records.ts';

/** A page that links of groups lead to. */
interface Site {
  readonly title: string;
  readonly text: string;
  /** What the browser is told to do with a frame around the page. Default: nothing, so any page may frame it. */
  readonly framing?: Readonly<Record<string, string>>;
}

const REFUSES_FRAMES = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
};

const SITES: Readonly<Record<string, Site>> = {
  intranet: {
    title: 'Intranet',
    text: 'Its link is <code>external</code>: it opens a tab of its own.',
  },
  weather: {
    title: 'Clima y Pronóstico',
    text: 'Viento sur, 14 °C. Its link is <code>embedded</code>: it shows inside the front end.',
  },
  help: {
    title: 'Help Desk',
    text: 'Its link is neither <code>external</code> nor <code>embedded</code>: it is a pop-up. <code>auth</code> asks for the user’s token.',
  },
  reports: {
    title: 'Monthly Reports',
    text: 'Its link is <code>embedded</code>, but this page refuses to be framed, as many sites do.',
    framing: REFUSES_FRAMES,
  },
  files: {
    title: 'Files of Andina',
    text: 'A real company has the file here. Its link says <code>APK</code>: an app for Android.',
  },
};
const ANY_OTHER: Site = {
  title: 'A site of Andina',
  text: 'A group or one of its buttons leads here.',
};

const BASE = '/sites/';

/** Answers with the page at this target; false: there is none. Needs no token and is no call to the API. */
export function answerAsSite(target: string, response: ServerResponse): boolean {
  if (!target.startsWith(BASE)) return false;
  const [name = ''] = target.slice(BASE.length).split(/[/?]/);
  const site = Object.hasOwn(SITES, name) ? SITES[name] : undefined;
  const { title, text, framing } = site ?? ANY_OTHER;
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
    ...framing,
  });
  response.end(page(title, text));
  return true;
}

const page = (title: string, text: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>
      body { margin: 0; padding: 2rem; font: 1rem/1.5 system-ui, sans-serif; color: #123; background: #eef5f1; }
      main { max-width: 34rem; margin: auto; padding: 1.5rem 2rem; background: #fff; border-top: 0.4rem solid #0b6e4f; }
      h1 { margin: 0 0 0.5rem; font-size: 1.4rem; }
      small { color: #567; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${text}</p>
      <small>The sandbox of the Cotalker gateway serves this page.</small>
    </main>
  </body>
</html>
`;

/** Has the links and buttons of groups lead to the pages above, in place of hosts that do not exist. */
export function leadToSites({ groups }: SandboxData, origin: string): void {
  const lead = (record: unknown): void => {
    if (!isRecord(record) || typeof record['url'] !== 'string') return;
    record['url'] = record['url'].replace(
      /^https?:\/\/([a-z-]+)\.andina\.example\//,
      `${origin}${BASE}$1/`,
    );
  };
  for (const group of groups) {
    const { link, actions } = group;
    lead(link);
    if (Array.isArray(actions)) actions.forEach(lead);
    if (group['nameCode'] === 'monthly_reports') leadToReports(link, origin);
  }
}

/** An address within Cotalker's platform, which the sandbox has none of. */
function leadToReports(link: unknown, origin: string): void {
  if (isRecord(link)) link['url'] = `${origin}${BASE.slice(0, -1)}${String(link['url'])}`;
}
