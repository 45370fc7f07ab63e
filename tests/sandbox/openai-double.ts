import { fastify } from 'fastify';
import OpenAI from 'openai';
import { createFaults } from '../../sandbox/faults.ts';
import { registerOpenAi } from '../../sandbox/openai/register.ts';
import { TEMPOS } from '../../sandbox/openai/tempo.ts';
import { createLog } from '../../src/log.ts';

export const API_KEY = 'sk-sandbox-key-of-these-tests';

/** The double on a free port of loopback, its faults, and the real SDK pointed at it. */
export async function startOpenAiDouble() {
  const faults = createFaults();
  const app = fastify({ forceCloseConnections: true });
  await registerOpenAi(app, {
    log: createLog({ level: 'silent', pretty: false }),
    faults,
    apiKey: API_KEY,
    tempo: TEMPOS.hasty,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    faults,
    client: clientOf(url),
    clientWithKey: (apiKey: string) => clientOf(url, apiKey),
    close: () => app.close(),
  };
}

function clientOf(url: string, apiKey = API_KEY): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${url}/openai/v1`, maxRetries: 0, logLevel: 'off' });
}
