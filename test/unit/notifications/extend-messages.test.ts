import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { messageTextOf, phrasesOf } from '#notifications/catalogue/catalogue'
import { findFaultsInMessages } from '#notifications/catalogue/find-faults-in-messages'
import { defineChannel } from '#notifications/channel'
import { messageChannels } from '#notifications/channels/message-channels'
import { planDeliveries } from '#notifications/deliver/plan-deliveries'
import { extendMessages, type MessageOptions } from '#notifications/extend-messages'
import { chooseLanguage, type LanguageDefinition, messageLanguages } from '#notifications/languages'
import { parseMessageParts } from '#notifications/message-data'
import { defineMessage, isMessageKind, type MessageKind } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'
import { composeStoredMessage } from '#notifications/render/compose-stored-message'
import { placeholdersOf } from '#notifications/render/message-values'
import { chooseSpokenLanguage } from '#notifications/spoken-language'
import { messageSamples, sampleLinks, sampleSession } from './message-samples'

const pager = defineChannel({
  label: 'Pager',
  carries: ({ category }) => category === 'reminder',
  addressOf: ({ name }) => name,
  compose: ({ content }) => content.subject,
  send: () => Promise.resolve({ status: 'sent', providerMessageId: null }),
})

const doorCode = defineMessage({
  kind: 'door_code',
  label: 'Code of the door',
  type: 'booking_reminder',
  audiences: ['customer'],
  category: 'transactional',
  primary: 'manage',
  data: z.object({ session: messageParts.session, doorCode: z.string(), floor: z.int() }),
  writtenBy: { doorCode: 'us', floor: 'us' },
  words: {
    en: {
      customer: {
        subject: 'Your code: {{doorCode}}',
        heading: 'The door opens with {{doorCode}}',
        intro: 'It is on floor {{floor}}, {{when}}.',
        action: 'See the booking',
      },
    },
    de: { customer: { subject: 'Ihr Code: {{doorCode}}' } },
  },
})

const french: LanguageDefinition = {
  label: 'Français',
  locale: 'fr-FR',
  catalogue: {
    phrases: { greeting: 'Bonjour {{recipientName}},', facts: { when: 'Quand' } },
    messages: { booking_confirmation: { customer: { heading: 'Votre rendez-vous est confirmé' } } },
  },
}

/** Extends anew: nothing of an earlier test is left. */
const faultsOf = (options: MessageOptions): string => {
  try {
    extendMessages(options)
  } catch (error) {
    return error instanceof Error ? error.message : 'no error'
  }
  return 'no fault'
}

/** The kind by its name, as the database has it. */
const known = ({ kind }: { kind: string }): MessageKind => {
  if (!isMessageKind(kind)) throw new Error('It is not known.')
  return kind
}

beforeEach(() => extendMessages({}))
afterAll(() => extendMessages({}))

describe('a language of an installation', () => {
  beforeEach(() => extendMessages({ languages: { fr: french } }))

  it('is chosen by tags, and by what people say that they speak', () => {
    expect(chooseLanguage('fr-BE')).toEqual({ language: 'fr', locale: 'fr-BE' })
    expect(chooseLanguage('fr')).toEqual({ language: 'fr', locale: 'fr-FR' })
    expect(chooseSpokenLanguage(['Yoruba', 'français', 'English'])).toBe('fr')
    expect(chooseSpokenLanguage(['French'])).toBe('fr')
    expect(messageLanguages.names()).toEqual(['en', 'de', 'fr'])
  })

  it('falls back to English text by text, in what a message says and in what messages share', () => {
    const { content } = composeStoredMessage({
      kind: 'booking_confirmation',
      audience: 'customer',
      data: messageSamples.booking_confirmation,
      language: 'fr-FR',
      timeZone: 'Europe/Paris',
      recipient: { name: 'Jo', email: 'jo@example.com' },
      links: sampleLinks,
      from: 'Parley <bookings@parley.example>',
      createdAt: 0,
    })
    expect(content).toMatchObject({
      language: 'fr',
      subject: 'Confirmed: Pricing review with Ada Okafor, mardi 1 décembre 2026, 10:00 UTC+1',
      heading: 'Votre rendez-vous est confirmé',
      greeting: 'Bonjour Jo,',
      action: { label: 'View or change your booking' },
    })
    expect(content.facts.map(({ label }) => label)).toEqual(expect.arrayContaining(['Service', 'Quand', 'Reference']))
    const { language } = chooseLanguage('fr')
    expect(phrasesOf(language).cancelledBy).toEqual(phrasesOf('en').cancelledBy)
    expect(phrasesOf('de').greeting).toBe('Guten Tag {{recipientName}},')
  })

  it('may be complete, and say kinds of the installation too', () => {
    extendMessages({
      languages: {
        fr: { ...french, catalogue: { messages: { door_code: { customer: { heading: 'La porte : {{doorCode}}' } } } } },
      },
      messages: [doorCode],
    })
    const words = (tag: string) =>
      messageTextOf({ kind: known(doorCode), audience: 'customer', language: chooseLanguage(tag).language })
    expect(words('fr')).toMatchObject({ subject: 'Your code: {{doorCode}}', heading: 'La porte : {{doorCode}}' })
    expect(words('de')).toMatchObject({
      subject: 'Ihr Code: {{doorCode}}',
      heading: 'The door opens with {{doorCode}}',
    })
  })

  it.each<[string, LanguageDefinition['catalogue'], string]>([
    ['a kind', { messages: { booking_confirmed: {} } }, 'there is no kind of message "booking_confirmed"'],
    ['an audience', { messages: { payout_made: { customer: {} } } }, 'payout_made is not for customer'],
    [
      'a text',
      { messages: { no_show: { customer: JSON.parse('{"titel":"x"}') } } },
      'no_show.customer.titel is no text of a message',
    ],
    [
      'a placeholder',
      { messages: { no_show: { customer: { intro: '{{deadline}}' } } } },
      'no_show.customer.intro has no {{deadline}}',
    ],
    ['a phrase', { phrases: JSON.parse('{"facts":{"whenn":"x"}}') }, 'phrases.facts.whenn is no text of a message'],
    ['a placeholder in a phrase', { phrases: { noRefund: '{{price}}' } }, 'phrases.noRefund has no {{price}}'],
    ['texts for a text', { phrases: JSON.parse('{"greeting":{"x":"y"}}') }, 'phrases.greeting has to be a text'],
  ])('that names %s which does not exist is refused at the start', (_what, catalogue, fault) => {
    expect(faultsOf({ languages: { fr: { ...french, catalogue } } })).toContain(fault)
  })

  it('needs a tag that people can have, a locale, and a name of its own', () => {
    expect(faultsOf({ languages: { french } })).toContain('"french" is not the tag of a language')
    expect(faultsOf({ languages: { fr: { ...french, locale: 'not a locale' } } })).toContain('needs a locale such as')
    expect(faultsOf({ languages: { de: french } })).toContain('There is a language "de" already')
  })
})

