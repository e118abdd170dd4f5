import type { GraphQLRequest, Scenario } from './scenarios.ts';
import type { Tokens } from './tokens.ts';

/** Where a subject is to listen, and what it stands in front of. */
export interface Address {
  readonly port: number;
  readonly upstreamUrl: string;
  readonly latencyMs: number;
  /** Who will ask; undefined: who has asked before may ask again. */
  readonly tokens?: Tokens;
}

/** How to start a subject: the arguments of Node, and the environment beside `PATH`. */
export interface Command {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a subject with a schema of its own is asked in place of a scenario's request. */
export interface Translation {
  readonly request: GraphQLRequest;
  /** Its `data` in the words of the contract. */
  readonly normalise: (data: unknown) => unknown;
}

export interface Subject {
  readonly name: string;
  readonly title: string;
  /** The packages whose versions the results tell. */
  readonly packages: readonly string[];
  readonly command: (address: Address) => Command;
  /** The mechanism for speed that is switched off in it; undefined: none. */
  readonly without?: string;
  /** Undefined: the scenario's request as it is. Null: the subject has no such scenario. */
  readonly translate?: (scenario: Scenario) => Translation | null;
}
