import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import {
  computeMissingDetails,
  describeDisabledReason,
  describeRequirement,
  disabledReasons,
} from '#payments/account/compute-missing-details'
import { decideAccountNews } from '#payments/account/decide-account-news'
import { type AccountFacts, accountHeldReason, decideAccountState } from '#payments/account/decide-account-state'
import { payoutAccountStates, type PayoutAccountState } from '#payments/account/payout-account-states'
import { toConnectedAccount } from '#payments/stripe/account-facts'

const complete: AccountFacts = {
  detailsSubmitted: true,
  transfersCapability: 'active',
  disabledReason: null,
  currentlyDue: [],
  pastDue: [],
  pendingVerification: [],
}

describe('the state of an account', () => {
  it.each<[string, Partial<AccountFacts>, PayoutAccountState]>([
    [
      'a new one',
      { detailsSubmitted: false, transfersCapability: 'inactive', disabledReason: 'requirements.past_due' },
      'onboarding',
    ],
    [
      'a form half filled in',
      { detailsSubmitted: false, transfersCapability: 'inactive', currentlyDue: ['external_account'] },
      'onboarding',
    ],
    [
      'all given, being checked',
      { transfersCapability: 'pending', disabledReason: 'requirements.pending_verification' },
      'pending',
    ],
    ['being checked, nothing disabled', { transfersCapability: 'pending' }, 'pending'],
    [
      'inactive while a document is looked at',
      { transfersCapability: 'inactive', pendingVerification: ['individual.verification.document'] },
      'pending',
    ],
    ['under review', { transfersCapability: 'inactive', disabledReason: 'under_review' }, 'pending'],
    ['payable', {}, 'active'],
    ['payable, and something is due later', { currentlyDue: ['individual.id_number'] }, 'active'],
    ['payable, but disabled', { disabledReason: 'platform_paused' }, 'restricted'],
    [
      'capability lost, details due',
      { transfersCapability: 'inactive', currentlyDue: ['individual.id_number'] },
      'onboarding',
    ],
    [
      'details late',
      { transfersCapability: 'inactive', disabledReason: 'requirements.past_due', pastDue: ['individual.id_number'] },
      'restricted',
    ],
    ['on a list', { transfersCapability: 'active', disabledReason: 'listed' }, 'restricted'],
    [
      'rejected before anything was given',
      { detailsSubmitted: false, transfersCapability: 'inactive', disabledReason: 'rejected.fraud' },
      'restricted',
    ],
    ['the capability was never asked for', { transfersCapability: null }, 'restricted'],
  ])('%s', (_name, facts, state) => {
    expect(decideAccountState({ ...complete, ...facts })).toBe(state)
  })

  it('holds payouts back for a reason exactly while it is not payable', () => {
    const states = Object.keys(payoutAccountStates) as PayoutAccountState[]
    for (const state of states) {
      expect(accountHeldReason(state) === undefined, state).toBe(payoutAccountStates[state].isPayable)
    }
    expect(accountHeldReason(undefined)).toBe('no_account')
    expect(accountHeldReason('pending')).toBe('account_incomplete')
    expect(accountHeldReason('restricted')).toBe('account_restricted')
    expect(accountHeldReason('disconnected')).toBe('account_disconnected')
  })
})

describe('news of an account', () => {
  const at = (status: PayoutAccountState, deadline: number | null = null) => ({ status, deadline })

  it.each([
    ['is opened', at('onboarding'), at('onboarding'), undefined],
    ['is submitted', at('onboarding'), at('pending'), undefined],
    ['passes', at('pending'), at('active'), 'can_be_paid'],
    ['passes at once', at('onboarding'), at('active'), 'can_be_paid'],
    ['does not pass', at('pending'), at('restricted'), 'needs_details'],
    ['has to give more after the check', at('pending'), at('onboarding'), 'needs_details'],
    ['is closed before it was ready', at('onboarding'), at('restricted'), 'needs_details'],
    ['stops', at('active'), at('restricted'), 'needs_details'],
    ['stops to be checked again', at('active'), at('pending'), 'needs_details'],
    ['goes away', at('active'), at('disconnected'), 'needs_details'],
    ['is opened anew', at('disconnected'), at('onboarding'), undefined],
    ['comes back', at('restricted'), at('active'), 'can_be_paid'],
    ['gets a deadline', at('active'), at('active', 1_000), 'needs_details'],
    ['gets an earlier deadline', at('active', 2_000), at('active', 1_000), 'needs_details'],
    ['has the same deadline', at('active', 1_000), at('active', 1_000), undefined],
    ['gets more time', at('active', 1_000), at('active', 2_000), undefined],
    ['stays restricted', at('restricted'), at('restricted'), undefined],
  ])('%s', (_name, before, after, news) => {
    expect(decideAccountNews(before, after)).toBe(news)
  })
})

