import { createGet } from './stock-get.ts';
import { serveYoga } from './yoga.ts';

/* The stock pairing: graphql-yoga + got + dataloader. */

serveYoga(createGet);
