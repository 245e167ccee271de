/**
 * Text from people in the form in which it is stored, or what is wrong with it. What comes along unseen when something is copied is taken out;
 * what only ever hides or turns around other text is refused. Pure.
 */
export type ReadText = { value: string; fault?: undefined } | { value?: undefined; fault: string }

/** One line, trimmed; every kind of space is an ordinary one. */
export const readLine = (text: string): ReadText => {
  if (isPlain(text)) return { value: text.trim() }
  const fault = findTextFault(text)
  if (fault !== undefined) return { fault }
  const value = takeOutUnseen(text.trim()).replace(otherSpace, ' ').trim()
  return lineBreak.test(value) ? { fault: 'must be one line' } : { value: value.normalize('NFC') }
}

/** Text of several lines, trimmed; lines end with `\n`. No-break spaces stay: they are there for the way lines are broken. */
export const readParagraph = (text: string): ReadText => {
  if (isPlain(text)) return { value: text.trim() }
  const fault = findTextFault(text)
  return fault === undefined
    ? { value: takeOutUnseen(text).replace(anyLineBreak, '\n').trim().normalize('NFC') }
    : { fault }
}

/** What nobody writes; undefined where there is nothing of it. */
export const findTextFault = (text: string): string | undefined =>
  isPlain(text) || (text.isWellFormed() && !refused.test(text.replace(flag, '')))
    ? undefined
    : 'must not contain control characters, or characters that hide or turn around text'

/** Whether there is anything to be seen in it; marks are seen on a letter alone. */
export const isVisible = (text: string): boolean => visible.test(text)

const isPlain = (text: string): boolean => plain.test(text)

const plain = /^[\x20-\x7E]*$/
const visible = /[^\s\p{Cf}\p{Cc}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

/** NEL and the separators of lines and paragraphs are breaks as well. */
const lineBreak = /[\n\r\u0085\u2028\u2029]/
const anyLineBreak = /\r\n?|[\u0085\u2028\u2029]/g
const otherSpace = /[\t\p{Zs}]/gu

/** England, Scotland, Wales and the like: a flag, and letters of tags that belong to it. */
const flag = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,8}\u{E007F}/gu

/** Controls, overrides of direction, annotations, tags outside of a flag, and what is no character at all. */
const refused =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\u202D\u202E\uFFF9-\uFFFB\uFDD0-\uFDEF\uFFFE\uFFFF\u{E0000}-\u{E007F}]/u

/** Soft hyphens, zero-width spaces, word joiners, embeddings, isolates, byte order marks. */
const copied = /[\u00AD\u034F\u180E\u200B\u202A-\u202C\u2060-\u206F\uFEFF]/g
/** Marks of direction mean something beside letters that are written from right to left, and once. */
const marks = /[\u061C\u200E\u200F]/g
const repeatedMarks = /([\u061C\u200E\u200F])\1+/g
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
/** Joiners behind letters that join: Arabic and Persian, Mongolian, the scripts of India and its neighbours; and within emoji. */
const joiners =
  /(?<![\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Tibt}\p{scx=Mymr}])\u200C|(?<![\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Tibt}\p{scx=Mymr}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D/gu
/** A variation selector says how the one character before it looks; rows of them are a way to hide a message. */
const variations = /(?<![^\s\uFE00-\uFE0F\u{E0100}-\u{E01EF}])[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]+/gu
const ideographicVariations = /(?<!\p{Script=Han})[\u{E0100}-\u{E01EF}]/gu

/** Without what comes along unseen when something is copied; spaces and breaks stay. */
export const takeOutUnseen = (text: string): string => {
  if (isPlain(text)) return text
  const shown = text.replace(copied, '')
  const turned = rightToLeft.test(shown) ? shown.replace(repeatedMarks, '$1') : shown.replace(marks, '')
  const left = turned.replace(joiners, '').replace(ideographicVariations, '').replace(variations, '')
  // What stood between two others is gone, and one of them may mean nothing beside the other.
  return left === text ? text : takeOutUnseen(left)
}
