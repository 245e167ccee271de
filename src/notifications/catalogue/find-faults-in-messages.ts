import { messageChannels } from '../channels/message-channels'
import { messageLanguages } from '../languages'
import {
  type MessageAudience,
  type MessageKind,
  messageKindEntries,
  type MessageKindRow,
  isMessageKind,
  messageKindRow,
  type MessageText,
} from '../message-kinds'
import { isMessagePart } from '../message-parts'
import { placeholdersIn } from '../render/fill-placeholders'
import { placeholdersOf, sharedPlaceholders } from '../render/message-values'
import type { Catalogue } from './catalogue-words'
import { en } from './en'

const textNames: readonly string[] = ['subject', 'heading', 'intro', 'action'] satisfies (keyof MessageText)[]

type Texts = Readonly<Partial<Record<MessageAudience, Partial<MessageText>>>>

/** What is wrong with the texts of one kind in one language. */
const inTexts = (where: string, kind: MessageKind, texts: Texts): string[] => {
  const known = placeholdersOf(kind)
  const { audiences } = messageKindRow(kind)
  return Object.entries(texts).flatMap(([audience, text]) => {
    if (!audiences.some((one) => one === audience)) return [`${where}: ${kind} is not for ${audience}.`]
    return Object.entries(text).flatMap(([name, words]) => {
      const place = `${where}: ${kind}.${audience}.${name}`
      if (!textNames.includes(name)) return [`${place} is no text of a message.`]
      return unknownIn(place, words, known)
    })
  })
}

const unknownIn = (place: string, words: string, known: readonly string[]): string[] =>
  placeholdersIn(words)
    .filter((name) => !known.includes(name))
    .map((name) => `${place} has no {{${name}}}.`)

type Words = { readonly [name: string]: string | Words | undefined }

/** What is wrong with shared words, held against the English ones. */
const inPhrases = (place: string, words: Words, english: Words): string[] =>
  Object.entries(words).flatMap(([name, own]) => {
    const standard = english[name]
    const here = `${place}.${name}`
    if (own === undefined) return []
    if (standard === undefined) return [`${here} is no text of a message.`]
    if (typeof own === 'object') {
      return typeof standard === 'object' ? inPhrases(here, own, standard) : [`${here} has to be a text.`]
    }
    return typeof standard === 'object'
      ? [`${here} has to be several texts.`]
      : unknownIn(here, own, placeholdersIn(standard))
  })

const inCatalogue = (where: string, { messages = {}, phrases = {} }: Catalogue): string[] => [
  ...Object.entries(messages).flatMap(([kind, texts]) =>
    isMessageKind(kind) ? inTexts(where, kind, texts) : [`${where}: there is no kind of message "${kind}".`],
  ),
  ...inPhrases(`${where}: phrases`, phrases, en),
]

const isLanguage = (name: string): boolean => /^[a-z]{2,3}$/.test(name)

const inLanguages = (): string[] =>
  messageLanguages
    .entries()
    .flatMap(([name, { locale, catalogue }]) => [
      ...(isLanguage(name) ? [] : [`"${name}" is not the tag of a language without a region.`]),
      ...(isLocale(locale) ? [] : [`The language "${name}" needs a locale such as fr-FR, not "${locale}".`]),
      ...inCatalogue(`The language "${name}"`, catalogue),
    ])

const isLocale = (locale: string): boolean => {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([locale]).length > 0
  } catch {
    return false
  }
}

const inKind = (
  kind: MessageKind,
  { audiences, channels = [], data, words, writtenBy = {} }: MessageKindRow,
): string[] => {
  const where = `The message "${kind}"`
  const known = placeholdersOf(kind)
  const own = Object.keys(data.shape).filter((name) => !isMessagePart(name))
  return [
    ...own
      .filter((name) => sharedPlaceholders.includes(name) || !/^[A-Za-z][A-Za-z0-9]*$/.test(name))
      .map((name) => `${where}: its data cannot have "${name}", which is taken or is not a name.`),
    ...own
      .filter((name) => !Object.hasOwn(writtenBy, name))
      .map((name) => `${where}: say in "writtenBy" who writes "${name}": "us", or "anybody" who fills in a form.`),
    ...Object.keys(writtenBy)
      .filter((name) => !known.includes(name))
      .map((name) => `${where}: "writtenBy" names "${name}", which is no placeholder of it.`),
    ...channels.filter((name) => !messageChannels.has(name)).map((name) => `${where}: there is no channel "${name}".`),
    ...audiences.flatMap((audience) =>
      textNames
        .filter((name) => !Object.hasOwn(words.en?.[audience] ?? {}, name))
        .map((name) => `${where} has no English ${name} for ${audience}.`),
    ),
    ...Object.entries(words).flatMap(([language, texts]) => [
      ...(messageLanguages.has(language) ? [] : [`${where} has words in "${language}", which is no language here.`]),
      ...inTexts(`${where} in "${language}"`, kind, texts),
    ]),
  ]
}

/** What is wrong with the kinds of messages and the languages as they are put together, each in one sentence. */
export const findFaultsInMessages = (): string[] => [
  ...inLanguages(),
  ...messageKindEntries().flatMap(([kind, row]) => inKind(kind, row)),
]