describe('a kind of message of an installation', () => {
  it('says who writes what stands for each placeholder of its own, and is refused otherwise', () => {
    const { writtenBy: _said, ...silent } = doorCode
    expect(faultsOf({ messages: [silent] })).toContain('say in "writtenBy" who writes "doorCode"')
    expect(faultsOf({ messages: [{ ...doorCode, writtenBy: { doorCode: 'us' } }] })).toContain('who writes "floor"')
    const other = { ...doorCode, writtenBy: { doorCode: 'us', floor: 'us', roof: 'us' } as const }
    expect(faultsOf({ messages: [other] })).toContain('"writtenBy" names "roof"')
  })

  it('has the placeholders of the parts that it shares, and those of its own', () => {
    extendMessages({ messages: [doorCode] })
    const kind = known(doorCode)
    expect(placeholdersOf(kind)).toEqual(expect.arrayContaining(['when', 'doorCode', 'floor']))
    const { content } = composeStoredMessage({
      kind,
      audience: 'customer',
      data: { session: sampleSession, doorCode: '12\u202E34\n5', floor: 3 },
      language: 'de',
      timeZone: 'Europe/Berlin',
      recipient: { name: 'Jo', email: 'jo@example.com' },
      links: sampleLinks,
      from: 'Parley <bookings@parley.example>',
      createdAt: 0,
    })
    expect(content).toMatchObject({
      subject: 'Ihr Code: 1234 5',
      intro: 'It is on floor 3, Dienstag, 1. Dezember 2026, 10:00 MEZ.',
    })
    expect(() => parseMessageParts(kind, { session: sampleSession, doorCode: '1' })).toThrow('floor')
  })

  it.each<[string, Partial<typeof doorCode>, string]>([
    ['a name that is taken', { kind: 'no_show' }, 'There is a kind of message "no_show" already'],
    [
      'no English words',
      { words: { de: doorCode.words.de ?? {} } },
      'The message "door_code" has no English subject for customer',
    ],
    [
      'a placeholder that it does not have',
      { words: { ...doorCode.words, de: { customer: { intro: '{{code}}' } } } },
      'door_code.customer.intro has no {{code}}',
    ],
    ['words in no language', { words: { ...doorCode.words, it: {} } }, 'has words in "it", which is no language here'],
    ['a channel that is not there', { channels: JSON.parse('["sms"]') }, 'there is no channel "sms"'],
  ])('with %s is refused at the start', (_what, changes, fault) => {
    expect(faultsOf({ messages: [{ ...doorCode, ...changes }] })).toContain(fault)
  })

  it('cannot give a shared placeholder another meaning, or stand twice', () => {
    const data = z.object({ price: z.string() })
    expect(faultsOf({ messages: [{ ...doorCode, data }] })).toContain('its data cannot have "price"')
    expect(faultsOf({ messages: [doorCode, doorCode] })).toContain('There are two kinds of message "door_code"')
  })
})

describe('a channel of an installation', () => {
  it('gets a row of its own for what it carries, and the app goes on to show one', () => {
    extendMessages({ channels: { pager } })
    expect(planDeliveries('booking_reminder', 'customer')).toEqual([
      { channel: 'email', channels: ['email', 'in-app'] },
      { channel: 'pager', channels: ['pager'] },
    ])
    expect(planDeliveries('booking_confirmation', 'customer')).toHaveLength(1)
    expect(planDeliveries('password_reset', 'account')).toHaveLength(1)
  })

  it('may be the only one', () => {
    const only = (...channels: string[]) => ({ ...doorCode, channels: JSON.parse(JSON.stringify(channels)) })
    const plan = (message: typeof doorCode) => {
      extendMessages({ channels: { pager }, messages: [message] })
      return planDeliveries(known(message), 'customer')
    }
    expect(plan(only('pager'))).toEqual([{ channel: 'pager', channels: ['pager'] }])
    expect(plan(only('pager', 'in-app'))).toEqual([{ channel: 'pager', channels: ['pager', 'in-app'] }])
    expect(plan(only('in-app'))).toEqual([{ channel: 'in-app', channels: ['in-app'] }])
  })

  it('is gone when the options do not name it', () => {
    expect(messageChannels.names()).toEqual(['email', 'in-app'])
    expect(faultsOf({ channels: { email: pager } })).toContain('There is a channel "email" already')
  })
})

it('the product has no faults of its own', () => {
  expect(findFaultsInMessages()).toEqual([])
})
