import { emitEvent } from '../emit-event'
import { unschedule } from '../payments/schedule-later'
import type { AccountFile } from '../sandbox-state'
import type { StoredAccount } from '../stored-objects'
import { find, secondsOf, type World } from '../world'
import { computeStanding, describeCapability } from './compute-requirements'

/** @throws Error when the account has no file, which cannot be. */
export const fileOf = (world: World, accountId: string): AccountFile => {
  const file = world.state.accountFiles[accountId]
  if (!file) throw new Error(`The account ${accountId} has no file.`)
  return file
}

/** Brings the account in line with its file, without telling anybody. */
export const applyFile = (world: World, account: StoredAccount): void => {
  const file = fileOf(world, account.id)
  const { requirements, capability, isComplete } = computeStanding(file, secondsOf(world))
  account.requirements = requirements
  account.capabilities = Object.fromEntries(Object.keys(file.requested).map((id) => [id, capability]))
  account.business_type = file.given.business_type ?? null
  account.details_submitted ||= isComplete
  account.charges_enabled = account.capabilities.card_payments === 'active'
  account.payouts_enabled = capability === 'active' && Object.keys(file.requested).length > 0
}

const changesBetween = (before: StoredAccount, after: StoredAccount): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(before).filter(
      ([key, value]) =>
        JSON.stringify(value) !== JSON.stringify(Object.entries(after).find(([name]) => name === key)?.[1]),
    ),
  )

/**
 * Carries out a change of an account or of its file and tells what came of it: `capability.updated` for each capability
 * that changed, then `account.updated`. Nothing is told when nothing changed.
 */
export const changeAccount = (world: World, account: StoredAccount, change: (file: AccountFile) => void): void => {
  const before = structuredClone(account)
  const file = fileOf(world, account.id)
  change(file)
  applyFile(world, account)
  const now = secondsOf(world)
  const ids = new Set([...Object.keys(before.capabilities ?? {}), ...Object.keys(account.capabilities ?? {})])
  const statusIn = ({ capabilities }: StoredAccount, id: string) =>
    Object.entries(capabilities ?? {}).find(([name]) => name === id)?.[1]
  for (const id of ids) {
    const previous = statusIn(before, id)
    if (previous === statusIn(account, id)) continue
    const capability = describeCapability(account, file, { id, now })
    emitEvent(world, 'capability.updated', capability, { status: previous ?? 'unrequested' }, account.id)
  }
  const changes = changesBetween(before, account)
  if (Object.keys(changes).length) emitEvent(world, 'account.updated', account, changes, account.id)
}

/** Stripe has looked at the details. */
export const verifyAccount = (world: World, accountId: string): void => {
  const account = find(world, 'accounts', accountId)
  if (!account || fileOf(world, accountId).verification !== 'pending') return
  unschedule(world, 'verify_account', accountId)
  changeAccount(world, account, (file) => {
    file.verification = 'verified'
  })
}

/** The deadline of what was asked for has come. */
export const enforceRequirements = (world: World, accountId: string): void => {
  const account = find(world, 'accounts', accountId)
  if (account) changeAccount(world, account, () => undefined)
}
