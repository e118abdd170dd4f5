import { places } from './places.ts';

type Trait = 'private' | 'inactive' | 'short';

export type ChannelRow = readonly [name: string, ...traits: Trait[]];

/** The channels of each group; a group that is not here has none. */
export const channelTable: Readonly<Record<string, readonly ChannelRow[]>> = {
  control_room: places.map((place): ChannelRow => [`S/E ${place}`]),
  company_announcements: [['General'], ['Cafetería'], ['Events and Birthdays']],
  south_pacific_sales_2020: [
    ['Weekly Forecast', 'short'],
    ['Valparaíso Accounts', 'short'],
    ['Lost Deals', 'short', 'inactive'],
  ],
  north_division_2021: [
    ['Projections Q1', 'short'],
    ['Projections Q2', 'short'],
  ],
  safety: [['Comunicados'], ['Emergencias 24/7']],
  safety_committee: [['Reuniones del Comité', 'private']],
  safety_training: [['Trabajo en Altura'], ['Primeros Auxilios']],
  people_and_culture: [['Benefits'], ['Vacaciones'], ['Remuneraciones', 'private']],
  board_room: [
    ['Estados Financieros', 'private'],
    ['Mergers', 'private'],
  ],
  warehouse: [
    ['Recepción', 'short'],
    ['Stock Crítico', 'short'],
    ['Inventario 2020', 'short', 'inactive'],
  ],
  legacy_dispatch: [['Turno Noche', 'inactive'], ['Turno Día']],
  closed_projects: [['Planta Tiltil', 'inactive']],
  suppliers: [['Contratos Marco'], ['Cable & Conductor']],
  field_works: [['Cuadrilla Norte'], ['Cuadrilla Sur'], ['Cuadrilla Costa'], ['Permits Desk']],
  network_incidents: [['On Call'], ['Post-mortems'], ['Cortes Programados']],
  substation_maintenance: [['Transformadores'], ['Protecciones']],
  customer_quotes: [['Quote Reviews'], ['Old Templates', 'inactive']],
  internal_investigations: [['Case Room', 'private']],
  it_support: [['IT Announcements'], ['Printer Corner']],
};

/** One-to-one channels between the sandbox user and another; most belong to no group. */
export const directTable: readonly { readonly with: string; readonly group?: string }[] = [
  { with: 'valentina_soto' },
  { with: 'james_whitfield' },
  { with: 'hernan_pizarro' },
  { with: 'sarah_lindqvist' },
  { with: 'daniel_okafor', group: 'network_incidents' },
];
