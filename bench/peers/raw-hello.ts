import { createServer } from 'node:http';
import { port } from './rest.ts';

/* The limit of any answer: read the body, send a fixed one. */

const ANSWER = '{"data":{"__typename":"Query"}}';

createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': ANSWER.length,
    });
    response.end(ANSWER);
  });
}).listen(port, '127.0.0.1');
