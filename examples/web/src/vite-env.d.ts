/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the gateway answers. Default: /graphql of the server that this page came from. */
  readonly VITE_GRAPHQL_URL?: string;
  /** The web address that links without a host are relative to, such as Cotalker's. Default: none. */
  readonly VITE_PLATFORM_URL?: string;
}
