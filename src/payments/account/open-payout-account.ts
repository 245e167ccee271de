import type { Payload, PayloadRequest } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import {
  findConsultantEmail,
  findPayoutAccount,
  findPayoutAccountById,
  insertPayoutAccount,
  lockPayoutAccount,
  type PayoutAccountRow,
  renewPayoutAccount,
} from './payout-account-queries'
import { type ConnectedAccount, toConnectedAccount } from '../stripe/account-facts'
import { createAccount, findCreatedAccount } from '../stripe/accounts'
import { ProviderError } from '../stripe/provider-error'
import { applyAccountReading, syncPayoutAccount } from './sync-payout-account'
import { hourMs } from '#shared/time'

export type OpenPayoutAccount = PayoutAccountRow & { stripeAccountId: string }

/**
 * Writes down that a consultant is to be paid, in the open transaction, before Stripe is asked. Does nothing when that was done.
 * @param args.country ISO 3166, two upper-case letters; undefined: the platform's own.
 * @returns the id of the record.
 */
export const preparePayoutAccount = async (
  req: PayloadRequest,
  { consultantId, country }: { consultantId: string; country: string | undefined },
): Promise<string> => {
  const email = await findConsultantEmail(req, consultantId)
  await insertPayoutAccount(req, { consultantId, country: country ?? null, email })
  const account = await findPayoutAccount(req, consultantId)
  if (!account) throw new Error(`The payout account of consultant ${consultantId} was not stored.`)
  return account.id
}

/** Stripe forgets idempotency keys after a day; an account that waited for so long may have been made without our hearing of it. */
const keysForgottenAfterMs = 20 * hourMs

const askForAccount = async (row: PayoutAccountRow): Promise<ConnectedAccount> => {
  const { id, consultantId, attempt, email, country, createdAt } = row
  if (Date.now() - createdAt > keysForgottenAfterMs) {
    const made = await findCreatedAccount({ payoutAccountId: id, attempt, since: createdAt })
    if (made) return toConnectedAccount(made)
  }
  const idempotencyKey = `${id}:${attempt}`
  return toConnectedAccount(
    await createAccount({ payoutAccountId: id, consultantId, attempt, email, country, idempotencyKey }),
  )
}

/** The answer may be a repeated one, as old as the account: what was stored since is newer. */
const storeOpened = (payload: Payload, asked: PayoutAccountRow, account: ConnectedAccount): Promise<void> =>
  withTransaction(payload, async (req) => {
    const row = await lockPayoutAccount(req, asked.id)
    if (!row || row.attempt !== asked.attempt || row.stripeAccountId !== null) return
    await applyAccountReading(req, { row, stripeAccountId: account.id, truth: account })
  })

const find = async (payload: Payload, id: string): Promise<PayoutAccountRow> => {
  const row = await findPayoutAccountById(await localRequest(payload), id)
  if (!row) throw new DomainError('not_found', 'There is no such payout account.')
  return row
}

const refusedBecauseOf = (error: ProviderError, { country }: PayoutAccountRow): DomainError =>
  error.code === 'country_unsupported' && country !== null
    ? new DomainError('outside_policy', `Stripe does not pay out to accounts in ${country}.`, {
        errors: [{ path: 'country', message: 'is not one in which Stripe opens accounts' }],
        cause: error,
      })
    : new DomainError('provider_failed', 'Stripe did not open the account. Contact us if that happens again.', {
        cause: error,
      })

/** Asks Stripe once, and once more when it said no to what was asked before with another country. */
const openAtStripe = async (payload: Payload, row: PayoutAccountRow, country: string | undefined): Promise<void> => {
  try {
    await storeOpened(payload, row, await askForAccount(row))
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.definitive) throw error
    payload.logger.warn({ err: error, payoutAccountId: row.id, msg: 'Stripe refused to open an account' })
    await renew(payload, row, country)
    if (country === undefined || country === row.country) throw refusedBecauseOf(error, row)
    await openAtStripe(payload, await find(payload, row.id), country)
  }
}

const renew = async (payload: Payload, row: PayoutAccountRow, country: string | undefined): Promise<void> => {
  const req = await localRequest(payload)
  await renewPayoutAccount(req, row, {
    country: country ?? row.country,
    email: await findConsultantEmail(req, row.consultantId),
  })
}

/**
 * The account of a record: made at Stripe once, however often and at once this is called, and whatever got lost in between,
 * because everything that is sent along was stored before the first call. One that was disconnected is replaced. Runs outside
 * any transaction.
 * @throws DomainError `illegal_transition` when the account is in another country than wished for, `outside_policy` where
 *   Stripe opens none; ProviderError when Stripe cannot be asked.
 */
export const openPayoutAccount = async (
  payload: Payload,
  { payoutAccountId, country }: { payoutAccountId: string; country: string | undefined },
): Promise<OpenPayoutAccount> => {
  let row = await find(payload, payoutAccountId)
  if (row.status === 'disconnected') {
    // Said by an event or by an earlier reading; a wrong key at that time looked the same.
    await syncPayoutAccount(payload, row.id)
    row = await find(payload, row.id)
    if (row.status === 'disconnected') await renew(payload, row, country)
    row = await find(payload, row.id)
  }
  if (row.stripeAccountId === null) {
    await openAtStripe(payload, row, country)
    row = await find(payload, row.id)
  }
  const { stripeAccountId } = row
  if (stripeAccountId === null) throw new DomainError('unavailable', 'Try again.', { retryAfter: 1 })
  if (country !== undefined && row.country !== country) {
    throw new DomainError(
      'illegal_transition',
      `The account is one for ${row.country ?? 'another country'}, and Stripe cannot move it. Leave the country out, or ask us to close the account.`,
      { errors: [{ path: 'country', message: 'is another one than that of the account' }] },
    )
  }
  return { ...row, stripeAccountId }
}
