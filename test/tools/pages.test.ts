import { describe, test } from '@jest/globals';
import { sectionsToFollow, useGrounds } from '../support/page-ground.ts';
import { follow } from '../support/page-session.ts';

/* The sections of the pages that need a tool of this folder, or a while; see test/docs/pages.test.ts. */

const grounds = useGrounds(200_000);

describe('what the page says comes true', () => {
  test.each(sectionsToFollow('tools'))(
    '$place',
    async ({ place, section }) => follow(section, await grounds.of(place)),
    600_000,
  );
});
