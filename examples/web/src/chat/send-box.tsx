import { type KeyboardEvent, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { SendMessageMutation } from '../gql/graphql.ts';
import { type FragmentType, graphql } from '../gql/index.ts';
import { ProblemNotice, Refusal } from '../problems/problem-notice.tsx';
import { type Problem, problemsOfWrite } from '../problems/problems.ts';
import type { CHAT_MESSAGE } from './message.tsx';

const SEND_MESSAGE = graphql(`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        ...ChatMessage
      }
      errors {
        __typename
        message
      }
    }
  }
`);

type Hindrance = NonNullable<SendMessageMutation['sendMessage']>['errors'][number];

const WHY_NOT: Partial<Record<Hindrance['__typename'], string>> = {
  NotAllowed: 'Your account may not write in this channel. Ask an administrator of your company.',
  Gone: 'The channel is not there any more, or your account may not see it.',
};

interface Props {
  readonly channelId: string;
  readonly onSent: (message: FragmentType<typeof CHAT_MESSAGE>) => void;
}

/**
 * Enter sends, Shift and Enter break the line. A message is sent once: what comes while it is on its way is left out, and
 * its text stays in the box until Cotalker is known to have it.
 */
export function SendBox({ channelId, onSent }: Props) {
  const client = useClient();
  const isOnItsWay = useRef(false);
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  const [hindrances, setHindrances] = useState<readonly Hindrance[]>([]);
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  const send = () => {
    if (isOnItsWay.current || text.trim() === '') return;
    isOnItsWay.current = true;
    setSending(true);
    setHindrances([]);
    setProblems([]);
    void client.mutation(SEND_MESSAGE, { input: { channelId, text } }).then(({ data, error }) => {
      isOnItsWay.current = false;
      setSending(false);
      const payload = data?.sendMessage;
      setHindrances(payload?.errors ?? []);
      setProblems(problemsOfWrite(error));
      if (payload?.errors.length !== 0) return;
      setText('');
      if (payload.message) onSent(payload.message);
    });
  };
  const pressed = (event: KeyboardEvent) => {
    // Enter that ends the input of a character sends nothing.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="send-box"
      aria-busy={isSending}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {hindrances.map(({ __typename: kind, message }) => (
        <Refusal key={kind} title="The message is not sent" text={WHY_NOT[kind] ?? message} />
      ))}
      <ProblemNotice problems={problems} />
      <label htmlFor="message" className="unseen">
        Message
      </label>
      <textarea
        id="message"
        rows={2}
        placeholder="Write a message"
        value={text}
        readOnly={isSending}
        aria-describedby="message-keys"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={pressed}
      />
      <button type="submit" className="primary">
        {isSending ? 'Sending…' : 'Send'}
      </button>
      <p id="message-keys" className="unseen">
        Enter sends, Shift and Enter begin a new line.
      </p>
    </form>
  );
}
