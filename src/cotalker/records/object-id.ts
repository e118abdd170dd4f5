/** A Mongo ObjectId as Cotalker writes it: 24 characters of `[0-9a-f]` (sheet, section 1). */
const OBJECT_ID = /^[0-9a-f]{24}$/;

/**
 * Whether a string may stand in a path or a query as an id. Ids are checked, never escaped:
 * `encodeURIComponent('..')` is still `..` and would climb out of the path.
 */
export const isObjectId = (id: string): boolean => OBJECT_ID.test(id);
