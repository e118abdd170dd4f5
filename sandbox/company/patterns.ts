/** The older `task-ui` means `manual`, and `*` any trigger (sheet, section 3). */
type Trigger = 'survey' | 'manual' | 'none' | 'task-ui' | '*';

/** Through what a state of a pattern is left: `to`, by which trigger. */
type Next = readonly [to: string, ...triggers: Trigger[]];

export interface PatternState {
  readonly code: string;
  /** What the state's property displays; null: the state has no property. */
  readonly display: string | null;
  readonly type: 'new' | 'in-progress' | 'closed';
  readonly next: readonly Next[];
  readonly inactive?: true;
}

const state = (
  code: string,
  display: string | null,
  type: PatternState['type'],
  ...next: Next[]
): PatternState => ({ code, display, type, next });

/** The ways in which the company works; state machines follow one each, the first state is the initial one. */
export const patterns = {
  works: [
    state('planned', 'Planned', 'new', ['in_progress', 'manual'], ['cancelled', 'survey']),
    state('in_progress', 'In progress', 'in-progress', ['on_hold', 'manual'], ['done', 'survey']),
    state('on_hold', 'On hold', 'in-progress', ['in_progress', 'manual'], ['cancelled', 'survey']),
    state('done', 'Done', 'closed'),
    state('cancelled', 'Cancelled', 'closed', ['planned', 'none']),
  ],
  ticket: [
    state('open', 'Abierto', 'new', ['assigned', 'manual', 'survey']),
    state('assigned', 'Asignado', 'in-progress', ['resolved', 'survey'], ['open', 'none']),
    { ...state('escalated', 'Escalado', 'in-progress', ['resolved', 'manual']), inactive: true },
    state('resolved', 'Resuelto', 'closed'),
  ],
  approval: [
    state('requested', 'Solicitado', 'new', ['under_review', 'none']),
    state(
      'under_review',
      'En revisión',
      'in-progress',
      ['approved', 'survey'],
      ['rejected', 'survey'],
    ),
    state('approved', 'Aprobado', 'closed'),
    state('rejected', 'Rechazado', 'closed', ['requested', 'manual']),
  ],
  sale: [
    state('lead', 'Lead', 'new', ['quoted', 'survey'], ['lost', 'manual']),
    state('quoted', 'Quoted', 'in-progress', ['negotiation', 'manual'], ['lost', 'manual']),
    state('negotiation', 'Negotiation', 'in-progress', ['won', 'survey'], ['lost', 'survey']),
    state('won', 'Won', 'closed'),
    state('lost', 'Lost', 'closed'),
  ],
  inspection: [
    state('scheduled', 'Agendado', 'new', ['in_review', 'manual']),
    state('in_review', 'En inspección', 'in-progress', ['passed', 'survey'], ['failed', 'survey']),
    state('passed', 'Conforme', 'closed'),
    state('failed', 'No conforme', 'closed', ['scheduled', 'none']),
  ],
  idea: [
    state('noted', 'Noted', 'new', ['trial', 'task-ui'], ['adopted', '*']),
    state('trial', null, 'in-progress', ['adopted', 'manual']),
    state('adopted', 'Adopted', 'closed'),
  ],
} as const satisfies Record<string, readonly PatternState[]>;

export type Pattern = keyof typeof patterns;
