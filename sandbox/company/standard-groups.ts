import { ids } from './ids.ts';
import { planted } from './planted.ts';
import type { GroupRow } from './group-row.ts';

const operations = {
  isCategory: true,
  nestedGroups: [
    ...['control_room', 'field_works', 'network_incidents', 'substation_maintenance'],
    ...['legacy_dispatch', 'internal_investigations'],
  ]
    .map(ids.group)
    .concat(planted.unknownGroup),
};

const sales = {
  isCategory: true,
  nestedGroups: ['customer_quotes', 'south_pacific_sales_2020', 'tender_pipeline'].map(ids.group),
};

export const standardGroups: readonly GroupRow[] = [
  {
    code: 'company_announcements',
    name: 'Company Announcements',
    created: 3,
    modified: 1204,
    weight: 10,
    extra: { help: { text: 'News from the whole company', isActive: true } },
  },
  {
    code: 'operations',
    name: 'Operaciones',
    created: 4,
    modified: 611,
    weight: 20,
    extra: operations,
  },
  { code: 'sales', name: 'Sales', created: 4, modified: 402, weight: 30, extra: sales },
  { code: 'control_room', name: 'Sala de Control', created: 9, modified: 1490, weight: 5 },
  { code: 'safety', name: 'Prevención de Riesgos', created: 15, modified: 733, weight: 40 },
  {
    code: 'safety_training',
    name: 'Capacitaciones',
    created: 70,
    modified: 899,
    weight: 5,
    parent: 'safety',
  },
  {
    code: 'training_materials',
    name: 'Training Materials',
    created: 71,
    modified: null,
    weight: 1,
    parent: 'safety_training',
  },
  {
    code: 'safety_committee',
    name: 'Comité Paritario',
    created: 66,
    modified: 1011,
    weight: 10,
    parent: 'safety',
  },
  {
    code: 'people_and_culture',
    name: 'Personas y Cultura',
    created: 30,
    modified: 845,
    weight: 50,
  },
  {
    code: 'board_room',
    name: 'Directorio',
    created: 31,
    modified: 1302,
    weight: 55,
    adminOnly: true,
  },
  {
    code: 'board_minutes',
    name: 'Actas para Gerencias',
    created: 140,
    modified: 1303,
    weight: 1,
    parent: 'board_room',
  },
  { code: 'warehouse', name: 'Bodega Central', created: 45, modified: 520, short: true },
  {
    code: 'suppliers',
    name: 'Proveedores',
    created: 52,
    modified: 899,
    weight: 80,
    link: { url: '', cmd: '  ', linkType: 'URL', auth: false },
    extra: { defaultOpenBehavior: 'link', subdisplay: 'Materials and services' },
  },
  {
    code: 'legacy_dispatch',
    name: 'Despacho (antiguo)',
    created: 2,
    modified: 365,
    weight: 7,
    inactive: true,
  },
  {
    code: 'closed_projects',
    name: 'Closed Projects 2019',
    created: 1,
    modified: 41,
    short: true,
    inactive: true,
  },
];
