import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { MessageAudience, MessageKind } from '#notifications/message-kinds'
import { messageKindNames, messageKindRow } from '#notifications/message-kinds'
import { renderMessage, type RenderMessageInput, renderStoredMessage } from '#notifications/render/render-message'
import type { StoredMessageInput } from '#notifications/render/compose-stored-message'
import { messageSamples, sampleLinks, sampleSession } from './message-samples'

const base = {
  language: 'en',
  timeZone: 'Europe/Berlin',
  recipient: { name: 'Jo Müller', email: 'jo@example.com' },
  links: sampleLinks,
  from: 'Parley <bookings@parley.example>',
  createdAt: Date.UTC(2026, 10, 21, 7),
}

const confirmation = (changes: Partial<RenderMessageInput<'booking_confirmation'>> = {}) =>
  renderMessage({
    ...base,
    kind: 'booking_confirmation',
    audience: 'customer',
    data: { session: sampleSession },
    ...changes,
  })

const all = messageKindNames().flatMap((kind) =>
  messageKindRow(kind).audiences.flatMap((audience) => ['en', 'de'].map((language) => ({ kind, audience, language }))),
)

const render = (
  kind: MessageKind,
  audience: MessageAudience,
  language: string,
  changes: Partial<StoredMessageInput> = {},
) => renderStoredMessage({ ...base, kind, audience, language, data: messageSamples[kind], ...changes })

