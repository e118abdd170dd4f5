import 'react';

declare module 'react' {
  interface CSSProperties {
    /** The group's colour, as `#rrggbb`. */
    '--group-color'?: string;
    /** How deep an entry of the menu is nested; 1 at the top. */
    '--level'?: number;
  }
}
