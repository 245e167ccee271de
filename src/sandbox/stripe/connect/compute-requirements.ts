import type { AccountFile } from '../sandbox-state'
import type { StoredAccount, StoredCapability } from '../stored-objects'

type AccountRequirements = NonNullable<StoredAccount['requirements']>

/** What Stripe says of an account; everything follows from its file and the time. */
export type AccountStanding = {
  requirements: AccountRequirements
  /** Of every capability that was asked for. */
  capability: 'active' | 'inactive' | 'pending'
  /** Everything that has to be entered was entered. */
  isComplete: boolean
}

const personFields = [
  'first_name',
  'last_name',
  'dob.day',
  'dob.month',
  'dob.year',
  'address.line1',
  'address.city',
  'address.postal_code',
  'email',
  'phone',
]

/** Where the person is asked for: of a company, somebody speaks for it. */
export const personOf = (businessType: string | undefined): 'individual' | 'representative' =>
  businessType && businessType !== 'individual' ? 'representative' : 'individual'

/** Everything that an account must tell before it can be paid. */
export const requiredFields = (businessType: string | undefined): string[] => {
  const person = personOf(businessType)
  return [
    'business_profile.product_description',
    'business_type',
    ...(person === 'representative' ? ['company.name', 'company.tax_id'] : []),
    'external_account',
    ...personFields.map((field) => `${person}.${field}`),
    'tos_acceptance.date',
    'tos_acceptance.ip',
  ]
}

/** @param now epoch seconds. */
export const computeStanding = (file: AccountFile, now: number): AccountStanding => {
  const isWanted = Object.keys(file.requested).length > 0
  const missing = isWanted
    ? requiredFields(file.given.business_type).filter((field) => file.given[field] === undefined)
    : []
  const demanded = file.demanded?.fields ?? []
  const isDemandDue = file.demanded !== null && file.demanded.deadline <= now
  const due = [...missing, ...demanded]
  const pastDue = [...missing, ...(isDemandDue ? demanded : [])]
  const isVerifying = file.verification === 'pending' && !pastDue.length
  const disabledReason = file.rejected
    ? file.rejected
    : pastDue.length
      ? 'requirements.past_due'
      : isVerifying
        ? 'requirements.pending_verification'
        : null
  return {
    requirements: {
      alternatives: [],
      current_deadline: file.demanded && !isDemandDue ? file.demanded.deadline : null,
      currently_due: due,
      disabled_reason: disabledReason,
      errors: [],
      eventually_due: due,
      past_due: pastDue,
      pending_verification: isVerifying ? [`${personOf(file.given.business_type)}.verification.document`] : [],
    },
    capability: disabledReason === null ? 'active' : isVerifying && !file.rejected ? 'pending' : 'inactive',
    isComplete: isWanted && !missing.length,
  }
}

const capabilityReasons: Readonly<Record<string, NonNullable<StoredCapability['requirements']>['disabled_reason']>> = {
  'requirements.past_due': 'requirements.fields_needed',
  'requirements.pending_verification': 'pending.review',
}

/** A capability as the API shows it. */
export const describeCapability = (
  account: StoredAccount,
  file: AccountFile,
  { id, now }: { id: string; now: number },
): StoredCapability => {
  const standing = computeStanding(file, now)
  const requestedAt = file.requested[id]
  const isRequested = requestedAt !== undefined
  const due = (fields: string[] | null) => (isRequested ? [...(fields ?? [])] : [])
  const { requirements } = standing
  const reason = requirements.disabled_reason
  return {
    id,
    object: 'capability',
    account: account.id,
    future_requirements: {
      alternatives: [],
      current_deadline: null,
      currently_due: [],
      disabled_reason: null,
      errors: [],
      eventually_due: [],
      past_due: [],
      pending_verification: [],
    },
    requested: isRequested,
    requested_at: requestedAt ?? null,
    requirements: {
      alternatives: [],
      current_deadline: requirements.current_deadline,
      currently_due: due(requirements.currently_due),
      disabled_reason: isRequested && reason ? (capabilityReasons[reason] ?? 'rejected.other') : null,
      errors: [],
      eventually_due: due(requirements.eventually_due),
      past_due: due(requirements.past_due),
      pending_verification: due(requirements.pending_verification),
    },
    status: isRequested ? standing.capability : 'unrequested',
  }
}
