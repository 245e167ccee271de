import { createElement, Fragment, type ReactNode } from 'react'
import type { Option } from 'payload'
import { inLanguage, type Label } from '#shared/words'
import { type LabelTable, labelInTable } from '../lib/label-in'
import { moneyText } from '../lib/money-text'
import { labelOfOption } from '../lib/option-label'
import { germanAccount } from './german-account'
import { germanCalendar } from './german-calendar'
import { germanLists } from './german-lists'
import { germanMoney } from './german-money'
import { germanOperations } from './german-operations'
import { germanSessions } from './german-sessions'

const german = {
  ...germanLists,
  ...germanAccount,
  ...germanCalendar,
  ...germanMoney,
  ...germanSessions,
  ...germanOperations,
} as const

/** What our components of the admin say, in English, with the names of what is put into it in braces. What has no German is none: it does not compile. */
export type AdminText = keyof typeof german

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
/** One that stands for itself: nothing is put into it. */
export type PlainText = { [Text in AdminText]: [NamesIn<Text>] extends [never] ? Text : never }[AdminText]

type ValuesOf<Text extends string, Value> = [NamesIn<Text>] extends [never]
  ? []
  : [Readonly<Record<NamesIn<Text>, Value>>]

export type AdminWords = {
  language: 'en' | 'de'
  /** For dates, amounts and numbers. */
  locale: 'en-GB' | 'de-DE'
  say: <Text extends AdminText>(text: Text, ...values: ValuesOf<Text, string | number>) => string
  /** The same around elements: an instant, a link. */
  weave: <Text extends AdminText>(text: Text, ...values: ValuesOf<Text, ReactNode>) => ReactNode
  /** A label of a table, or of a field's name. */
  inWords: (label: Label) => string
  /** What a key of a table of labels or states is called; the key itself when the table does not know it. */
  labelIn: (table: LabelTable, key: string) => string
  /** What a value of a select is called. */
  optionLabel: (options: readonly Option[], value: string) => string
  /** "£120.00", "120,00 £"; undefined when there is no amount or its currency is not known. */
  money: (amount: unknown, currency: unknown) => string | undefined
}

/** Every other part is the name of a value. */
const partsOf = (text: string): string[] => text.split(/\{(\w+)\}/)

const create = (language: 'en' | 'de'): AdminWords => {
  const textOf = (text: AdminText): string => (language === 'de' ? german[text] : text)
  const fill = <Value>(text: AdminText, values: Readonly<Record<string, Value>>): (string | Value | undefined)[] =>
    partsOf(textOf(text)).map((part, index) => (index % 2 === 0 ? part : values[part]))
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  return {
    language,
    locale,
    say: (text, ...[values]) => fill<string | number>(text, values ?? {}).join(''),
    weave: (text, ...[values]) => createElement(Fragment, null, ...fill<ReactNode>(text, values ?? {})),
    inWords: (label) => inLanguage(label, language),
    labelIn: (table, key) => labelInTable(table, key, language),
    optionLabel: (options, value) => labelOfOption(options, value, language),
    money: (amount, currency) => moneyText(amount, currency, locale),
  }
}

const words = { en: create('en'), de: create('de') }

/** @param language the user's, as Payload's i18n has it. */
export const adminWords = (language: string): AdminWords => words[/^de\b/.test(language) ? 'de' : 'en']
