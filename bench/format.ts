import { cpus, totalmem } from 'node:os'
import type { Measured } from './load'

export const describeMachine = (): string => {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
}

export const formatMeasured = ({ rate, p50, p95, p99 }: Measured): string =>
  `${rate.toFixed(0).padStart(6)}/s   p50 ${p50.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms`

export type Target = { name: string; value: number; atLeast?: number; atMost?: number }

export const isMet = ({ value, atLeast, atMost }: Target): boolean =>
  (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)

export const formatTarget = (target: Target): string => {
  const { name, value, atLeast, atMost } = target
  const wanted = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`
  return `${isMet(target) ? 'ok    ' : 'MISSED'} ${name.padEnd(64)} ${value.toFixed(2).padStart(8)}   (${wanted})`
}
