import { listProperties, PROPERTY_IDS_PER_CALL } from '../cotalker/endpoints/directory.ts';
import { CotalkerError, failsAllCalls } from '../cotalker/errors.ts';
import type { Session } from '../cotalker/session.ts';
import type { Reference } from '../mapping/fields.ts';
import { type StateModel, type StateName, toStateName } from '../mapping/state-machine.ts';
import { createByIdLoader } from './by-id.ts';

export interface StateNameLoader {
  /**
   * The name of a state's property; null where Cotalker does not know the property. One call per 100
   * distinct ids in the whole query as a rule, `GET /v2/properties?ids=…`; none where the state brought its
   * property along.
   */
  of(property: StateModel['property']): Promise<StateName | null>;
  /**
   * The name of a task's state by the task's `status`, which is the property of that state (sheet, section 6): calls
   * as of `of`. Or why it cannot be had, where its state would not tell either. Undefined where `status` tells no
   * name: it is missing, Cotalker does not know that property, or does not show it.
   */
  ofStatus(status: Reference): Promise<StateName | CotalkerError | undefined>;
}

export function createStateNameLoader(session: Session): StateNameLoader {
  const properties = createByIdLoader(session, PROPERTY_IDS_PER_CALL, listProperties, toStateName);
  return {
    of: async (property) => {
      if (property instanceof Error) throw property;
      return typeof property === 'string' ? properties.byId(property) : property;
    },
    ofStatus: async (status) => {
      if (typeof status !== 'string') return undefined;
      try {
        return (await properties.byId(status)) ?? undefined;
      } catch (error) {
        if (!(error instanceof CotalkerError)) throw error;
        return failsAllCalls(error) ? error : undefined;
      }
    },
  };
}
