interface Props {
  readonly page: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  /** Left out where the next page is already there. */
  readonly onMore: ((cursor: string) => void) | undefined;
}

/** The button at the end of the last page, while there is more. */
export function LoadMore({ page: { hasNextPage, endCursor }, onMore }: Props) {
  if (!hasNextPage || endCursor === null || !onMore) return null;
  return (
    <button type="button" className="more" onClick={() => onMore(endCursor)}>
      Load more
    </button>
  );
}
