import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Files for the tests of a file, which go when these are done. */
export function useFiles(): { write(name: string, content: string): string } {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    /** Returns the path. */
    write: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
  };
}
