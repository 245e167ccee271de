import { describe, expect, it } from 'vitest'
import { composeAccountMail } from '#notifications/account-mail/compose-account-mail'
import { composeRequestLinks, composeSessionLinks } from '#notifications/render/compose-links'
import { composeMail } from '#notifications/channels/email/compose-mail'
import { composeOutgoing } from '#notifications/render/compose-outgoing'
import { planDeliveries } from '#notifications/deliver/plan-deliveries'
import { composeNotification } from '#notifications/render/compose-notification'
import { snapshotRequest, snapshotSession } from '#notifications/render/compose-snapshots'
import { parseMailbox } from '#notifications/channels/email/mailbox'
import { findOverride, type MessageOverrideRow, unknownPlaceholders } from '#notifications/message-overrides'
import { messageSamples, sampleSession } from './message-samples'

const linkMaker = { serverUrl: 'https://book.example', secret: 'a secret of at least thirty-two characters' }
const from = 'Ask Ada <hello@ada.example>'
const now = Date.UTC(2026, 10, 21, 7)

const draft = (changes: { occasion?: string; recipientId?: string } = {}) =>
  composeNotification({
    kind: 'booking_confirmation',
    audience: 'customer',
    data: messageSamples.booking_confirmation,
    recipientId: 'customer-1',
    recipientName: 'Jo',
    language: 'de',
    timeZone: 'Europe/Berlin',
    templates: [],
    linkMaker,
    from,
    ...changes,
  })

describe('composeNotification', () => {
  it('is what the app shows, in the language of the recipient, without any token', () => {
    const row = draft()
    expect(row).toMatchObject({
      type: 'booking_confirmation',
      kind: 'booking_confirmation',
      audience: 'customer',
      title: 'Ihr Termin ist bestätigt',
      message: 'Ada Okafor freut sich auf das Gespräch mit Ihnen am Dienstag, 1. Dezember 2026, 10:00 MEZ.',
      action: 'Buchung ansehen oder ändern',
      actionUrl: 'https://book.example/booking/PY-7KQ2M9XB',
      scheduledSession: sampleSession.id,
      request: null,
    })
    expect(JSON.stringify(row)).not.toContain('token')
  })

  it('is one per recipient, version of the session and occasion', () => {
    expect(draft().dedupeKey).toBe(draft().dedupeKey)
    expect(draft({ recipientId: 'other' }).dedupeKey).not.toBe(draft().dedupeKey)
    expect(draft({ occasion: 'second' }).dedupeKey).not.toBe(draft().dedupeKey)
    expect(draft().dedupeKey).toHaveLength(22)
    expect(draft({ occasion: 'second' }).spelledKey).toBe(
      `booking_confirmation/customer/${sampleSession.id}/${sampleSession.sequence}/second/customer-1`,
    )
  })
})

describe('planDeliveries', () => {
  it('is one mail, which the app shows as well; a mail about a login is in no app', () => {
    expect(planDeliveries('booking_confirmation', 'customer')).toEqual([
      { channel: 'email', channels: ['email', 'in-app'] },
    ])
    expect(planDeliveries('password_reset', 'account')).toEqual([{ channel: 'email', channels: ['email'] }])
  })
})

