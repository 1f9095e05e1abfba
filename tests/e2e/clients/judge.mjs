// prism as a proxy, as its command line starts it, for as many services as one asks for: a process of its own for each of them
// takes seconds to start. A line of the standard input, `DOCUMENT<tab>URL`, asks for a proxy before the service at URL that holds
// requests and answers against the document; its port is printed. A port on a line of its own ends that proxy.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

// They are what prism's command line itself consists of: so they are asked for from where it is.
const fromCli = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-cli'));
const { createLogger } = fromCli('@stoplight/prism-core');
const { getHttpOperationsFromSpec } = fromCli('@stoplight/prism-http');
const { createServer } = fromCli('@stoplight/prism-http-server');

const logger = createLogger('judge', { level: 'silent' });
const documents = new Map();
const servers = new Map();

async function start(document, url) {
  if (!documents.has(document)) documents.set(document, await getHttpOperationsFromSpec(document));
  const server = createServer(documents.get(document), {
    cors: false,
    components: { logger },
    config: {
      isProxy: true, upstream: new URL(url), upstreamProxy: undefined, validateRequest: true, validateResponse: true, checkSecurity: true,
      errors: false, mock: { dynamic: false },
    },
  });
  const port = new URL(await server.listen(0, '127.0.0.1')).port;
  servers.set(port, server);
  return port;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [first, url] = line.split('\t');
  if (url) {
    console.log(await start(first, url));
  } else {
    servers.get(first).close();
    servers.delete(first);
  }
}
process.exit();
