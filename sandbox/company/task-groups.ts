import { objectId } from '../ids.ts';
import type { RawRecord } from '../data.ts';
import type { GroupRow } from './group-row.ts';

const action = (display: string, url: string, more: RawRecord = {}): RawRecord => ({
  _id: objectId('action', display),
  display,
  url,
  icon: 'M19 13h-6v6h-2v-6H5v-2h6V5h2v6h6v2z',
  auth: false,
  external: false,
  ...more,
});

/** Not in the order of their weights; one has none. */
const fieldWorksActions = [
  action('Plano de redes', 'https://maps.andina.example/', { weight: 30, external: true }),
  action('Nueva obra', '/works/new', { weight: 10, auth: true }),
  action('Turnos', 'https://shifts.andina.example/', { weight: 20, auth: true, external: true }),
  action('Ayuda', '/help/works'),
];

const workflow = { viewSettings: { initialView: 'task' } };

/** The groups that a task group names. Nothing in their own payloads tells them for sure. */
export const taskGroupGroups: readonly GroupRow[] = [
  {
    code: 'field_works',
    name: 'Obras en Terreno',
    created: 10,
    modified: 1460,
    weight: 10,
    extra: {
      ...workflow,
      nameTranslations: { en: 'Field Works', 'pt-BR': 'Obras em Campo' },
      groupBy: 'zone',
      actions: fieldWorksActions,
      search: ['obras', 'en', 'terreno', 'field', 'works'],
    },
  },
  {
    code: 'network_incidents',
    name: 'Network Incidents',
    created: 11,
    modified: 899,
    weight: 20,
    extra: { ...workflow, nameTranslations: { es: 'Incidentes de Red' } },
  },
  {
    code: 'substation_maintenance',
    name: 'Mantención de Subestaciones',
    created: 13,
    modified: 1250,
    weight: 30,
  },
  { code: 'customer_quotes', name: 'Customer Quotes', created: 24, modified: 1177, weight: 10 },
  {
    code: 'safety_observations',
    name: 'Observaciones de Seguridad',
    created: 80,
    modified: 1099,
    // Shares the committee's place in the panel: the name decides.
    weight: 10,
    parent: 'safety',
  },
  {
    code: 'purchase_approvals',
    name: 'Aprobación de Compras',
    created: 60,
    modified: 970,
    weight: 60,
  },
  {
    code: 'vehicle_requests',
    name: 'Solicitud de Vehículos',
    created: 61,
    modified: 688,
    short: true,
  },
  {
    code: 'meter_replacement',
    name: 'Cambio de Medidores',
    created: 95,
    modified: 1388,
    weight: 63,
  },
  {
    code: 'customer_complaints',
    name: 'Reclamos de Clientes',
    created: 96,
    modified: 1222,
    weight: 65,
    extra: { defaultOpenBehavior: 'channel' },
  },
  {
    code: 'it_support',
    name: 'IT Support',
    created: 120,
    modified: 1003,
    weight: 70,
    extra: workflow,
  },
  { code: 'recruitment', name: 'Recruitment', created: 180, modified: 930, weight: 72 },
  { code: 'tender_pipeline', name: 'Tender Pipeline', created: 210, modified: 1155, weight: 20 },
  { code: 'permits', name: 'Permisos Municipales', created: 240, modified: 866, weight: 75 },
  { code: 'ideas_board', name: 'Ideas Board', created: 320, modified: 1080, weight: 77 },
  { code: 'quality_audits', name: 'Quality Audits', created: 720, modified: 721, weight: 78 },
  { code: 'site_diary', name: 'Bitácora de Obra', created: 150, modified: 480, weight: 79 },
  {
    code: 'internal_investigations',
    name: 'Internal Investigations',
    created: 365,
    modified: 1411,
    weight: 40,
    adminOnly: true,
  },
  {
    code: 'meter_rollout_2019',
    name: 'Meter Rollout 2019',
    created: 5,
    modified: 190,
    weight: 64,
    inactive: true,
  },
];
