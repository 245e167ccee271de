import { describe, expect, it } from 'vitest'
import { messageTextOf, phrasesOf } from '#notifications/catalogue/catalogue'
import { placeholdersIn } from '#notifications/render/fill-placeholders'
import { messageLanguages } from '#notifications/languages'
import { messageKindNames, messageKindRow } from '#notifications/message-kinds'
import { placeholdersOf } from '#notifications/render/message-values'
import { notificationTypeNames } from '#notifications/notification-types'

const texts = messageLanguages.names().flatMap((language) =>
  messageKindNames().flatMap((kind) =>
    messageKindRow(kind).audiences.map((audience) => ({
      language,
      kind,
      audience,
      text: messageTextOf({ kind, audience, language }),
    })),
  ),
)

describe('the catalogues', () => {
  it.each(texts)('$language $kind for $audience uses placeholders of its kind only, and none in vain', (entry) => {
    const known = placeholdersOf(entry.kind)
    for (const words of Object.values(entry.text)) {
      expect(words.trim()).toBe(words)
      expect(words).not.toBe('')
      expect(known).toEqual(expect.arrayContaining(placeholdersIn(words)))
      expect(words.replace(/\{\{\w+\}\}/g, '')).not.toMatch(/[{}<>]/)
    }
    expect(entry.text.subject).not.toMatch(/[\r\n]/)
  })

  it('say the same in every language: the same placeholders in the same place', () => {
    for (const kind of messageKindNames()) {
      for (const audience of messageKindRow(kind).audiences) {
        const [first, ...others] = messageLanguages.names().map((language) => {
          const { subject, heading, intro, action } = messageTextOf({ kind, audience, language })
          return [subject, heading, intro, action].map((words) => placeholdersIn(words).sort())
        })
        for (const other of others) expect(other, `${kind} for ${audience}`).toEqual(first)
      }
    }
  })

  it('share no sentence by mistake', () => {
    const [en, de] = [phrasesOf('en'), phrasesOf('de')]
    for (const key of ['refundComes', 'noRefund', 'unrequested', 'calendarAttached'] as const) {
      expect(en[key]).not.toBe(de[key])
    }
  })
})

describe('the table of kinds', () => {
  it('stores every notification under a type that the database knows', () => {
    const types = messageKindNames().flatMap((kind) => messageKindRow(kind).type ?? [])
    expect(notificationTypeNames).toEqual(expect.arrayContaining(types))
  })

  it('covers the nine types that a 1:1 consulting platform starts with', () => {
    expect(messageKindNames()).toEqual(
      expect.arrayContaining([
        'booking_confirmation',
        'booking_reminder',
        'session_started',
        'session_completed',
        'recording_ready',
        'payment_received',
        'refund_processed',
        'availability_request',
        'message_received',
      ]),
    )
  })
})
