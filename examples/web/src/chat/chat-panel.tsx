import './chat.css';
import { useRef, useState } from 'react';
import { HeadBelow } from '../group/head-below.tsx';
import type { KnownMenu } from '../menu/use-menu.ts';
import { NotFound } from '../not-found.tsx';
import { nameOf } from '../person.tsx';
import { ProblemNotice } from '../problems/problem-notice.tsx';
import { Skeleton } from '../skeleton.tsx';
import { textOf } from './content.tsx';
import { inOrder } from './history.ts';
import { Message } from './message.tsx';
import { SendBox } from './send-box.tsx';
import { useChat } from './use-chat.ts';
import { useMayWrite } from './use-may-write.ts';

interface Props {
  readonly id: string;
  readonly groupId: string;
  readonly menu: KnownMenu;
}

/** A channel's messages in the order in which they were sent, and what comes while it is open. */
export function ChatPanel({ id, groupId, menu }: Props) {
  const { history, problems, retry, readOlder, addSent } = useChat(id);
  const mayWrite = useMayWrite(history);
  const list = useRef<HTMLDivElement>(null);
  /** The first message that showed when older ones were asked for. */
  const [first, setFirst] = useState<string>();
  if (history === null) return <NotFound what="channel" />;
  const messages = history ? inOrder(history) : [];
  const news = history?.news;
  return (
    <article className="group chat" aria-busy={retry.isTrying}>
      <HeadBelow kind="Channel" name={history?.name ?? 'Channel'} groupId={groupId} menu={menu} />
      <ProblemNotice problems={problems} retry={retry} />
      <div ref={list} className="chat-scroll" role="group" aria-label="Messages" tabIndex={0}>
        <div>
          {readOlder && (
            <button
              type="button"
              className="more"
              onClick={() => {
                setFirst(messages[0]?.message.id);
                readOlder();
              }}
            >
              Load older messages
            </button>
          )}
          {retry.isTrying && <Skeleton what="messages" rows={history ? 1 : 8} />}
          {history?.start === null && messages.length === 0 && (
            <p className="empty">No messages yet.</p>
          )}
          <ol className="messages">
            {messages.map(({ message, problems: its }, index) => (
              <Message
                key={message.id}
                message={message}
                problems={its}
                // Reading goes on upwards, from what was the first message.
                takesFocus={first !== undefined && messages[index + 1]?.message.id === first}
              />
            ))}
          </ol>
        </div>
      </div>
      {history?.isWritable === false && (
        <p className="note">
          Members may not write here.{mayWrite && ' Those who administer the channel may.'}
        </p>
      )}
      {mayWrite && (
        <SendBox
          channelId={id}
          onSent={(message) => {
            addSent(message);
            // To its end, where the message is.
            list.current?.scrollTo({ top: 0 });
          }}
        />
      )}
      <p role="status" className="unseen">
        {news && `${(news.sender && nameOf({ user: news.sender })) ?? 'New'}: ${textOf(news)}`}
      </p>
    </article>
  );
}
