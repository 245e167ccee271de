import type { z } from 'zod'
import { type OpenTable, openTable } from '#shared/open-table'
import type { SubjectStates } from './message-subjects'
import type { NotificationChannel, NotificationType } from './notification-types'
import type { Label, Words } from '#shared/words'

/** To whom a message speaks; the wording differs, and so does where its button leads. `account`: whoever owns the login. */
export const messageAudiences = {
  customer: { en: 'Customer', de: 'Kundin/Kunde' },
  consultant: { en: 'Consultant', de: 'Fachperson' },
  operations: { en: 'Operations', de: 'Betriebsteam' },
  account: { en: 'Owner of the login', de: 'Inhaber des Kontos' },
} as const satisfies Record<string, Words>

export type MessageAudience = keyof typeof messageAudiences

/**
 * Who may switch it off: nobody (`transactional`: what was agreed, paid or asked for), those who do not want reminders,
 * those who want no further mails.
 */
export type MessageCategory = 'transactional' | 'reminder' | 'update'

/** The links a message can carry. */
export const messageLinkNames = ['manage', 'join', 'pay', 'review', 'invoice', 'receipt', 'account', 'decide'] as const
export type MessageLinkName = (typeof messageLinkNames)[number]

/** The words of one message. `{{name}}` stands for a value; which ones a kind has follows from its data (`placeholdersOf`). */
export type MessageText = {
  subject: string
  /** The headline in the mail, and the title in the app. */
  heading: string
  /** The first paragraph, and the text in the app: the news in one or two sentences. */
  intro: string
  /** The words on the button. */
  action: string
}

/** Who writes what a placeholder stands for: the product, staff and consultants, or whoever has filled in a form. */
export type PlaceholderAuthor = 'us' | 'anybody'

type TextsFor<Audience extends MessageAudience> = Readonly<Record<Audience, MessageText>>
type SomeTextsFor<Audience extends MessageAudience> = Readonly<Partial<Record<Audience, Partial<MessageText>>>>

/** Everything about a kind of message but its words and its data. */
type KindTraits = {
  /** What operations read where they edit the wording. */
  label: Label
  /** Under which type it is stored and filtered; null for mails about a login, which are no notifications. */
  type: NotificationType | null
  category: MessageCategory
  /** Over which channels it goes, besides those that carry it by their own choice; left out: by mail and in the app. */
  channels?: readonly NotificationChannel[]
  /** Where the button leads. */
  primary: MessageLinkName
  /** The calendar entry that goes with it. */
  calendar?: 'REQUEST' | 'CANCEL'
  /** It says something about the present: once the session or request is in another state, it is not sent any more. */
  onlyWhile?: { session: readonly SubjectStates['session'][] } | { request: readonly SubjectStates['request'][] }
  /** The moment after which it is of no use to anybody: when the session begins or ends, or what is asked for can no longer be done. */
  usefulUntil?: 'start' | 'end' | 'deadline'
  /**
   * Who writes what the placeholders of its own stand for, for each of them, and those that messages share where this kind knows better. What
   * anybody may have written is left out of mails to addresses that nobody has confirmed: they may be a stranger's.
   */
  writtenBy?: Readonly<Record<string, PlaceholderAuthor>>
}

export type MessageKindRow = KindTraits & {
  audiences: readonly MessageAudience[]
  /** What it speaks of: parts that every message knows (`messageParts`), and texts and numbers of its own, which are placeholders under their names. */
  data: z.ZodObject
  /** By language; what is missing in one is said in English. */
  words: Readonly<Record<string, SomeTextsFor<MessageAudience>>>
}

type Definition<Audience extends MessageAudience, Data extends z.ZodObject, Words> = KindTraits & {
  audiences: readonly Audience[]
  data: Data
  words: Words
}

/**
 * The kinds of messages of the product. Each feature declares its own here:
 *
 *     declare module '#notifications/message-kinds' {
 *       interface MessageKinds extends SessionMessages {}
 *     }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Filled by the features, by merging of declarations.
export interface MessageKinds {}

export type MessageKind = keyof MessageKinds
export type AudienceOf<K extends MessageKind> = MessageKinds[K]['audiences'][number]

/** A kind of message that an installation adds. */
export type AddedMessageKind<
  Audience extends MessageAudience = MessageAudience,
  Data extends z.ZodObject = z.ZodObject,
> = Definition<Audience, Data, Readonly<Record<string, SomeTextsFor<MessageAudience>>>> & {
  /** Its name, in the database and in the wording of operations. */
  kind: string
  type: NotificationType
}

/** A kind of message of an installation, with its words in English at least. `recordMessage` takes it in place of a name. */
export const defineMessage = <const Audience extends MessageAudience, Data extends z.ZodObject>(
  kind: AddedMessageKind<Audience, Data> & { words: { en: TextsFor<NoInfer<Audience>> } },
): AddedMessageKind<Audience, Data> => kind

/** A kind of the product: every language of the product has its words. */
export const defineTranslatedMessage = <const Audience extends MessageAudience, Data extends z.ZodObject>(
  kind: Definition<Audience, Data, Readonly<Record<'en' | 'de', TextsFor<NoInfer<Audience>>>>>,
): typeof kind => kind

let kinds: OpenTable<MessageKindRow, MessageKind> = openTable('kind of message', {})

/** What the features of the product have to say; the composition collects it, as this folder knows none of them. */
export const declareMessageKinds = (rows: Readonly<Record<string, MessageKindRow>>): void => {
  kinds = openTable('kind of message', rows)
}

/** @throws Error when two kinds have one name. */
export const extendMessageKinds = (added: readonly AddedMessageKind[]): void => {
  const twice = added.find(({ kind }, index) => added.findIndex((other) => other.kind === kind) < index)
  if (twice) throw new Error(`There are two kinds of message "${twice.kind}"; choose another name for one.`)
  kinds.extend(Object.fromEntries(added.map((row) => [row.kind, row])))
}

/** @throws RangeError when there is no such kind: what is stored was recorded with an extension that is gone. */
export const messageKindRow = (kind: MessageKind): MessageKindRow => kinds.row(kind)

export const isMessageKind = (name: unknown): name is MessageKind => typeof name === 'string' && kinds.has(name)
export const messageKindNames = (): MessageKind[] => kinds.names()
/** In the order of the alphabet, whatever file they stand in: the list of a column follows it, and moving a row is no change of the database. */
export const messageKindEntries = (): [MessageKind, MessageKindRow][] =>
  kinds.entries().sort(([one], [other]) => (one < other ? -1 : 1))
