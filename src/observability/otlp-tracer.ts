import { type Link, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type SpanContext } from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import type { Tracer } from './traces'

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const

const contextOf = (traceparent: string | undefined): SpanContext | undefined => {
  const context = traceparent === undefined ? null : parseTraceParent(traceparent)
  return context ? { ...context, isRemote: true } : undefined
}

const toTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`

/**
 * Spans by OpenTelemetry, sent as OTLP over HTTP in JSON. Its packages are loaded where this file is: only a process that traces imports it.
 * @param ratio of how many traces; also of those that somebody else has begun, so that nobody outside decides how much is kept.
 */
export const createOtlpTracer = ({
  endpoint,
  ratio,
  service,
}: {
  endpoint: string
  ratio: number
  service: string
}): Tracer => {
  const sampler = new TraceIdRatioBasedSampler(ratio)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new ParentBasedSampler({ root: sampler, remoteParentSampled: sampler }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }) })],
  })
  const tracer = provider.getTracer('parley')
  return {
    start: ({ name, kind, attributes, parent, link, startedAt }) => {
      const above = contextOf(parent)
      const from = contextOf(link)
      const links: Link[] = from ? [{ context: from }] : []
      const span = tracer.startSpan(
        name,
        {
          kind: kinds[kind],
          links,
          ...(attributes ? { attributes: { ...attributes } } : {}),
          ...(startedAt === undefined ? {} : { startTime: startedAt }),
        },
        above ? trace.setSpanContext(ROOT_CONTEXT, above) : ROOT_CONTEXT,
      )
      return {
        traceparent: toTraceparent(span.spanContext()),
        end: ({ name: better, attributes: more, fault } = {}) => {
          if (better !== undefined) span.updateName(better)
          if (more) span.setAttributes({ ...more })
          if (fault !== undefined) {
            span.setAttribute('error.type', fault)
            span.setStatus({ code: SpanStatusCode.ERROR })
          }
          span.end()
        },
      }
    },
    close: () => provider.shutdown(),
  }
}
