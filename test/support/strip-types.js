import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

/**
 * Jest's transform: the very type stripping that Node applies when it runs `src/main.ts`, so a test
 * runs the code that production runs. Types become blanks, so lines and columns stay as they are and
 * no source map is needed. (ts-jest and @swc/jest would each compile by rules of their own.)
 */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, file) =>
    createHash('sha256').update(process.version).update(file).update(source).digest('hex'),
};
