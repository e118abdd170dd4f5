/** Where a link of Cotalker leads, as far as this app can take somebody there. */
export type Destination =
  /** A web page or a download. */
  | { readonly kind: 'web'; readonly href: string; readonly isSameOrigin: boolean }
  /** A command for Cotalker's own app, such as `cotalker://scanner`: no page, so nothing to frame. */
  | { readonly kind: 'app'; readonly href: string }
  /** An address inside Cotalker's platform, and VITE_PLATFORM_URL does not say where that is. */
  | { readonly kind: 'platform'; readonly path: string }
  /** The gateway held the link back, or it is of a kind that this app does not follow. */
  | { readonly kind: 'none' };

/**
 * Lets through what is known to be harmless, and nothing else. The gateway holds back what could run
 * script; that a front end does not rely on it costs these lines.
 */
export function destinationOf(
  url: string | null,
  { platform = import.meta.env.VITE_PLATFORM_URL, origin = location.origin } = {},
): Destination {
  if (url === null) return { kind: 'none' };
  const absolute = URL.parse(url) ?? (platform ? URL.parse(url, platform) : null);
  if (!absolute) return { kind: 'platform', path: url };
  const { protocol, href } = absolute;
  if (protocol === 'https:' || protocol === 'http:')
    return { kind: 'web', href, isSameOrigin: absolute.origin === origin };
  return protocol === 'cotalker:' ? { kind: 'app', href } : { kind: 'none' };
}
