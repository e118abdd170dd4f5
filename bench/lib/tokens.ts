/**
 * Who asks, and what they get. `own`: each connection has a token of its own, and all get the same bodies ·
 * `one`: all have the same token · `apart`: as `own`, but the bodies of each are its own, byte for byte ·
 * `fresh`: neither a token nor a body comes twice · `new`: as `own`, but no body comes twice.
 */
export type Tokens = 'own' | 'one' | 'apart' | 'fresh' | 'new';
