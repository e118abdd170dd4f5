import { getViewer, listUsers, USER_IDS_PER_CALL } from '../cotalker/endpoints/directory.ts';
import type { Session } from '../cotalker/session.ts';
import { toUser, toViewer, type UserModel, type ViewerModel } from '../mapping/user.ts';
import { readId } from './arguments.ts';
import { type ByIdLoader, createByIdLoader } from './by-id.ts';
import { type ChannelLoader, createChannelLoader } from './channel.ts';
import { createEveryGroup, type EveryGroup } from './every-group.ts';
import { createGroupLoader, type GroupLoader } from './group.ts';
import { createMenuLoader, type MenuLoader } from './menu.ts';
import { createMessageLoader, type MessageLoader } from './message.ts';
import { createStateMachineLoader, type StateMachineLoader } from './state-machine.ts';
import { createStateNameLoader, type StateNameLoader } from './states.ts';
import { createTaskGroupLoader, type TaskGroupLoader } from './task-group.ts';
import { createTaskLoader, type TaskLoader } from './task.ts';

/**
 * One set of loaders, for one request: what they remember is one caller's, and goes with it. Each is made
 * when it is first asked for, since most queries need few of them.
 */
export class Loaders {
  readonly #session: Session;
  #everyGroup: EveryGroup | undefined;
  #groups: GroupLoader | undefined;
  #menu: MenuLoader | undefined;
  #channels: ChannelLoader | undefined;
  #messages: MessageLoader | undefined;
  #taskGroups: TaskGroupLoader | undefined;
  #stateMachines: StateMachineLoader | undefined;
  #stateNames: StateNameLoader | undefined;
  #tasks: TaskLoader | undefined;
  #users: ByIdLoader<UserModel> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  get everyGroup(): EveryGroup {
    return (this.#everyGroup ??= createEveryGroup(this.#session));
  }

  get groups(): GroupLoader {
    return (this.#groups ??= createGroupLoader(this.#session, this.everyGroup, this.taskGroups));
  }

  get menu(): MenuLoader {
    return (this.#menu ??= createMenuLoader(this.#session, this.everyGroup, this.taskGroups));
  }

  get channels(): ChannelLoader {
    return (this.#channels ??= createChannelLoader(this.#session));
  }

  get messages(): MessageLoader {
    return (this.#messages ??= createMessageLoader(this.#session));
  }

  get taskGroups(): TaskGroupLoader {
    return (this.#taskGroups ??= createTaskGroupLoader(this.#session));
  }

  get stateMachines(): StateMachineLoader {
    return (this.#stateMachines ??= createStateMachineLoader(this.#session, this.stateNames));
  }

  get stateNames(): StateNameLoader {
    return (this.#stateNames ??= createStateNameLoader(this.#session));
  }

  get tasks(): TaskLoader {
    return (this.#tasks ??= createTaskLoader(this.#session, this.taskGroups));
  }

  get users(): ByIdLoader<UserModel> {
    return (this.#users ??= createByIdLoader(this.#session, USER_IDS_PER_CALL, listUsers, toUser));
  }

  /** A mutation begins: what one before it has read, and this one may change, is read anew. */
  forget(): void {
    this.#channels = this.#messages = this.#tasks = undefined;
  }

  /** Whom the token stands for: `GET /v2/users/me`, one call a request. */
  async viewer(): Promise<ViewerModel> {
    return toViewer(await getViewer(this.#session));
  }

  /**
   * A person, or null where Cotalker does not know the id; calls as of `users`.
   *
   * @throws GraphQLError `BAD_USER_INPUT` for an id that is none, before any call.
   */
  async user(id: string): Promise<UserModel | null> {
    return this.users.byId(readId(id));
  }
}
