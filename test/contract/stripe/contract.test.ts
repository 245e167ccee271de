import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { describeAccounts } from './accounts'
import { describeBalance } from './balance'
import { describeCheckouts } from './checkouts'
import { describeCustomers } from './customers'
import { describeDisputes } from './disputes'
import { describeErrors } from './errors'
import { describePayments } from './payments'
import { describeRefunds } from './refunds'
import { openTargets } from './targets'
import { describeTransfers } from './transfers'

/** Every call of Stripe's API stands in this folder. */
const callers = path.resolve('src/payments/stripe')

/** The methods of the SDK that Parley calls, by the source. */
const listCallsOfParley = async (): Promise<string[]> => {
  const names = (await readdir(callers)).filter((name) => name.endsWith('.ts'))
  const sources = await Promise.all(names.map((name) => readFile(path.join(callers, name), 'utf8')))
  const calls = sources.flatMap((source) =>
    [...source.matchAll(/\bstripe\.((?:\w+\.)+\w+)\(/g)].map(([, call]) => call),
  )
  return [...new Set(calls.filter((call) => call !== undefined))].sort()
}

const targets = await openTargets(process.env)

afterAll(async () => {
  for (const { close } of targets) await close()
})

/**
 * What Parley relies on of Stripe: the same calls to the sandbox, always, and to Stripe itself where there is a test key
 * (docs/operations.md). A difference between the two is a fault of the sandbox.
 */
describe.each(targets)('of $name', { timeout: 180_000 }, (target) => {
  describeCheckouts(target)
  describePayments(target)
  describeRefunds(target)
  describeAccounts(target)
  describeTransfers(target)
  describeDisputes(target)
  describeCustomers(target)
  describeBalance(target)
  describeErrors(target)

  it('all calls of Parley were made', async () => {
    const expected = await listCallsOfParley()
    expect(expected.length).toBeGreaterThan(25)
    expect([...target.calls]).toEqual(expect.arrayContaining(expected))
  })
})
