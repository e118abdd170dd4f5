import { accessChecks } from './access-checks.ts';
import { answerChecks } from './answer-checks.ts';
import { channelChecks } from './channel-checks.ts';
import type { Check } from './check.ts';
import { directoryChecks } from './directory-checks.ts';
import { groupChecks } from './group-checks.ts';
import { messageChecks } from './message-checks.ts';
import { taskChecks } from './task-checks.ts';
import { workflowChecks } from './workflow-checks.ts';

/** All that is looked at, in the order in which it is told. */
export const AREAS: readonly (readonly [area: string, checks: readonly Check[]])[] = [
  ['Groups', groupChecks],
  ['Channels', channelChecks],
  ['Messages', messageChecks],
  ['Task groups and tasks', taskChecks],
  ['State machines', workflowChecks],
  ['People and properties', directoryChecks],
  ['All answers', answerChecks],
  ['Access', accessChecks],
];
