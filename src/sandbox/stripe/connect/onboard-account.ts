import { emitEvent } from '../emit-event'
import { scheduleLater, unschedule } from '../payments/schedule-later'
import type { AccountFile } from '../sandbox-state'
import type { StoredAccount } from '../stored-objects'
import { newId, secondsOf, type World } from '../world'
import { computeStanding, personOf, requiredFields } from './compute-requirements'
import { changeAccount, fileOf, verifyAccount } from './change-account'

const attachBankAccount = (world: World, account: StoredAccount, number: string): void => {
  const bankAccount = {
    id: newId('ba_'),
    object: 'bank_account' as const,
    account: account.id,
    account_holder_name: null,
    account_holder_type: null,
    account_type: null,
    available_payout_methods: ['standard' as const],
    bank_name: 'STRIPE TEST BANK',
    country: account.country ?? '',
    currency: account.default_currency ?? '',
    default_for_currency: true,
    fingerprint: newId('', 16),
    future_requirements: null,
    last4: number.slice(-4),
    metadata: {},
    requirements: null,
    routing_number: null,
    status: 'new',
  }
  const url = `/v1/accounts/${account.id}/external_accounts`
  account.external_accounts = { object: 'list', data: [bankAccount], has_more: false, url }
  emitEvent(world, 'account.external_account.created', bankAccount, undefined, account.id)
}

/**
 * The holder of an account enters details on Stripe's pages: all of them, or only some. Once nothing is missing, Stripe
 * begins to look at them.
 * @param entered by the name of the requirement; `external_account` is the number of a bank account.
 */
export const enterDetails = (world: World, account: StoredAccount, entered: Record<string, string>): void => {
  const file = fileOf(world, account.id)
  const number = entered.external_account
  if (number !== undefined && file.given.external_account === undefined) attachBankAccount(world, account, number)
  const isFirstTime = file.verification === 'none'
  changeAccount(world, account, () => {
    Object.assign(file.given, entered)
    if (isFirstTime && computeStanding(file, secondsOf(world)).isComplete) file.verification = 'pending'
    const { demanded } = file
    const left = demanded?.fields.filter((field) => entered[field] === undefined) ?? []
    file.demanded = demanded && left.length ? { ...demanded, fields: left } : null
    if (entered['business_profile.product_description'] && account.business_profile)
      account.business_profile.product_description = entered['business_profile.product_description']
  })
  if (file.verification === 'pending' && isFirstTime) {
    scheduleLater(world, 'verify_account', account.id, world.verificationDuration)
  }
}

const testValues: Readonly<Record<string, string>> = {
  business_type: 'individual',
  external_account: 'GB82WEST12345698765432',
  'business_profile.product_description': 'Consultations',
}

/** What is still missing, filled in with test data. */
export const testDetails = (file: AccountFile, businessType: string, now: number): Record<string, string> => {
  const missing = [...requiredFields(businessType), ...(file.demanded?.fields ?? [])]
  const values: Record<string, string> = { ...testValues, business_type: businessType }
  const person = personOf(businessType)
  Object.assign(values, {
    [`${person}.first_name`]: 'Test',
    [`${person}.last_name`]: 'Person',
    [`${person}.dob.day`]: '1',
    [`${person}.dob.month`]: '1',
    [`${person}.dob.year`]: '1990',
    [`${person}.address.line1`]: '1 Test Street',
    [`${person}.address.city`]: 'London',
    [`${person}.address.postal_code`]: 'SW1A 1AA',
    [`${person}.email`]: 'person@parley.example',
    [`${person}.phone`]: '+44 20 7946 0000',
    'tos_acceptance.date': String(now),
    'tos_acceptance.ip': '127.0.0.1',
  })
  return Object.fromEntries(
    missing.filter((field) => file.given[field] === undefined).map((field) => [field, values[field] ?? 'provided']),
  )
}

/** Everything is entered and verified at once, also what was asked for later. */
export const completeAccount = (world: World, account: StoredAccount): void => {
  const file = fileOf(world, account.id)
  enterDetails(world, account, testDetails(file, file.given.business_type ?? 'individual', secondsOf(world)))
  verifyAccount(world, account.id)
}

/** Stripe asks for more; the account is restricted once the deadline has passed (seconds; now, unless one is given). */
export const restrictAccount = (
  world: World,
  account: StoredAccount,
  { fields, deadline }: { fields: string[]; deadline?: number | undefined },
): void => {
  unschedule(world, 'enforce_requirements', account.id)
  const now = secondsOf(world)
  changeAccount(world, account, (file) => {
    file.demanded = { fields, deadline: deadline ?? now }
    for (const field of fields) Reflect.deleteProperty(file.given, field)
  })
  if (deadline !== undefined && deadline > now) {
    scheduleLater(world, 'enforce_requirements', account.id, (deadline - now) * 1000)
  }
}

/** Stripe closes the account for good. */
export const rejectAccount = (
  world: World,
  account: StoredAccount,
  reason: NonNullable<AccountFile['rejected']>,
): void =>
  changeAccount(world, account, (file) => {
    file.rejected = reason
  })

/** The account is not connected to the platform any more; its balance stays its own. */
export const disconnectAccount = (world: World, account: StoredAccount): void => {
  const application = { id: world.state.applicationId, object: 'application', name: 'Parley' }
  unschedule(world, 'verify_account', account.id)
  unschedule(world, 'enforce_requirements', account.id)
  Reflect.deleteProperty(world.state.tables.accounts, account.id)
  Reflect.deleteProperty(world.state.accountFiles, account.id)
  emitEvent(world, 'account.application.deauthorized', application, undefined, account.id)
}
