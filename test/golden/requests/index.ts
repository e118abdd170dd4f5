import type { Exchange } from '../exchange.ts';
import { ACCEPT } from './accept.ts';
import { AUTHORIZATION } from './authorization.ts';
import { BODIES } from './bodies.ts';
import { CORS } from './cors.ts';
import { DOCUMENTS } from './documents.ts';
import { LIMITS } from './limits.ts';
import { METHODS } from './methods.ts';
import { PAGES } from './pages.ts';
import { PARAMETERS } from './parameters.ts';
import { UPSTREAM } from './upstream.ts';
import { VALIDATION } from './validation.ts';

/** All exchanges, by what they are about. */
export const AREAS: Readonly<Record<string, readonly Exchange[]>> = {
  accept: ACCEPT,
  authorization: AUTHORIZATION,
  bodies: BODIES,
  cors: CORS,
  documents: DOCUMENTS,
  limits: LIMITS,
  methods: METHODS,
  pages: PAGES,
  parameters: PARAMETERS,
  upstream: UPSTREAM,
  validation: VALIDATION,
};
