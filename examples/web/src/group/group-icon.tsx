interface Props {
  readonly icon: { readonly path: string | null; readonly color: string | null } | null;
  readonly name: string;
}

/** The group's icon in its colour; where it has none, the first letter of its name. Says nothing aloud. */
export const GroupIcon = ({ icon, name }: Props) => (
  <span
    className="group-icon"
    aria-hidden="true"
    style={icon?.color ? { '--group-color': icon.color } : undefined}
  >
    {icon?.path ? (
      <svg viewBox="0 0 24 24">
        <path d={icon.path} />
      </svg>
    ) : (
      name.slice(0, 1)
    )}
  </span>
);