describe('what is missing', () => {
  it.each([
    ['external_account', 'Add the bank account that payouts go to.'],
    ['tos_acceptance.ip', 'Accept Stripe’s terms of service.'],
    ['individual.dob.day', 'Enter your date of birth.'],
    ['individual.address.postal_code', 'Enter your address.'],
    ['company.address.line1', 'Enter the company’s address.'],
    ['representative.first_name', 'Enter the representative’s legal name.'],
    ['owners.email', 'Enter the owners’ e-mail address.'],
    ['person_1NvXyZ9.relationship.title', 'Enter the person’s position in the company.'],
    [
      'person_1NvXyZ9.verification.document',
      'Upload a photo of the person’s passport, driving licence or identity card.',
    ],
    ['individual.verification.document.front', 'Upload a photo of your passport, driving licence or identity card.'],
    ['company.verification.document', 'Upload a document that shows that the company is registered.'],
    ['documents.proof_of_address.files', 'Upload a document that shows your address.'],
  ])('%s', (code, sentence) => {
    expect(describeRequirement(code)).toBe(sentence)
  })

  it.each([
    ['individual.favourite_colour', 'Answer Stripe’s question about “individual: favourite colour”.'],
    ['person_1NvXyZ9.shoe_size', 'Answer Stripe’s question about “person: shoe size”.'],
    ['interv_1Nabc.supportability.0.form', 'Answer Stripe’s question about “supportability: form”.'],
    ['constructor', 'Answer Stripe’s question about “constructor”.'],
    ['1234', 'Answer a question of Stripe.'],
  ])('%s, which nobody wrote a sentence for, can still be read', (code, sentence) => {
    expect(describeRequirement(code)).toBe(sentence)
  })

  it('says each thing once, what is late first, with why it did not pass', () => {
    const missing = computeMissingDetails({
      currentlyDue: [
        'external_account',
        'individual.dob.day',
        'individual.dob.month',
        'individual.verification.document',
      ],
      pastDue: ['individual.verification.document'],
      eventuallyDue: ['individual.id_number'],
      pendingVerification: ['individual.phone'],
      futureDue: ['individual.nationality', 'external_account'],
      errors: [
        {
          code: 'verification_document_expired',
          reason: 'The document has expired.',
          requirement: 'individual.verification.document',
        },
      ],
    })
    expect(missing).toEqual([
      {
        text: 'Upload a photo of your passport, driving licence or identity card.',
        codes: ['individual.verification.document'],
        isLate: true,
        problem: 'The document has expired.',
      },
      { text: 'Add the bank account that payouts go to.', codes: ['external_account'], isLate: false, problem: null },
      {
        text: 'Enter your date of birth.',
        codes: ['individual.dob.day', 'individual.dob.month'],
        isLate: false,
        problem: null,
      },
      { text: 'Enter your nationality.', codes: ['individual.nationality'], isLate: false, problem: null },
    ])
  })

  it('has a sentence for every reason that Stripe gives, and a readable one for others', () => {
    type Reason = Exclude<NonNullable<Stripe.Account.Requirements['disabled_reason']>, symbol>
    const known: Record<Reason, unknown> = {
      'action_required.requested_capabilities': 1,
      listed: 1,
      other: 1,
      platform_paused: 1,
      'rejected.fraud': 1,
      'rejected.incomplete_verification': 1,
      'rejected.listed': 1,
      'rejected.other': 1,
      'rejected.platform_fraud': 1,
      'rejected.platform_other': 1,
      'rejected.platform_terms_of_service': 1,
      'rejected.terms_of_service': 1,
      'requirements.past_due': 1,
      'requirements.pending_verification': 1,
      under_review: 1,
    }
    expect(Object.keys(disabledReasons).sort()).toEqual(Object.keys(known).sort())
    expect(describeDisabledReason('rejected.new_kind')).toBe('Stripe disabled the account: rejected new kind.')
  })
})

describe('an account as Stripe shows it', () => {
  it('is read with the earliest deadline, in our units', () => {
    const requirements = {
      alternatives: [],
      current_deadline: null,
      currently_due: ['external_account'],
      disabled_reason: null,
      errors: [],
      eventually_due: ['external_account'],
      past_due: null,
      pending_verification: null,
    }
    const account = toConnectedAccount({
      id: 'acct_1',
      object: 'account',
      type: 'express',
      charges_enabled: false,
      payouts_enabled: false,
      email: null,
      country: 'gb',
      default_currency: 'gbp',
      capabilities: { transfers: 'active' },
      details_submitted: true,
      requirements,
      future_requirements: {
        ...requirements,
        current_deadline: 1_700_000_000,
        currently_due: ['individual.id_number'],
      },
    })
    expect(account).toMatchObject({
      country: 'GB',
      defaultCurrency: 'GBP',
      deadline: 1_700_000_000_000,
      transfersCapability: 'active',
      payoutsEnabled: false,
      pastDue: [],
      requirements: { currentlyDue: ['external_account'], futureDue: ['individual.id_number'] },
    })
  })
})
