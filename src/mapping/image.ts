import type { ImageRecord } from '../cotalker/fields.ts';
import type { Image } from '../generated/resolvers.ts';

/** A picture; null where there is none in any size. */
export const toImage = (image: ImageRecord | null): Image | null =>
  image === null || (image.small ?? image.square ?? image.original) === null
    ? null
    : { __typename: 'Image', ...image };
