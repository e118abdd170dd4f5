/**
 * Why the listener closed a connection. `silent`: it had sent nothing in time · `late`: a request was not complete in time ·
 * `unread`: its caller did not take an answer in time · `made_room`: others needed the room of a late request or an unread answer
 * · `malformed`: what it sent cannot be read as HTTP/1.1 · `too_large`: headers, or extensions of chunks · `pipelined`: too
 * many requests waited on it · `too_many`: as many connections were open as there may be.
 */
export type ClosedFor =
  'silent' | 'late' | 'unread' | 'made_room' | 'malformed' | 'too_large' | 'pipelined' | 'too_many';

/** Counts the connections that a listener closes because of its limits. */
export class ClosedConnections {
  /** Since the start. */
  readonly counts: Record<ClosedFor, number> = {
    ...{ silent: 0, late: 0, unread: 0, made_room: 0 },
    ...{ malformed: 0, too_large: 0, pipelined: 0, too_many: 0 },
  };

  note(reason: ClosedFor): void {
    this.counts[reason] += 1;
  }
}
