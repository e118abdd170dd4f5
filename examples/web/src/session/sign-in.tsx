import './sign-in.css';
import type { SubmitEvent } from 'react';
import type { Session } from './use-session.ts';

/** Takes the token. A team with a login of its own puts it here. */
export function SignIn({ signIn, rejected }: Pick<Session, 'signIn' | 'rejected'>) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const token = form.get('token');
    if (typeof token === 'string') signIn(token.trim(), { keep: form.has('keep') });
  };

  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <img src="/icon.svg" alt="" width="48" height="48" />
        <h1>Sign in</h1>
        {rejected && (
          <div className="problem">
            <div role="alert">
              <p className="problem-title">
                {rejected === 'never accepted' ? 'Sign in with another token' : 'Sign in again'}
              </p>
              <p>
                {rejected === 'never accepted'
                  ? 'Cotalker does not accept this token.'
                  : 'Cotalker does not accept your token any more.'}
              </p>
              <p className="problem-code">
                <code>UNAUTHENTICATED</code>
              </p>
            </div>
          </div>
        )}
        <label htmlFor="token">Cotalker token</label>
        <input
          id="token"
          name="token"
          type="password"
          required
          autoFocus
          autoComplete="off"
          spellCheck={false}
          // What a header can carry, with room for the blanks that come along with copied text.
          pattern="\s*[\x21-\x7E]+\s*"
          title="Letters, digits and punctuation, without blanks inside"
          aria-describedby="token-note"
        />
        <label className="sign-in-keep">
          <input name="keep" type="checkbox" />
          Keep it when this tab is reloaded
        </label>
        <button type="submit" className="primary">
          Sign in
        </button>
        <p id="token-note" className="sign-in-note">
          Cotalker knows you by this token: whoever has it can read what you can read. It stays in
          the memory of this tab, or in its <code>sessionStorage</code> if you tick the box. It is
          gone when you close the tab or sign out. It goes to the gateway, which sends it to
          Cotalker, and to nobody else.
        </p>
        {import.meta.env.DEV && (
          <p className="sign-in-note">
            The gateway’s sandbox accepts <code>sandbox-user</code>.
          </p>
        )}
      </form>
    </main>
  );
}
