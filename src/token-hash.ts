import { hash, randomBytes } from 'node:crypto';

/** Only this process can tell, and only while it runs, which token a hash stands for. */
const KEY = randomBytes(32).toString('hex');

/** Tells tokens apart without keeping them: what is kept of a caller is kept under this. */
export const hashToken = (text: string): string => hash('sha256', `${KEY} ${text}`, 'base64');
