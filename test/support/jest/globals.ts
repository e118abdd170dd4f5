import type * as jestGlobals from '@jest/globals';

/** What a test file imports of `@jest/globals`: see setup.ts. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } =
  globalThis as unknown as typeof jestGlobals;
