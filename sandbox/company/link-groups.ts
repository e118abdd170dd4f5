import type { RawRecord } from '../data.ts';
import type { GroupRow } from './group-row.ts';

/** A pop-up that gets no token, unless `more` says otherwise. */
const target = (url: string, more: RawRecord = {}): RawRecord => ({
  url,
  linkType: 'URL',
  auth: false,
  embedded: false,
  external: false,
  ...more,
});

export const linkGroups: readonly GroupRow[] = [
  {
    code: 'intranet',
    name: 'Intranet',
    created: 20,
    modified: 600,
    weight: 100,
    link: target('https://intranet.andina.example/', { external: true }),
  },
  {
    code: 'weather',
    name: 'Clima y Pronóstico',
    created: 88,
    modified: 640,
    weight: 105,
    link: target('https://weather.andina.example/map?zoom=6', { embedded: true }),
  },
  {
    code: 'help_desk',
    name: 'Help Desk',
    created: 90,
    modified: 899,
    weight: 110,
    link: target('https://help.andina.example/new', { auth: true, tokenKey: 'access_token' }),
  },
  {
    code: 'field_app',
    name: 'Field App (Android)',
    created: 300,
    modified: 1350,
    weight: 111,
    link: target('https://files.andina.example/field-4.2.apk', { linkType: 'APK', external: true }),
  },
  {
    code: 'qr_scanner',
    name: 'Escáner QR',
    created: 301,
    modified: 777,
    weight: 112,
    link: target('', { cmd: 'cotalker://scanner?mode=qr' }),
  },
  {
    code: 'monthly_reports',
    name: 'Monthly Reports',
    created: 410,
    modified: 1122,
    weight: 120,
    link: target('/reports/monthly?view=summary', { embedded: true }),
    // Deprecated, and wrong: the target is what makes it a link group.
    extra: { defaultOpenBehavior: 'channel' },
  },
  {
    code: 'prize_draw',
    name: 'Prize Draw!!!',
    created: 950,
    modified: 951,
    weight: 130,
    link: target(' JaVaScRiPt:alert(document.domain)', { external: true }),
  },
  {
    code: 'audit_console',
    name: 'Audit Console',
    created: 500,
    modified: 1400,
    weight: 140,
    link: target('https://audit.andina.example/', { auth: true, external: true }),
    adminOnly: true,
  },
  {
    code: 'old_intranet',
    name: 'Intranet (antigua)',
    created: 0,
    modified: 25,
    weight: 101,
    link: target('http://old-intranet.andina.example/', { external: true }),
    inactive: true,
  },
];
