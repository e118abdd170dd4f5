import { listProperties, PROPERTY_IDS_PER_CALL } from '../cotalker/endpoints/properties.ts';
import type { Session } from '../cotalker/session.ts';
import { type StateModel, type StateName, toStateName } from '../mapping/state-machine.ts';
import { createByIdLoader } from './by-id.ts';

export interface StateNameLoader {
  /**
   * The name of a state's property; null where Cotalker does not know the property. One call per 100
   * distinct ids in the whole query as a rule, `GET /v2/properties?ids=…`; none where the state brought its
   * property along.
   */
  of(property: StateModel['property']): Promise<StateName | null>;
}

export function createStateNameLoader(session: Session): StateNameLoader {
  const properties = createByIdLoader(session, PROPERTY_IDS_PER_CALL, listProperties, toStateName);
  return {
    of: async (property) => {
      if (property instanceof Error) throw property;
      return typeof property === 'string' ? properties.byId(property) : property;
    },
  };
}
