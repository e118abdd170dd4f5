export * from './group.ts';
export * from './query.ts';
