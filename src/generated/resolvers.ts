// Written by `npm run codegen` from schema/. Not to be edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StandardGroupModel, TaskGroupModel, LinkGroupModel } from '../mapping/group.ts';
import type { GroupActionModel } from '../mapping/group-action.ts';
import type { GroupConnectionModel, GroupEdgeModel } from '../loaders/group.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment, as RFC 3339 writes it: `2021-11-24T14:11:26.195Z`. */
  DateTime: { input: Date; output: string; }
};

/**
 * A link in Cotalker's main menu. What it is decides what hangs below it: a standard group has channels,
 * a task group has a workflow, tasks and channels, a link group opens something else.
 *
 * Select common fields through `... on MenuEntry`, and what is special through one fragment a type.
 */
export type Group = LinkGroup | StandardGroup | TaskGroup;

/** A button that a group's panel offers. */
export type GroupAction = {
  __typename: 'GroupAction';
  /** The button's icon as an SVG path; it is not a URL. */
  icon: Maybe<Scalars['String']['output']>;
  /** Cotalker's id of the action. */
  id: Maybe<Scalars['ID']['output']>;
  /** What the button says. */
  name: Maybe<Scalars['String']['output']>;
  /** Where the target is to open: a new tab, or a pop-up over the platform. */
  opensIn: LinkTarget;
  /** Whether the user's token is to be sent along with the link. */
  sendsToken: Scalars['Boolean']['output'];
  /** Where the button leads. Null, with an error of code `UNSAFE_URL`, where following it could run script. */
  url: Maybe<Scalars['String']['output']>;
};

