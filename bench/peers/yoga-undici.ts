import { createGet } from './undici-get.ts';
import { serveYoga } from './yoga.ts';

/* graphql-yoga + undici + dataloader. */

serveYoga(createGet);
