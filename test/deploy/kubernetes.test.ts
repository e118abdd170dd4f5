import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig, VARIABLES } from '../../src/config/index.ts';
import { environmentOf, readDockerfile, stepsOf } from '../support/dockerfile.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import {
  type Manifest,
  patched,
  readManifests,
  readOption,
  REST_OF_STOP_MS,
} from '../support/manifests.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

const manifests = readManifests();
function only(kind: string): Manifest {
  const [found, ...more] = manifests.filter((manifest) => manifest.kind === kind);
  if (found === undefined || more.length > 0) throw new Error(`not one ${kind}`);
  return found;
}
const deployment = only('Deployment').spec;
const pod = deployment.template.spec;
const [container] = pod.containers;
const image = readDockerfile().at(-1);

const set = Object.fromEntries(
  container.env.map(({ name, value }: { name: string; value: unknown }) => [name, value]),
) as Record<string, string>;
/** The configuration in the pod: the manifest's variables over those of the image. */
const environment = { ...environmentOf(image), ...set };
const config = readConfig(environment);

describe('the variables', () => {
  test('are ones of the configuration, as text, and taken by it', () => {
    expect(Object.keys(set).filter((name) => !(name in VARIABLES))).toEqual([]);
    expect(Object.values(set).filter((value) => typeof value !== 'string')).toEqual([]);
  });

  test('lead to Cotalker: no cluster serves the sandbox', () => {
    expect(config.upstreamUrl).toBe('https://www.cotalker.com/api');
  });

  test('tell strangers nothing of the schema', () => {
    expect([config.introspection, config.graphiql, config.explain]).toEqual([false, false, false]);
  });

  test('leave requests the time that they may take', () => {
    expect(config.shutdown.timeoutMs).toBeGreaterThan(config.requestDeadlineMs);
  });
});

describe('the probes', () => {
  let upstream: StubUpstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    upstream = await startUpstream(answerWith({}));
    gateway = await startGateway(upstream.url);
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });

  test.each([
    ['startupProbe', '/health', 'admin'],
    ['livenessProbe', '/health', 'admin'],
    ['readinessProbe', '/ready', 'http'],
  ])('%s asks for %s, which the gateway has', async (name, path, port) => {
    expect(container[name].httpGet).toEqual({ path, port });
    const at = port === 'admin' ? gateway.adminUrl : gateway.url;
    expect((await fetch(at + path)).status).toBe(200);
  });

  test('ask at the ports that the gateway listens on', () => {
    expect(container.ports).toEqual([
      { name: 'http', containerPort: config.port },
      { name: 'admin', containerPort: config.admin?.port },
    ]);
    expect([config.host, config.admin?.host]).toEqual(['0.0.0.0', '0.0.0.0']);
  });

  test('are more patient than the worst query known, which keeps the process busy for 3 s', () => {
    const { periodSeconds, timeoutSeconds, failureThreshold } = container.livenessProbe;
    expect(timeoutSeconds).toBeGreaterThan(3);
    expect(periodSeconds * failureThreshold).toBeGreaterThan(10);
  });
});

describe('the end', () => {
  test('has the time that the gateway takes for it at the worst', () => {
    const { delayMs, timeoutMs } = config.shutdown;
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThanOrEqual(
      delayMs + timeoutMs + REST_OF_STOP_MS,
    );
  });

  test('needs no hook: the gateway itself goes on until proxies have heard', () => {
    expect(container.lifecycle).toBeUndefined();
    expect(config.shutdown.delayMs).toBeGreaterThanOrEqual(5000);
  });
});

