/** The files that owners deploy with say what Vitrine is built for. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service } from 'kubernetes-models/v1';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseConfig } from '../../../src/config.ts';
import { MALLOC } from '../../../tools/starter/malloc.mjs';
import { freePort } from '../../support/postgres-server.ts';
import { hasRedis } from '../../support/redis-server.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

describe('compose.yaml', () => {
  type ComposeService = {
    image?: string;
    healthcheck?: object;
    depends_on?: Record<string, { condition: string }>;
    environment?: Record<string, string>;
    volumes?: string[];
  };
  const { services, volumes } = parse(read('compose.yaml')) as {
    services: Record<'vitrine' | 'postgres' | 'redis' | 'backup', ComposeService>;
    volumes: Record<string, null>;
  };

  test('starts Vitrine when PostgreSQL and Redis are healthy, and tells it where they are', () => {
    const { vitrine, postgres, redis } = services;
    expect(vitrine.depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
    });
    expect([postgres.healthcheck, redis.healthcheck]).toEqual([expect.any(Object), expect.any(Object)]);
    const { REDIS_URL } = vitrine.environment ?? {};
    expect(parseConfig({ REDIS_URL }).redis).toMatchObject({ nodes: [{ host: 'redis', port: 6379 }] });
  });

  test('mounts files that are there, and volumes that it has', () => {
    const mounted = Object.values(services).flatMap(({ volumes: of = [] }) => of);
    for (const mount of mounted) {
      const [from = ''] = mount.split(':');
      if (from.startsWith('./deploy/')) expect(existsSync(join(ROOT, from))).toBe(true);
      else if (!from.startsWith('./')) expect(Object.keys(volumes)).toContain(from);
    }
  });
});

describe('kubernetes.yaml', () => {
  const [deployment, service] = parseAllDocuments(read('deploy/kubernetes.yaml')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
  const { template, selector, replicas } = deployment.spec;
  const [container] = template.spec.containers;

  test('is one Deployment of three processes and the Service before them', () => {
    expect([deployment.apiVersion, deployment.kind, replicas]).toEqual(['apps/v1', 'Deployment', 3]);
    expect([service.apiVersion, service.kind]).toEqual(['v1', 'Service']);
    expect(selector.matchLabels).toEqual(template.metadata.labels);
    expect(service.spec.selector).toEqual(template.metadata.labels);
    const [port] = service.spec.ports;
    expect(container.ports.map(({ name }: { name: string }) => name)).toContain(port.targetPort);
  });

  test('has the sizes of the documents', () => {
    expect(container.resources).toEqual({
      requests: { memory: '2Gi', cpu: '1000m' },
      limits: { memory: '4Gi', cpu: '2000m' },
    });
  });

  test('asks live whether it lives and ready whether work may come', () => {
    const { startupProbe, livenessProbe, readinessProbe } = container;
    const paths = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path);
    expect(paths).toEqual(['/api/health/live', '/api/health/live', '/api/health/ready']);
  });

  test('sets variables that Vitrine reads, and mounts what it writes to', () => {
    const environment: Record<string, string> = Object.fromEntries(
      container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    for (const name of Object.keys(environment)) expect(read('.env.example')).toContain(`${name}=`);
    const paths = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
    expect(paths).toContain(environment.DATA_DIR);
    expect(template.spec.volumes.map(({ name }: { name: string }) => name)).toEqual(
      container.volumeMounts.map(({ name }: { name: string }) => name),
    );
  });

  test('is what Kubernetes’ own schema asks for', () => {
    expect(() => new Deployment(deployment).validate()).not.toThrow();
    expect(() => new Service(service).validate()).not.toThrow();
    const ports = [{ name: 'http', containerPort: 'http' }];
    const wrong = structuredClone(deployment);
    Object.assign(wrong.spec.template.spec.containers[0], { ports });
    expect(() => new Deployment(wrong).validate()).toThrow('containerPort must be integer');
  });

  // The schema lets fields pass that it does not know, and the server leaves them out in silence.
  test('has only fields that these kinds have', () => {
    expect(Object.keys(container).sort()).toEqual(
      ['name', 'image', 'envFrom', 'env', 'ports', 'resources', 'startupProbe', 'livenessProbe']
        .concat(['readinessProbe', 'securityContext', 'volumeMounts'])
        .sort(),
    );
    expect(Object.keys(deployment.spec).sort()).toEqual(['replicas', 'selector', 'strategy', 'template']);
    expect(Object.keys(template.spec).sort()).toEqual(
      ['containers', 'securityContext', 'terminationGracePeriodSeconds', 'volumes'].sort(),
    );
  });

  test('gives a stop more time than running work gets', () => {
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(20);
  });
});

describe('nginx.conf', () => {
  const text = read('deploy/nginx.conf');

  test('has as many brackets that open as that close', () => {
    expect(text.split('{').length).toBe(text.split('}').length);
  });

  test('hides what is for owners and their tools alone, and nothing else', () => {
    const [, pattern = ''] = /location ~ (\S+) \{/.exec(text) ?? [];
    const hidden = new RegExp(pattern);
    for (const path of ['/api/metrics', '/api/performance/system', '/api/status', '/api/health/detailed'])
      expect(path).toMatch(hidden);
    for (const path of ['/cache/stats', '/cleanup', '/api/cleanup', '/api/limits'])
      expect(path).toMatch(hidden);
    for (const path of ['/api/search/text', '/api/images/batch']) expect(path).toMatch(hidden);
    for (const path of [
      '/',
      '/health',
      '/api/health',
      '/api/openapi.json',
      '/telegram/updates',
      '/admin/people',
    ])
      expect(path).not.toMatch(hidden);
  });
});

test('the unit of systemd starts the program there is, and waits longer than running work may take', () => {
  const text = read('deploy/vitrine.service');
  const [, starter = '', program = ''] = /^ExecStart=\S+ (\S+) --\S+ (\S+)$/m.exec(text) ?? [];
  expect([starter, program].map((path) => existsSync(join(ROOT, path)))).toEqual([true, true]);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1])).toBeGreaterThan(20);
});

test('a service, a container and npm start give Node and malloc the same', () => {
  const { scripts }: { scripts: { start: string } } = JSON.parse(read('package.json'));
  const options = scripts.start.match(/--\S+/g) ?? [];
  expect(options).not.toEqual([]);
  const optionsIn = (path: string, line: RegExp) => (line.exec(read(path))?.[0] ?? '').match(/--[\w-]+/g);
  expect(optionsIn('deploy/vitrine.service', /^ExecStart=.+$/m)).toEqual(options);
  // Only in a container are there others who could send the signal.
  expect(optionsIn('Dockerfile', /^CMD .+$/m)).toEqual(['--disable-sigusr1', ...options]);
  // The unit of systemd goes through the starter.
  for (const [name, value] of Object.entries(MALLOC))
    expect(read('Dockerfile')).toContain(`ENV ${name}=${value}\n`);
  // Compiled code that was kept under other options is not read.
  expect(optionsIn('Dockerfile', /^RUN \["node".+$/m)).toEqual([...options, '--import', '--eval']);
});

test.runIf(hasRedis)(
  'a Redis that is started with redis.conf has the settings of the documents',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-redis-'));
    const port = await freePort();
    const server = spawn(
      'redis-server',
      [join(ROOT, 'deploy/redis.conf'), '--port', String(port), '--dir', folder],
      { stdio: 'ignore' },
    );
    const client = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: null });
    // Until it listens.
    client.on('error', () => {});
    onTestFinished(async () => {
      client.disconnect();
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    const of = async (name: string) => ((await client.config('GET', name)) as string[])[1];
    expect(await of('maxmemory')).toBe(String(2 * 1024 ** 3));
    expect(await of('maxmemory-policy')).toBe('allkeys-lru');
    expect(await of('save')).toBe('900 1 300 10 60 10000');
  },
);
