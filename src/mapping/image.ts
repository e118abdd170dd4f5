import { isReadable } from '../cotalker/errors.ts';
import type { ImageRecord } from '../cotalker/records/fields.ts';
import type { Field } from '../cotalker/records/values.ts';
import type { Image } from '../generated/resolvers.ts';
import type { Fallible } from './fields.ts';

export type ImageModel = Fallible<Image>;

/** A picture; null if it has no size at all. */
export function toImage(image: ImageRecord): Field<ImageModel> {
  if (image === null || !isReadable(image)) return image;
  const { small, square, original } = image;
  return (small ?? square ?? original) === null
    ? null
    : { __typename: 'Image', small, square, original };
}
