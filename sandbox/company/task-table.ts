/** The tasks of one task group: how many, and what they are about. A task's name is a subject and a place. */
export interface TaskRow {
  readonly group: string;
  readonly count: number;
  /** Their number and the 25 places have no common divisor, so names repeat late. */
  readonly subjects: readonly string[];
  /** Channels of the group that every sixth task is discussed in. */
  readonly channels?: readonly string[];
}

export const taskTable: readonly TaskRow[] = [
  {
    group: 'field_works',
    count: 64,
    subjects: [
      'Reposición de postes',
      'Tendido de cable',
      'Cambio de transformador',
      'Trench excavation',
      'Poda de árboles',
      'Street lighting',
    ],
    channels: ['Cuadrilla Norte', 'Cuadrilla Sur'],
  },
  {
    group: 'network_incidents',
    count: 40,
    subjects: ['Power outage', 'Low voltage', 'Corte por choque', 'Fallen line'],
    channels: ['On Call'],
  },
  {
    group: 'substation_maintenance',
    count: 28,
    subjects: ['Medición de aceite', 'Termografía', 'Limpieza de aisladores'],
    channels: ['Transformadores', 'Protecciones'],
  },
  {
    group: 'customer_quotes',
    count: 24,
    subjects: ['Solar rooftop', 'New connection', 'Empalme trifásico'],
    channels: ['Quote Reviews'],
  },
  {
    group: 'safety_observations',
    count: 22,
    subjects: ['Sin casco', 'Escalera en mal estado', 'Zanja sin señalizar'],
  },
  {
    group: 'purchase_approvals',
    count: 18,
    subjects: ['Guantes dieléctricos', 'Camioneta 4x4', 'Conductor 70 mm²', 'Notebooks'],
  },
  { group: 'vehicle_requests', count: 14, subjects: ['Camión grúa', 'Van', 'Camioneta'] },
  { group: 'meter_replacement', count: 16, subjects: ['Medidor monofásico', 'Smart meter'] },
  { group: 'customer_complaints', count: 14, subjects: ['Boleta alta', 'Corte sin aviso'] },
  { group: 'it_support', count: 12, subjects: ['VPN access', 'Broken screen', 'New account'] },
  { group: 'recruitment', count: 9, subjects: ['Electrician', 'Dispatcher', 'Prevencionista'] },
  { group: 'tender_pipeline', count: 11, subjects: ['Street lighting tender', 'Licitación redes'] },
  { group: 'permits', count: 8, subjects: ['Ocupación de vía', 'Rotura de pavimento'] },
  { group: 'ideas_board', count: 7, subjects: ['Drone inspection', 'Paperless shift log'] },
  { group: 'quality_audits', count: 0, subjects: [] },
  { group: 'site_diary', count: 2, subjects: ['Inicio de faena'] },
  { group: 'internal_investigations', count: 5, subjects: ['Missing copper', 'Expense report'] },
  { group: 'meter_rollout_2019', count: 6, subjects: ['Plan de cambio'] },
];
