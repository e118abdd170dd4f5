import type { Pattern } from './patterns.ts';

interface MachineRow {
  readonly code: string;
  readonly name: string;
  readonly pattern: Pattern;
  readonly inactive?: true;
}

/** A task group with its state machines; a new task starts in the first. */
export interface WorkflowRow {
  readonly group: string;
  readonly view: 'list' | 'kanban' | 'calendar' | 'gantt' | 'grid';
  readonly machines: readonly [MachineRow, ...MachineRow[]];
  readonly hideClosedAfterDays?: number;
  readonly free?: true;
  readonly inactive?: true;
  /** Whether only who has a permission for it, in admin mode, may change its tasks. */
  readonly approversOnly?: true;
}

/** A machine that has its group's code. */
const main = (code: string, name: string, pattern: Pattern): MachineRow => ({
  code,
  name,
  pattern,
});

export const workflows: readonly WorkflowRow[] = [
  {
    group: 'field_works',
    view: 'kanban',
    hideClosedAfterDays: 30,
    machines: [
      main('field_works', 'Obra', 'works'),
      { code: 'field_works_urgent', name: 'Obra de emergencia', pattern: 'ticket' },
    ],
  },
  {
    group: 'network_incidents',
    view: 'list',
    hideClosedAfterDays: 7,
    machines: [
      main('network_incidents', 'Incident', 'ticket'),
      {
        code: 'network_incidents_2019',
        name: 'Incident (2019)',
        pattern: 'inspection',
        inactive: true,
      },
    ],
  },
  {
    group: 'substation_maintenance',
    view: 'calendar',
    machines: [
      main('substation_maintenance', 'Mantención', 'works'),
      { code: 'substation_inspection', name: 'Inspección', pattern: 'inspection' },
    ],
  },
  {
    group: 'customer_quotes',
    view: 'kanban',
    machines: [main('customer_quotes', 'Quote', 'sale')],
  },
  {
    group: 'safety_observations',
    view: 'list',
    machines: [main('safety_observations', 'Observación', 'inspection')],
  },
  {
    group: 'purchase_approvals',
    view: 'grid',
    hideClosedAfterDays: 90,
    approversOnly: true,
    machines: [
      main('purchase_approvals', 'Compra menor', 'approval'),
      { code: 'purchase_approvals_major', name: 'Compra mayor', pattern: 'approval' },
    ],
  },
  {
    group: 'vehicle_requests',
    view: 'calendar',
    machines: [main('vehicle_requests', 'Solicitud', 'approval')],
  },
  {
    group: 'meter_replacement',
    view: 'grid',
    machines: [main('meter_replacement', 'Cambio de medidor', 'works')],
  },
  {
    group: 'customer_complaints',
    view: 'list',
    machines: [main('customer_complaints', 'Reclamo', 'ticket')],
  },
  { group: 'it_support', view: 'list', machines: [main('it_support', 'Ticket', 'ticket')] },
  {
    group: 'recruitment',
    view: 'kanban',
    machines: [main('recruitment', 'Candidate', 'approval')],
  },
  {
    group: 'tender_pipeline',
    view: 'gantt',
    machines: [main('tender_pipeline', 'Tender', 'sale')],
  },
  { group: 'permits', view: 'calendar', machines: [main('permits', 'Permiso', 'approval')] },
  {
    group: 'ideas_board',
    view: 'grid',
    free: true,
    machines: [main('ideas_board', 'Idea', 'idea')],
  },
  {
    group: 'quality_audits',
    view: 'list',
    machines: [main('quality_audits', 'Audit', 'inspection')],
  },
  {
    group: 'site_diary',
    view: 'list',
    inactive: true,
    machines: [main('site_diary', 'Anotación', 'idea')],
  },
  {
    group: 'internal_investigations',
    view: 'list',
    machines: [main('internal_investigations', 'Investigation', 'ticket')],
  },
  {
    group: 'meter_rollout_2019',
    view: 'gantt',
    machines: [main('meter_rollout_2019', 'Rollout', 'works')],
  },
];
