export * from './channel.ts';
export * from './group.ts';
export * from './message.ts';
export * from './query.ts';
export * from './state-machine.ts';
export * from './task.ts';
