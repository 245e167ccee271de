import { expect, it, vi } from 'vitest'

it('a call to a provider is counted by what it was and how it ended, and its waiting and its time are added up', async () => {
  vi.resetModules()
  const [{ startMeasuring, tellMetrics }, { noteProviderCall }, { onProviderCall, reportProviderCall }] =
    await Promise.all([
      import('#observability/measure'),
      import('#observability/note'),
      import('#providers/provider-call'),
    ])
  await startMeasuring()
  const end = onProviderCall(noteProviderCall)
  const call = { provider: 'resend', operation: 'emails.send', seconds: 0.2, waitedSeconds: 1.5 }
  reportProviderCall({ ...call, outcome: 'ok' })
  reportProviderCall({ ...call, outcome: 'limited' })
  end()
  reportProviderCall({ ...call, outcome: 'ok' })
  const lines = (await tellMetrics())?.text.split('\n') ?? []
  expect(lines.filter((line) => /^parley_provider_(?:calls|waited)/.test(line))).toEqual([
    'parley_provider_calls_total{provider="resend",operation="emails.send",outcome="ok"} 1',
    'parley_provider_calls_total{provider="resend",operation="emails.send",outcome="limited"} 1',
    'parley_provider_waited_seconds_total{provider="resend"} 3',
  ])
  expect(lines).toContain('parley_provider_call_seconds_bucket{le="0.25",provider="resend"} 2')
})
