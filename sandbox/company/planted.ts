import { objectId } from '../ids.ts';
import { ids } from './ids.ts';

/**
 * The oddities that are in the company on purpose, so that tests can name them. Every other reference in
 * the data leads somewhere.
 */
export const planted = {
  /** Ids that no record has. */
  unknownGroup: objectId('gone', 'group'),
  unknownState: objectId('gone', 'state'),
  unknownUser: objectId('gone', 'user'),

  groups: {
    /** Four with the same `modifiedAt`, in their order of insertion, which is not that of their ids. */
    tied: ['safety_training', 'suppliers', 'network_incidents', 'help_desk'].map(ids.group),
    tiedAt: '2022-06-18T15:04:00.000Z',
    withoutModifiedAt: ids.group('training_materials'),
    /** A standard group although `defaultOpenBehavior` says link and `link` holds blank targets. */
    blankLink: ids.group('suppliers'),
    /** Its `nestedGroups` name `unknownGroup`, an admin-only group and an inactive one, too. */
    categoryWithGaps: ids.group('operations'),
    category: ids.group('sales'),
    /** grandparent > parent > child */
    lineage: ['safety', 'safety_training', 'training_materials'].map(ids.group),
    /** Shows to everybody, while its parent is admin-only. */
    childOfAdminOnly: ids.group('board_minutes'),
    withActions: ids.group('field_works'),
    inactive: ['legacy_dispatch', 'closed_projects', 'meter_rollout_2019', 'old_intranet'].map(
      ids.group,
    ),
    adminOnly: {
      standard: ids.group('board_room'),
      task: ids.group('internal_investigations'),
      link: ids.group('audit_console'),
    },
    /** The two groups of the seed and the sample of the sheet. */
    documented: ['south_pacific_sales_2020', 'north_division_2021', 'best_group'].map(ids.group),
  },

  links: {
    external: ids.group('intranet'),
    embedded: ids.group('weather'),
    /** A pop-up, which gets the user's token. */
    popUp: ids.group('help_desk'),
    apk: ids.group('field_app'),
    /** Its `url` is empty. */
    cmd: ids.group('qr_scanner'),
    relative: ids.group('monthly_reports'),
    /** ` JaVaScRiPt:…` */
    unsafe: ids.group('prize_draw'),
  },

  channels: {
    groupWith25: ids.group('control_room'),
    groupWithNone: ids.group('best_group'),
    /** Their last messages: of the newer form, named for its sender, a picture. */
    newerMessage: ids.channel('control_room_s_e_rancagua'),
    namedMessage: ids.channel('control_room_s_e_quilicura'),
    picture: ids.channel('company_announcements_cafeteria'),
  },

  messages: {
    /** Has a long history: messages of all kinds, edited and removed ones, and 25 of one moment. */
    channel: ids.channel('field_works_cuadrilla_norte'),
  },

  taskGroups: {
    large: ids.taskGroup('field_works'),
    empty: ids.taskGroup('quality_audits'),
    /** Without an `initialStateMachine`. */
    free: ids.taskGroup('ideas_board'),
    /** Inactive, while its group is active: still a task group. */
    inactive: ids.taskGroup('site_diary'),
    unknownInitialState: ids.taskGroup('permits'),
    /** Some of its tasks show only to the people in `visibility`. */
    restricted: ids.taskGroup('purchase_approvals'),
  },

  stateMachines: {
    /** Its `initialState` is `unknownState`. */
    unknownInitialState: ids.stateMachine('permits'),
    inactive: ids.stateMachine('network_incidents_2019'),
  },

  states: {
    /** Inactive; old tasks still point at it. */
    inactive: ids.state('network_incidents', 'escalated'),
    /** One of its transitions takes the older `task-ui`, the other `*`. */
    olderTriggers: ids.state('ideas_board', 'noted'),
    withoutProperty: ids.state('ideas_board', 'trial'),
  },

  users: {
    inactive: [ids.user('hernan_pizarro'), ids.user('olivia_bennett')],
    /** Has `names` and `lastName` only. */
    withoutDisplayName: ids.user('matias_contreras'),
    /** Has an email and no name at all. */
    withoutName: ids.user('contratista_norte'),
    /** Its avatar is three `""`: there is no picture. */
    blankAvatar: ids.user('francisca_araya'),
  },

  tasks: {
    inactiveAssignee: [ids.task('field_works', 5), ids.task('network_incidents', 7)],
    /** Its `smState` is `unknownState`. */
    unknownState: ids.task('network_incidents', 11),
    inInactiveState: ids.task('network_incidents', 10),
    /** In `states.withoutProperty`, and so without a `status`. Inactive. */
    withoutStatus: ids.task('ideas_board', 4),
    /** `unknownUser` is its assignee and one of its followers. */
    unknownUser: ids.task('vehicle_requests', 3),
    sameName: [ids.task('customer_quotes', 8), ids.task('customer_quotes', 19)],
    withoutName: ids.task('it_support', 4),
    /** Visible to others only, not to sandbox-user. */
    hidden: [ids.task('purchase_approvals', 2), ids.task('purchase_approvals', 3)],
    /** Restricted, and sandbox-user is on the list. */
    shared: ids.task('purchase_approvals', 4),
  },
};
