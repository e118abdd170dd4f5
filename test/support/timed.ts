import { jest } from '@jest/globals';

/*
 * For tests that assert how long something takes. Imported by a test file, it has each of its tests
 * tried up to three times: on a machine that does other things as well, a pause of its own would fail
 * them. What they promise has to hold in one of the three; each failed try is printed.
 */
jest.retryTimes(2, { logErrorsBeforeRetry: true });