describe('the pod', () => {
  test('fits the restricted Pod Security Standard, with a root that cannot be written', () => {
    // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'volumes'])
      expect([field, pod[field]]).toEqual([field, undefined]);
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('runs as the user of the image', () => {
    const { runAsUser, runAsGroup } = pod.securityContext;
    expect(stepsOf(image, 'USER')[0]?.words).toEqual([`${runAsUser}:${runAsGroup}`]);
  });

  test('is of this version', () => {
    const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(container.image).toBe(`${name}:${version}`);
  });

  test('asks for a processor without being held to it, and for memory with a limit', () => {
    expect(container.resources).toEqual({
      // 417 MB resident were measured, with answers of each user's own, at 25 requests a second.
      requests: { cpu: expect.any(String), memory: '512Mi' },
      limits: { memory: '1Gi' },
    });
  });
});

describe('trusted documents', () => {
  const before = only('Deployment');
  const { spec } = patched(before, readOption('trusted-documents')).spec.template;
  const [gateway, ...others] = spec.containers;

  test('come to the container that is there, and change nothing else of it', () => {
    expect(others).toEqual([]);
    const { volumeMounts, env, ...rest } = gateway;
    expect(rest).toEqual({ ...container, env: undefined });
    expect(env.slice(0, -1)).toEqual(container.env);
    expect(volumeMounts).toHaveLength(1);
  });

  test('are a file of the ConfigMap, mounted so that nobody writes it, which the gateway looks for there', () => {
    const { name, value } = gateway.env.at(-1);
    const { trustedDocuments } = readConfig({ ...environment, [name]: value });
    expect(trustedDocuments).toEqual({ file: value, mode: 'strict' });
    const [mount] = gateway.volumeMounts;
    expect(mount).toEqual({ ...mount, readOnly: true, mountPath: dirname(value) });
    expect(spec.volumes).toEqual([{ name: mount.name, configMap: { name: expect.any(String) } }]);
    // Its key is the name of the file that it is made of.
    const text = readFileSync('deploy/kubernetes/options/trusted-documents.yaml', 'utf8');
    const map: string = spec.volumes[0].configMap.name;
    expect(text).toContain(`kubectl create configmap ${map} --from-file=${basename(value)}\n`);
  });
});

const labels = { 'app.kubernetes.io/name': 'cotalker-gateway' };

describe('metrics', () => {
  const { annotations } = deployment.template.metadata;
  const [endpoint, ...more] = readOption('pod-monitor').spec.podMetricsEndpoints;

  test('are found by annotations, and by the Operator, where the gateway serves them', async () => {
    expect(config.metrics).toBe(true);
    expect(annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(config.admin?.port),
      'prometheus.io/path': endpoint.path,
    });
    expect([endpoint.port, more]).toEqual([container.ports[1].name, []]);
    expect(readOption('pod-monitor').spec.selector).toEqual({ matchLabels: labels });
    const upstream = await startUpstream(answerWith({}));
    const gateway = await startGateway(upstream.url, { isMetered: true });
    const answer = await fetch(`${gateway.adminUrl}${endpoint.path as string}`);
    await gateway.close();
    await upstream.close();
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  test('may be asked for from the namespace of Prometheus alone, and all else from anywhere in the cluster', () => {
    const [callers, { from, ports }, ...more] = only('NetworkPolicy').spec.ingress;
    expect([callers.from, more]).toEqual([[{ namespaceSelector: {} }], []]);
    const name = 'kubernetes.io/metadata.name';
    expect(from).toEqual([{ namespaceSelector: { matchLabels: { [name]: 'monitoring' } } }]);
    expect(ports.map(({ port }: { port: unknown }) => port)).toEqual([endpoint.port]);
  });
});

describe('the objects', () => {
  test('mean the same pods', () => {
    expect(deployment.template.metadata.labels).toEqual(labels);
    expect(only('Service').spec.selector).toEqual(labels);
    for (const selector of [
      deployment.selector,
      only('PodDisruptionBudget').spec.selector,
      only('NetworkPolicy').spec.podSelector,
      ...pod.topologySpreadConstraints.map((rule: any) => rule.labelSelector),
    ])
      expect(selector).toEqual({ matchLabels: labels });
  });

  test('the autoscaler alone says how many, and scales this deployment', () => {
    const { kind, apiVersion, metadata } = only('Deployment');
    const { scaleTargetRef, minReplicas } = only('HorizontalPodAutoscaler').spec;
    expect(scaleTargetRef).toEqual({ kind, apiVersion, name: metadata.name });
    expect(deployment.replicas).toBeUndefined();
    // One may be gone: that is not all.
    expect(minReplicas).toBeGreaterThan(only('PodDisruptionBudget').spec.maxUnavailable);
  });

  test('the policy lets out to names, to Cotalker, and to the Redis of the same namespace alone', () => {
    const { egress } = only('NetworkPolicy').spec;
    expect(egress.map(({ to, ports }: any) => [to, ports.map(({ port }: any) => port)])).toEqual([
      [undefined, [53, 53]],
      [undefined, [443]],
      [[{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'redis' } } }], [6379]],
    ]);
  });

  test('the service and the policy name the port of the container', () => {
    const [{ name }] = container.ports;
    expect(only('Service').spec.ports[0].targetPort).toBe(name);
    expect(only('NetworkPolicy').spec.ingress[0].ports[0].port).toBe(name);
  });
});
