import './chat.css';
import { useState } from 'react';
import { NotFound } from '../not-found.tsx';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { Skeleton } from '../skeleton.tsx';
import { takeFocus } from '../take-focus.ts';
import { groupAddress, MENU_ADDRESS } from '../use-route.ts';
import { Message } from './message.tsx';
import { useChat } from './use-chat.ts';

/** A channel's messages in the order in which they were sent, and what comes while it is open. */
export function ChatPanel({ id }: { readonly id: string }) {
  const { chat, problems, isBusy, load } = useChat(id);
  const [oldest, setOldest] = useState<string>();
  if (chat === null) return <NotFound what="channel" />;
  const messages = [...(chat?.messages.values() ?? [])].toSorted((a, b) =>
    (a.sentAt ?? '') < (b.sentAt ?? '') ? -1 : 1,
  );
  const older = chat?.older ?? null;
  const retry = { again: () => void load(older), isTrying: isBusy };
  const loadOlder = async () => {
    await load(older);
    setOldest(messages[0]?.id);
  };
  // The last of those that came in ahead of the messages that were there: reading goes on upwards.
  const before = messages.findIndex((message) => message.id === oldest) - 1;
  return (
    <article className="chat" aria-busy={isBusy}>
      <a className="back" href={chat?.groupId ? groupAddress(chat.groupId) : MENU_ADDRESS}>
        ‹ {chat?.groupId ? 'Channels' : 'Menu'}
      </a>
      {chat && (
        <>
          <title>{`${chat.name} – Cotalker menu`}</title>
          <h1 tabIndex={-1} ref={takeFocus}>
            {chat.name}
          </h1>
        </>
      )}
      <ProblemNotice problems={problems} retry={retry} />
      {older !== null && (
        <button type="button" className="more" onClick={() => void loadOlder()} disabled={isBusy}>
          Load older messages
        </button>
      )}
      {chat && messages.length === 0 && <p className="empty">No messages yet.</p>}
      <ol className="messages" role="log" aria-label="Messages">
        {messages.map((message, index) => (
          <Message
            key={message.id}
            message={message}
            takesFocus={older === null && oldest !== undefined && index === before}
          />
        ))}
      </ol>
      {isBusy && !chat && <Skeleton rows={8} />}
    </article>
  );
}
