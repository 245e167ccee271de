import { describe, expect, it } from 'vitest'
import { decideProcessWords } from '#desk/health/decide-process-words'
import { decideProviderState } from '#desk/health/decide-provider-state'

const now = 1_800_000_000_000
const ago = now - 60_000
const theirs = { isOwn: false, missing: null }
const health = {
  provider: 'stripe',
  lastSuccessAt: ago,
  lastFailureAt: null,
  failingSince: null,
  lastError: null,
  refusedUntil: null,
}

describe('how a provider fares', () => {
  it.each([
    ['was never called', theirs, undefined, { state: 'unused', at: null }],
    ['is part of Parley', { isOwn: true, missing: null }, undefined, { state: 'working', at: null }],
    ['answered last', theirs, health, { state: 'working', at: ago }],
    [
      'fails',
      theirs,
      { ...health, failingSince: ago, lastError: 'No answer' },
      { state: 'failing', text: 'No answer', at: ago },
    ],
    [
      'takes no calls',
      theirs,
      { ...health, failingSince: ago, refusedUntil: now + 1 },
      { state: 'limited', at: now + 1 },
    ],
    ['took no calls', theirs, { ...health, refusedUntil: now }, { state: 'working', at: ago }],
    [
      'lacks a setting',
      { isOwn: false, missing: ['A_KEY', 'B_KEY'] },
      health,
      { state: 'not_set_up', text: 'Missing: A_KEY, B_KEY.' },
    ],
    ['cannot be used, says its extension', { isOwn: false, missing: [] }, undefined, { state: 'not_set_up' }],
  ] as const)('%s', (_what, provider, found, expected) => {
    expect(decideProviderState(provider, found, now)).toMatchObject(expected)
  })
})

describe('how the installation fares', () => {
  const ok = { ok: true }
  const well = {
    ...{ database: ok, writes: ok, migrations: { ok: true, pending: [] } },
    ...{ worker: { ok: true, secondsSinceSeen: 3 }, queue: { ok: true, oldestDueSeconds: null }, workers: 2 },
  }
  const saysOf = (name: string, findings: Partial<typeof well | object>) =>
    decideProcessWords({ ...well, ...findings }).find((part) => part.name === name)

  it.each([
    ['database', {}, true, 'It answers'],
    ['database', { database: { ok: false } }, false, 'did not answer in time'],
    ['database', { writes: { ok: false } }, false, 'takes no writes'],
    ['migrations', { migrations: { ok: false, pending: ['a'] } }, false, 'Missing: a.'],
    ['worker', {}, true, '2 were heard of'],
    ['worker', { worker: { ok: false, secondsSinceSeen: null } }, false, 'None was ever seen'],
    ['worker', { worker: { ok: false, secondsSinceSeen: 600 } }, false, 'for 10 minutes. Start one.'],
    ['queue', {}, true, 'No job waits.'],
    ['replica', { replica: { ok: true, lagMs: 20 } }, true, 'go there'],
    ['replica', { replica: { ok: false, lagMs: 42_000 } }, false, 'too far behind (42 seconds)'],
    ['replica', { replica: { ok: false, lagMs: null } }, false, 'too far behind. The log'],
    ['queue', { queue: { ok: false, oldestDueSeconds: 7_200 } }, false, 'due for 2 hours'],
  ])('%s %j', (name, findings, isWell, text) => {
    expect(saysOf(name, findings)).toMatchObject({ ok: isWell, text: expect.stringContaining(text) })
  })
})