describe('composeMail', () => {
  const compose = (templates: MessageOverrideRow[] = []) => {
    const { kind, audience, metadata } = draft()
    const message = composeOutgoing({
      // As it comes back from the database.
      notification: { id: 'n-1', kind, audience, data: JSON.parse(JSON.stringify(metadata.data)), createdAt: now },
      recipient: {
        name: 'Jo',
        address: 'jo@example.com',
        email: 'jo@example.com',
        language: 'en',
        timeZone: 'Europe/Berlin',
        isConfirmed: true,
      },
      templates,
      linkMaker,
      from,
    })
    return composeMail(message)
  }

  it('carries the manage link and the invitation', async () => {
    const mail = await compose()
    expect(mail.to).toBe('jo@example.com')
    expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated', 'X-Entity-Ref-ID': 'n-1' })
    expect(mail.text).toMatch(/https:\/\/book\.example\/booking\/PY-7KQ2M9XB#token=[\w-]{43}/)
    expect(mail.attachments[0]?.content).toContain('ORGANIZER;CN=Ask Ada:mailto:hello@ada.example')
    expect(mail.text).toContain('-- \nAsk Ada\n')
  })

  it('is the same mail each time', async () => {
    expect(await compose()).toEqual(await compose())
  })

  it('takes the words of operations for its kind, audience and language', async () => {
    const rows: MessageOverrideRow[] = [
      { kind: 'booking_confirmation', language: 'en', audience: 'consultant', subject: 'No' },
      { kind: 'booking_confirmation', language: 'de', subject: 'Nein' },
      { kind: 'booking_confirmation', language: 'en', subject: 'Yes, {{recipientName}}' },
    ]
    expect((await compose(rows)).subject).toBe('Yes, Jo')
  })
})

describe('findOverride', () => {
  it('prefers the row for the very audience', () => {
    const rows: MessageOverrideRow[] = [
      { kind: 'booking_reminder', language: 'en', subject: 'all' },
      { kind: 'booking_reminder', language: 'en', audience: 'consultant', subject: 'consultant' },
    ]
    const find = (audience: 'customer' | 'consultant') =>
      findOverride({ rows, kind: 'booking_reminder', audience, language: 'en' })?.subject
    expect(find('consultant')).toBe('consultant')
    expect(find('customer')).toBe('all')
  })
})

describe('unknownPlaceholders', () => {
  it('names what the kind does not have', () => {
    expect(unknownPlaceholders('booking_reminder', '{{when}} {{ startsIn }} {{refundAmount}} {{x}}')).toEqual([
      'refundAmount',
      'x',
    ])
  })
})

describe('links', () => {
  it('open a booking for its customer only; others go to the admin', () => {
    const session = { id: 'id-1', reference: 'PY-1' }
    const customer = composeSessionLinks(linkMaker, session, { audience: 'customer', mailTo: null })
    expect(customer.manage).toMatch(/^https:\/\/book\.example\/booking\/PY-1#token=[\w-]{43}$/)
    expect(customer.review).toBe(`${customer.manage ?? ''}&view=review`)
    expect(customer.join).toMatch(/^https:\/\/book\.example\/api\/booking\/sessions\/PY-1\/join\?key=[\w-]{43}$/)
    const mailed = composeSessionLinks(linkMaker, session, { audience: 'customer', mailTo: 'jo@example.com' })
    expect(mailed.manage).toMatch(/^https:\/\/book\.example\/booking\/PY-1#token=[\w-]{43}&mail=[\w-]{43}$/)
    expect(mailed.review).toMatch(/#token=[\w-]{43}&view=review&mail=[\w-]{43}$/)
    const consultant = composeSessionLinks(linkMaker, session, { audience: 'consultant', mailTo: 'a@example.com' })
    expect(consultant.manage).toBe('https://book.example/admin/collections/scheduled-sessions/id-1')
    expect(JSON.stringify(consultant)).not.toContain('token')
    const request = { id: 'id-2', reference: 'RQ-1' }
    expect(composeRequestLinks(linkMaker, request, { audience: 'customer', mailTo: null }).manage).toMatch(
      /^https:\/\/book\.example\/requests\/RQ-1#token=[\w-]{43}$/,
    )
    expect(composeRequestLinks(linkMaker, request, { audience: 'operations', mailTo: 'a@example.com' }).manage).toBe(
      'https://book.example/admin/collections/consultation-requests/id-2',
    )
  })
})

describe('snapshots', () => {
  it('take over what messages need; free is no price', () => {
    const source = { ...sampleSession, serviceTypeName: 'Call', amount: 0, currency: 'GBP', secret: 'x' }
    expect(snapshotSession(source)).toEqual({ ...sampleSession, serviceName: 'Call', price: null })
    const request = {
      id: 'r',
      reference: 'RQ-1',
      serviceTypeName: 'Call',
      customerName: 'Jo',
      consultantName: null,
      problemTitle: null,
      problemDescription: 'y'.repeat(9000),
      proposedTimes: [],
      expiresAt: null,
    }
    expect(snapshotRequest(request).problem).toHaveLength(500)
  })
})

describe('mails about a login', () => {
  const link = 'https://book.example/account/confirm#token=t'
  const mail = { recipient: { name: 'Jo', email: 'jo@example.com' }, link, from }

  it('carry their link, and say how long it works', async () => {
    const registration = await composeAccountMail({ ...mail, kind: 'account_verify', validMinutes: 24 * 60 })
    expect(registration.subject).toBe('Please confirm your address')
    expect(registration.html).toContain(`href="${link}"`)
    expect(registration.text).toContain('works for 24 hours')
    const invitation = await composeAccountMail({ ...mail, kind: 'account_invite', validMinutes: 7 * 24 * 60 })
    expect(invitation.text).toContain('works for 7 days')
    const password = { ...mail, kind: 'password_reset', language: 'de', validMinutes: 120 } as const
    expect((await composeAccountMail(password)).text).toContain('Der Link gilt 2 Stunden.')
  })
})

describe('parseMailbox', () => {
  it.each([
    ['Parley <bookings@parley.example>', { name: 'Parley', email: 'bookings@parley.example' }],
    ['"Ask, Ada" <a@b.example>', { name: 'Ask, Ada', email: 'a@b.example' }],
    ['a@b.example', { name: 'a', email: 'a@b.example' }],
    [' <a@b.example>', { name: 'a', email: 'a@b.example' }],
  ])('takes %j apart', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox)
  })
})
