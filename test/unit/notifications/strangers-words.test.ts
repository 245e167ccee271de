import { describe, expect, it } from 'vitest'
import '../../support/declare-messages'
import { messageLanguages } from '#notifications/languages'
import { isMessagePart } from '#notifications/message-parts'
import { messageKindEntries, messageKindRow } from '#notifications/message-kinds'
import { renderMailBody } from '#notifications/channels/email/render-mail-body'
import { composeStoredMessage } from '#notifications/render/compose-stored-message'
import { authorOf } from '#notifications/render/placeholder-authors'
import { placeholdersOf, sharedPlaceholders } from '#notifications/render/message-values'
import { messageSamples, sampleLinks } from './message-samples'

const hostile = 'Dear http://evil.example'

/** What a stranger can have written in the data of a message, by the names of its fields. */
const strangers = new Set(['customerName', 'problem', 'reason', 'text', 'senderName', 'value', 'label'])

const withHostileText = (data: unknown): unknown => {
  if (Array.isArray(data)) return data.map(withHostileText)
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) =>
      strangers.has(name) && value !== 'Ours.' && (typeof value === 'string' || value === null)
        ? [name, `${hostile} ${name}`]
        : [name, withHostileText(value)],
    ),
  )
}

const cases = messageKindEntries().flatMap(([kind, { audiences }]) =>
  audiences.flatMap((audience) => messageLanguages.names().map((language) => ({ kind, audience, language }))),
)

const isOurs = (kind: (typeof cases)[number]['kind'], name: string): boolean =>
  authorOf(name, messageKindRow(kind).writtenBy) === 'us'

const compose = ({ kind, audience, language }: (typeof cases)[number], isConfirmed: boolean) =>
  composeStoredMessage({
    kind,
    audience,
    // Why a consultant or operations decline is theirs to say.
    data: withHostileText({ ...messageSamples[kind], ...(isOurs(kind, 'reason') ? { reason: 'Ours.' } : {}) }),
    language,
    timeZone: 'Europe/Berlin',
    recipient: { name: `${hostile} name`, email: 'jo@example.com' },
    links: sampleLinks,
    from: 'Parley <bookings@parley.example>',
    createdAt: 0,
    isConfirmed,
    // Operations may put any placeholder anywhere.
    overrides: {
      subject: placeholdersOf(kind)
        .map((name) => `{{${name}}}`)
        .join(' '),
      intro: placeholdersOf(kind)
        .map((name) => `{{${name}}}`)
        .join(' '),
    },
  })

describe('a message to an address that nobody has confirmed', () => {
  it.each(cases)('$kind for $audience in $language holds nothing that a stranger wrote', async (one) => {
    const { content, attachments } = compose(one, false)
    const said = JSON.stringify({ content, attachments, mail: await renderMailBody(content) })
    expect(said).not.toContain('evil.example')
    expect(said).not.toContain('undefined')
    expect(content.greeting.trim()).not.toBe('')
  })

  it('has no row in its table that says nothing', () => {
    for (const kind of cases.filter(({ audience }) => audience === 'customer')) {
      const { content } = compose(kind, false)
      for (const { lines, label } of content.facts) expect(lines.filter(Boolean), label).toEqual(lines)
    }
  })
})

describe('a message to whom we know', () => {
  it.each(cases.filter(({ audience }) => audience === 'consultant'))(
    '$kind for $audience in $language has a stranger’s words as text, and links to none of them',
    async (one) => {
      const { html } = await renderMailBody(compose(one, true).content)
      expect(html).not.toMatch(/<a[^>]*evil/)
      if (JSON.stringify(messageSamples[one.kind]).includes('customerName')) expect(html).toContain('evil.example')
    },
  )
})

describe('placeholders', () => {
  it('all have somebody who writes them', () => {
    for (const [kind, { data, writtenBy }] of messageKindEntries()) {
      const own = Object.keys(data.shape).filter((name) => !isMessagePart(name))
      expect(
        own.filter((name) => !(name in (writtenBy ?? {}))),
        kind,
      ).toEqual([])
    }
    expect(sharedPlaceholders.filter((name) => authorOf(name) === 'anybody').sort()).toEqual(
      ['customerName', 'customerName', 'problem', 'reason', 'recipientName', 'senderName'].sort(),
    )
  })

  it('are ours by the word of a kind only where the customer cannot write it', () => {
    const said = messageKindEntries().flatMap(([kind, { writtenBy = {} }]) =>
      Object.keys(writtenBy).map((name) => `${kind}.${name}`),
    )
    expect(said.sort()).toEqual(['booking_declined.reason', 'request_rejected.reason'])
  })

  it('are anybody’s while nothing is said of them', () => {
    expect(authorOf('unheardOf')).toBe('anybody')
    expect(authorOf('fileNumber', { fileNumber: 'us' })).toBe('us')
    // A kind may know better.
    expect(authorOf('reason', { reason: 'us' })).toBe('us')
  })
})