/** A page of groups. */
export type GroupConnection = {
  __typename: 'GroupConnection';
  /** The page's groups with their cursors. */
  edges: Array<GroupEdge>;
  /** The page's groups. One that could not be read is null, with an error that says why. */
  nodes: Array<Maybe<Group>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many groups the filter matches in all. On a page after a cursor this costs one more call to Cotalker. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** A group and its place in the list. */
export type GroupEdge = {
  __typename: 'GroupEdge';
  /** The place right after this group: pass it as `after` to go on from here, now or a day later. */
  cursor: Scalars['String']['output'];
  /** The group. Null, with an error that says why, where it could not be read. */
  node: Maybe<Group>;
};

/** Narrows `Query.groups`. Fields that are left out do not narrow; the others must all hold. */
export type GroupFilter = {
  /** Only groups that were created at or after this time. */
  createdSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether to list inactive groups too. */
  includeInactive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only groups that changed at or after this time. */
  modifiedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only groups whose name, code or keywords match, as Cotalker searches. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only groups of this type. Also the cheapest way to ask: the type is then known, and no look-up is made. */
  type?: InputMaybe<GroupType>;
};

/** The three types of groups, as `GroupFilter.type` names them. */
export type GroupType =
  /** Opens or redirects the user. */
  | 'LINK'
  /** Has channels; categories are of this type too. */
  | 'STANDARD'
  /** Has a state machine, tasks and channels. */
  | 'TASK';

/** What to draw beside a group's name. */
export type Icon = {
  __typename: 'Icon';
  /** The colour, as `#rrggbb`. */
  color: Maybe<Scalars['String']['output']>;
  /** The icon as an SVG path (the `d` of a `<path>`); it is not a URL. */
  path: Maybe<Scalars['String']['output']>;
};

/** A group that opens or redirects the user. */
export type LinkGroup = MenuEntry & {
  __typename: 'LinkGroup';
  /** The buttons that the group's panel offers, by weight. */
  actions: Array<GroupAction>;
  /** What opens below the group: a category's nested groups, for all others the groups whose parent this is. Active ones only, by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** What to draw beside the name. Null where Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** What the target is. Null where Cotalker does not say. */
  linkType: Maybe<LinkType>;
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The name people see. Its code where Cotalker has no name for it, its id where it has neither. */
  name: Scalars['String']['output'];
  /** Where the target is to open. */
  opensIn: LinkTarget;
  /** The group in whose panel this one shows. Null for a group of the main menu, and where the parent is not among the active groups that the caller may see. */
  parent: Maybe<Group>;
  /** Whether the user's token is to be sent along with the link. */
  sendsToken: Scalars['Boolean']['output'];
  /**
   * Where the group leads: a web address, an app download, an address inside the app or an app command,
   * as Cotalker holds it. Null, with an error of code `UNSAFE_URL`, where following it could run script
   * (`javascript:`, `data:`, `vbscript:` and their disguises).
   */
  url: Maybe<Scalars['String']['output']>;
  /** The group's place in the menu: smaller comes first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
};

/** Where a link is to open. */
export type LinkTarget =
  /** Inside the platform, in place of its content. */
  | 'EMBEDDED'
  /** In a new tab or window. */
  | 'NEW_TAB'
  /** In a pop-up over the platform. */
  | 'POPUP';

/** What a link leads to. */
export type LinkType =
  /** An Android app to download. */
  | 'APK'
  /** A web page. */
  | 'URL';

/** What every group has, whatever its type. Lets a query read the common fields without three fragments. */
export type MenuEntry = {
  /** The buttons that the group's panel offers, by weight. */
  actions: Array<GroupAction>;
  /** What opens below the group: a category's nested groups, for all others the groups whose parent this is. Active ones only, by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** What to draw beside the name. Null where Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The name people see. Its code where Cotalker has no name for it, its id where it has neither. */
  name: Scalars['String']['output'];
  /** The group in whose panel this one shows. Null for a group of the main menu, and where the parent is not among the active groups that the caller may see. */
  parent: Maybe<Group>;
  /** The group's place in the menu: smaller comes first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
};

/** Where a page stands in its list, as Relay's cursor connections have it. */
export type PageInfo = {
  __typename: 'PageInfo';
  /** The cursor of the page's last edge, to be passed as `after`. Null on an empty page: go on with the cursor you had. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether this page was asked for after a cursor, so that there is something before it. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the page's first edge. Null on an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** Groups of Cotalker's main menu, read with the caller's own token. */
export type Query = {
  __typename: 'Query';
  /**
   * One group. Null when the caller cannot see it.
   *
   * With the header `Admin: true` this is one call to Cotalker; without it the group is looked for among
   * all the groups that the caller can list, inactive ones included.
   */
  group: Maybe<Group>;
  /**
   * Every group that the caller may see, the oldest change first.
   *
   * A traversal loses nothing: a group that changes while you page shows again at its new place. A cursor
   * can be kept: days later it lists what changed since. `first` is 1 to 500. A cursor is valid only with
   * the filter that it came from.
   */
  groups: Maybe<GroupConnection>;
  /** What the caller's main menu shows, by weight: active groups that have no parent and are in no category. Each entry opens to its `children`. */
  mainMenu: Maybe<Array<Maybe<Group>>>;
};


/** Groups of Cotalker's main menu, read with the caller's own token. */
export type QueryGroupArgs = {
  id: Scalars['ID']['input'];
};


/** Groups of Cotalker's main menu, read with the caller's own token. */
export type QueryGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<GroupFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A group that has channels, or, where `isCategory` is true, a sub-menu of the main menu. */
export type StandardGroup = MenuEntry & {
  __typename: 'StandardGroup';
  /** The buttons that the group's panel offers, by weight. */
  actions: Array<GroupAction>;
  /** What opens below the group: a category's nested groups, for all others the groups whose parent this is. Active ones only, by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** What to draw beside the name. Null where Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** Whether the group is a sub-menu of the main menu; `children` are then its nested groups. */
  isCategory: Scalars['Boolean']['output'];
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The name people see. Its code where Cotalker has no name for it, its id where it has neither. */
  name: Scalars['String']['output'];
  /** The group in whose panel this one shows. Null for a group of the main menu, and where the parent is not among the active groups that the caller may see. */
  parent: Maybe<Group>;
  /** The group's place in the menu: smaller comes first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
};

/** A group that runs a workflow: it has a state machine, tasks and channels. */
export type TaskGroup = MenuEntry & {
  __typename: 'TaskGroup';
  /** The buttons that the group's panel offers, by weight. */
  actions: Array<GroupAction>;
  /** What opens below the group: a category's nested groups, for all others the groups whose parent this is. Active ones only, by weight, then name. */
  children: Maybe<Array<Maybe<Group>>>;
  /** The group's unique code: at most 60 characters of `[a-z0-9_]`. */
  code: Maybe<Scalars['String']['output']>;
  /** When the group was created. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** What to draw beside the name. Null where Cotalker has neither a path nor a colour. */
  icon: Maybe<Icon>;
  /** Cotalker's id of the group: 24 hexadecimal characters. Not the id of the task group record behind it, which is `workflow.id`. */
  id: Scalars['ID']['output'];
  /** Whether the group is in use. The main menu shows active groups only. */
  isActive: Scalars['Boolean']['output'];
  /** When the group last changed. `Query.groups` is sorted by this. */
  modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** The name people see. Its code where Cotalker has no name for it, its id where it has neither. */
  name: Scalars['String']['output'];
  /** The group in whose panel this one shows. Null for a group of the main menu, and where the parent is not among the active groups that the caller may see. */
  parent: Maybe<Group>;
  /** The group's place in the menu: smaller comes first, gaps are allowed, groups without a weight come last. */
  weight: Maybe<Scalars['Float']['output']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  Group:
    | ( LinkGroupModel )
    | ( StandardGroupModel )
    | ( TaskGroupModel )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  MenuEntry:
    | ( LinkGroupModel )
    | ( StandardGroupModel )
    | ( TaskGroupModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Group: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Group']>;
  GroupAction: ResolverTypeWrapper<GroupActionModel>;
  GroupConnection: ResolverTypeWrapper<GroupConnectionModel>;
  GroupEdge: ResolverTypeWrapper<GroupEdgeModel>;
  GroupFilter: GroupFilter;
  GroupType: GroupType;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Icon: ResolverTypeWrapper<Icon>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  LinkGroup: ResolverTypeWrapper<LinkGroupModel>;
  LinkTarget: LinkTarget;
  LinkType: LinkType;
  MenuEntry: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['MenuEntry']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  StandardGroup: ResolverTypeWrapper<StandardGroupModel>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  TaskGroup: ResolverTypeWrapper<TaskGroupModel>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  DateTime: Scalars['DateTime']['output'];
  Float: Scalars['Float']['output'];
  Group: ResolversUnionTypes<ResolversParentTypes>['Group'];
  GroupAction: GroupActionModel;
  GroupConnection: GroupConnectionModel;
  GroupEdge: GroupEdgeModel;
  GroupFilter: GroupFilter;
  ID: Scalars['ID']['output'];
  Icon: Icon;
  Int: Scalars['Int']['output'];
  LinkGroup: LinkGroupModel;
  MenuEntry: ResolversInterfaceTypes<ResolversParentTypes>['MenuEntry'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  StandardGroup: StandardGroupModel;
  String: Scalars['String']['output'];
  TaskGroup: TaskGroupModel;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type GroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  __resolveType?: TypeResolveFn<'LinkGroup' | 'StandardGroup' | 'TaskGroup', ParentType, ContextType>;
};

export type GroupActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupAction'] = ResolversParentTypes['GroupAction']> = {
  icon?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opensIn?: Resolver<ResolversTypes['LinkTarget'], ParentType, ContextType>;
  sendsToken?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  edges?: Resolver<Array<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Group']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type IconResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Icon'] = ResolversParentTypes['Icon']> = {
  color?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LinkGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LinkGroup'] = ResolversParentTypes['LinkGroup']> = {
  actions?: Resolver<Array<ResolversTypes['GroupAction']>, ParentType, ContextType>;
  children?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['Icon']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  linkType?: Resolver<Maybe<ResolversTypes['LinkType']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  opensIn?: Resolver<ResolversTypes['LinkTarget'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  sendsToken?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MenuEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MenuEntry'] = ResolversParentTypes['MenuEntry']> = {
  __resolveType?: TypeResolveFn<'LinkGroup' | 'StandardGroup' | 'TaskGroup', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'id'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<QueryGroupsArgs, 'first'>>;
  mainMenu?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
};

export type StandardGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StandardGroup'] = ResolversParentTypes['StandardGroup']> = {
  actions?: Resolver<Array<ResolversTypes['GroupAction']>, ParentType, ContextType>;
  children?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['Icon']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isCategory?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaskGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskGroup'] = ResolversParentTypes['TaskGroup']> = {
  actions?: Resolver<Array<ResolversTypes['GroupAction']>, ParentType, ContextType>;
  children?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['Icon']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Group?: GroupResolvers<ContextType>;
  GroupAction?: GroupActionResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  Icon?: IconResolvers<ContextType>;
  LinkGroup?: LinkGroupResolvers<ContextType>;
  MenuEntry?: MenuEntryResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  StandardGroup?: StandardGroupResolvers<ContextType>;
  TaskGroup?: TaskGroupResolvers<ContextType>;
};

