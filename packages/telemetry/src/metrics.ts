import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  requests: Histogram<'route' | 'method' | 'status'>;
  events: Counter<'kind'>;
  liveConnections: Gauge;
  /** Prometheus text. */
  text(): Promise<string>;
  contentType: string;
};

/** Metrics of the gateway; labels are routes and codes, never ids or values. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    requests: new Histogram({
      name: 'penstock_http_request_seconds',
      help: 'Time to answer a request, in seconds.',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    events: new Counter({
      name: 'penstock_events_total',
      help: 'Committed events seen by the live channel.',
      labelNames: ['kind'],
      registers: [registry],
    }),
    liveConnections: new Gauge({
      name: 'penstock_live_connections',
      help: 'Open live connections.',
      registers: [registry],
    }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
