/**
 * Cotalker says of some links that they get the user's token. How it is handed over is between Cotalker and
 * the target; a token in an address ends up in logs and histories, so this app hands over none.
 */
export const TokenNote = ({ sendsToken }: { readonly sendsToken: boolean }) =>
  sendsToken && (
    <p className="note">
      Inside Cotalker this link signs you in by itself. This app keeps your token to itself, so you
      may be asked to sign in there.
    </p>
  );
