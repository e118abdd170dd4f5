import type { RawRecord } from '../data.ts';
import { ids } from './ids.ts';
import { type Pattern, patterns, type PatternState } from './patterns.ts';
import { codeOf, places } from './places.ts';

/** Both generations of the payload; which one a property has depends on nothing a client could know. */
function property(code: string, display: string, propertyType: string): RawRecord {
  const _id = ids.property(code);
  const isLong = parseInt(_id.slice(-1), 16) % 2 === 0;
  return isLong
    ? { _id, name: { display, code }, propertyType, isActive: true }
    : { _id, display, code, propertyType };
}

export const statePropertyId = (pattern: Pattern, state: string): string =>
  ids.property(`${pattern}_${state}`);

export const stateProperty = (pattern: Pattern, state: string, display: string): RawRecord =>
  property(`${pattern}_${state}`, display, `${pattern}_status`);

/** Tasks and channels are tagged with the zone they are about. */
export const zoneId = (place: string): string => ids.property(`zone_${codeOf(place)}`);

/** One for every named state of every pattern, and one for every zone; a retired state's is inactive. */
export function createProperties(): RawRecord[] {
  const ofStates = Object.entries(patterns).flatMap(([pattern, states]) =>
    states.flatMap(({ code, display, inactive }: PatternState) => {
      if (display === null) return [];
      const record = stateProperty(pattern as Pattern, code, display);
      return [{ ...record, ...(inactive && { isActive: false }) }];
    }),
  );
  const zones = places.map((place) => property(`zone_${codeOf(place)}`, place, 'zone'));
  return [...ofStates, ...zones];
}
