/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the gateway answers. Default: /graphql of the server that this page came from. */
  readonly VITE_GRAPHQL_URL?: string;
  /** `on`: sends the hashes of queries instead of their texts, to a gateway that knows them. Default: off. */
  readonly VITE_TRUSTED_DOCUMENTS?: string;
  /** The web address that links without a host are relative to, such as Cotalker's. Default: none. */
  readonly VITE_PLATFORM_URL?: string;
}
