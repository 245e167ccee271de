import { describe, expect, it } from 'vitest'
import { decideWorkWords } from '#desk/work/decide-work-words'

const resend = { name: 'resend', label: 'Resend' }
const stripe = { name: 'stripe', label: 'Stripe' }
const google = { name: 'google', label: 'Google Calendar' }
const zoom = { name: 'zoom', label: 'Zoom' }

const why = (error: string | null, provider: { name: string; label: string } | null = null, tries = 3) =>
  decideWorkWords({ error, provider, tries }).why

describe('why something is stuck, in words', () => {
  it.each([
    ['422 validation_error: Invalid `to` field.', resend, 'Resend refused this mail'],
    [
      '403 validation_error: The example.com domain is not verified.',
      resend,
      'does not take mails from the address of the sender',
    ],
    ['401 missing_api_key: Missing API key', resend, 'Resend did not accept the key'],
    ['429 rate_limit_exceeded: Too many requests.', resend, 'Resend asked Parley to slow down.'],
    [
      '429 daily_quota_exceeded: You have reached your daily email sending quota.',
      resend,
      'quota at Resend is used up',
    ],
    ['500 internal_server_error: An unexpected error occurred.', resend, 'Resend has a fault of its own.'],
    ['no answer application_error: Unable to fetch data.', resend, 'Resend could not be reached'],
    ['Given up after three days. no answer application_error: x', resend, 'Resend could not be reached'],
    ['RESEND_API_KEY is not set: mails wait in the queue until it is.', resend, 'Mails are not set up'],
    ['There is no channel "sms" any more.', null, 'is not installed any more'],
    ['ProviderError: An error occurred with our connection to Stripe.', stripe, 'Stripe could not be reached'],
    ['NotVisibleYet: There is no payment pm_1.', stripe, 'a record that is not here'],
    ['FulfilmentMismatch: 100 GBP', stripe, 'not what was booked'],
    ['Insufficient funds in your Stripe balance', stripe, 'balance at Stripe is too small'],
    ['expired_or_canceled_card', stripe, 'does not take the money back'],
    ['Charge ch_1 has already been refunded.', stripe, 'was returned already'],
    ['NeedsReauthError', google, 'does not let Parley in any more'],
    ['Zoom did not answer within 90 seconds.', zoom, 'Zoom could not be reached'],
    ['Zoom is not set up here.', zoom, 'Zoom is not set up'],
    ['Handler "1" of session.scheduled has not ended within 600 seconds.', null, 'The other side could not be reached'],
    ['Connection terminated unexpectedly', null, 'The database was away or busy.'],
    ['Failed query: select 1\nparams: x', null, 'Parley itself failed.'],
    ['RangeError: The notification has no stored data.', null, 'cannot be read'],
    ['Something else', null, 'for a reason that is not known here'],
  ])('%s', (error, provider, says) => {
    expect(why(error, provider)).toContain(says)
  })

  it('says whether a worker has begun at all, where nothing was noted', () => {
    expect(why(null, null, 0)).toBe('No worker has taken it yet.')
    expect(why(null, null, 1)).toContain('did not come to its end')
  })
})