describe('renderMessage', () => {
  it.each(all)('writes $kind for $audience in $language, complete', async ({ kind, audience, language }) => {
    const mail = await render(kind, audience, language)
    expect(mail.subject).not.toMatch(/[\r\n]|\{\{|undefined|null/)
    for (const body of [mail.html, mail.text]) expect(body).not.toMatch(/\{\{|undefined|NaN|\[object/)
    expect(mail.html).toContain(`lang="${language}"`)
    const href = sampleLinks[messageKindRow(kind).primary]
    expect(mail.html).toContain(`href="${href.replaceAll('&', '&amp;')}"`)
    expect(mail.text).toContain(href)
    expect(mail.title).not.toBe('')
    expect(mail.text).toContain(mail.message)
  })

  it('tells the time in the recipient’s zone and language, with the name of the zone', async () => {
    const berlin = await confirmation()
    expect(berlin.subject).toBe('Confirmed: Pricing review with Ada Okafor, Tuesday, 1 December 2026, 10:00 CET')
    expect(berlin.text).toContain(
      'When: Tuesday, 1 December 2026\n  10:00 – 10:30\n  Central European Standard Time (Europe/Berlin)',
    )
    const german = await confirmation({ language: 'de' })
    expect(german.subject).toBe('Bestätigt: Pricing review mit Ada Okafor, Dienstag, 1. Dezember 2026, 10:00 MEZ')
    expect(german.text).toContain('Mitteleuropäische Normalzeit (Europe/Berlin)')
    expect(german.text).toContain('Preis: 120,00 £')
    const american = await confirmation({ language: 'en-US', timeZone: 'America/Los_Angeles' })
    expect(american.subject).toContain('Tuesday, December 1, 2026, 01:00 AM PST')
    const kolkata = await confirmation({ timeZone: 'Asia/Kolkata' })
    expect(kolkata.text).toContain('14:30 – 15:00\n  India Standard Time (Asia/Kolkata)')
  })

  it('falls back to English and UTC for what it does not know', async () => {
    const mail = await confirmation({ language: 'tlh', timeZone: 'Mars/Olympus' })
    expect(mail.subject).toContain('Confirmed')
    expect(mail.text).toContain('09:00 – 09:30')
    expect((await confirmation({ language: 'not a tag!', timeZone: null })).subject).toContain('Confirmed')
  })

  it('names the day of the end and the zones where they differ', async () => {
    const overMidnight = {
      ...sampleSession,
      startsAt: Date.UTC(2026, 11, 1, 22, 30),
      endsAt: Date.UTC(2026, 11, 1, 23, 30),
    }
    expect((await confirmation({ data: { session: overMidnight } })).text).toContain('23:30 – 00:30 (Wednesday)')
    const overChange = {
      ...sampleSession,
      startsAt: Date.UTC(2026, 9, 25, 0, 30),
      endsAt: Date.UTC(2026, 9, 25, 1, 30),
    }
    expect((await confirmation({ data: { session: overChange } })).text).toContain('02:30 CEST – 02:30 CET')
  })

  it('shows HTML, braces and hidden characters of names as text, or not at all', async () => {
    const evil = '<img src=x onerror=alert(1)>\u202Egnp\u0000\r\nBcc: all@example.com {{reference}}'
    const session = { ...sampleSession, consultantName: evil, customerName: evil, serviceName: evil }
    const mail = await confirmation({ data: { session }, recipient: { name: evil, email: 'jo@example.com' } })
    expect(mail.html).not.toContain('<img src=x')
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;gnp')
    expect(mail.subject).not.toMatch(/[\r\n\u0000\u202E]/)
    expect(mail.subject.length).toBeLessThanOrEqual(250)
    expect(mail.text).not.toMatch(/[\u0000\u202E\r]/)
    expect(mail.text).toContain('Bcc: all@example.com {{reference}}')
  })

  it('puts the invitation into the confirmation, the same session into its change and withdrawal', async () => {
    const uidOf = (text: string | undefined) => {
      const calendar = new ICAL.Component(ICAL.parse(text ?? ''))
      const event = calendar.getFirstSubcomponent('vevent')
      return {
        method: calendar.getFirstPropertyValue('method'),
        uid: event?.getFirstPropertyValue('uid'),
        attendee: event?.getFirstPropertyValue('attendee'),
        summary: event?.getFirstPropertyValue('summary'),
        location: event?.getFirstPropertyValue('location'),
      }
    }
    const confirmed = (await confirmation()).attachments[0]
    expect(confirmed?.contentType).toBe('text/calendar; charset=utf-8; method=REQUEST')
    expect(uidOf(confirmed?.content)).toEqual({
      method: 'REQUEST',
      uid: `${sampleSession.id}@parley`,
      attendee: 'mailto:jo@example.com',
      summary: 'Pricing review – Ada Okafor',
      location: sampleLinks.join,
    })
    expect(confirmed?.content).not.toContain('token=')
    const moved = (await render('booking_rescheduled', 'consultant', 'en')).attachments[0]
    expect(uidOf(moved?.content)).toMatchObject({ method: 'REQUEST', summary: 'Pricing review – Jo Müller' })
    const cancelled = (await render('booking_cancelled', 'customer', 'en')).attachments[0]
    expect(cancelled?.contentType).toContain('method=CANCEL')
    expect(uidOf(cancelled?.content)).toMatchObject({ method: 'CANCEL', uid: `${sampleSession.id}@parley` })
  })

  it('sends no calendar file of a session that never was scheduled, nor where the calendar is connected', async () => {
    const unpaid = await render('booking_cancelled', 'customer', 'en', {
      data: { ...messageSamples.booking_cancelled, wasScheduled: false, refund: null },
    })
    expect(unpaid.attachments).toEqual([])
    expect(unpaid.text).toContain('You pay nothing.')
    expect((await confirmation({ withCalendar: false })).attachments).toEqual([])
    expect((await confirmation({ withCalendar: false })).text).not.toContain('attached')
  })

  it('says what becomes of the money to the customer only', async () => {
    const customer = await render('booking_cancelled', 'customer', 'en')
    expect(customer.text).toContain('£60.00 goes back the way you paid')
    const nothing = { ...messageSamples.booking_cancelled, refund: { amount: 0, currency: 'GBP' } }
    expect((await render('booking_cancelled', 'customer', 'en', { data: nothing })).text).toContain(
      'there is no refund',
    )
    expect((await render('booking_cancelled', 'consultant', 'en')).text).not.toMatch(/refund|£/i)
  })

  it('gives the same bytes for the same input, so that a second try is the same mail', async () => {
    expect(await confirmation()).toEqual(await confirmation())
  })

  it('takes the words of operations, with values as text', async () => {
    const mail = await confirmation({
      overrides: { subject: '{{ consultantName }} & you\n{{time}}', intro: '<b>{{serviceName}}</b> is on.' },
    })
    expect(mail.subject).toBe('Ada Okafor & you 10:00')
    expect(mail.html).toContain('&lt;b&gt;Pricing review&lt;/b&gt; is on.')
    expect(mail.message).toBe('<b>Pricing review</b> is on.')
  })

  it('leaves an edit aside that asks for what the kind does not have', async () => {
    const mail = await confirmation({ overrides: { subject: 'Refund {{refundAmount}}', intro: '  ' } })
    expect(mail.subject).toContain('Confirmed: Pricing review')
    expect(mail.message).toContain('looking forward')
  })

  it('refuses data of another kind and an audience that the kind does not speak to', async () => {
    await expect(render('booking_confirmation', 'customer', 'en', { data: {} })).rejects.toThrow('session')
    await expect(render('booking_confirmation', 'operations', 'en')).rejects.toThrow(
      'booking_confirmation is not written for operations',
    )
  })
})
