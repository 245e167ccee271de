/** Whose password it is to be. */
export type PasswordOwner = { email?: string | undefined; name?: string | undefined }

export type PasswordFault = 'length' | 'common' | 'own'

const shortest = 10
/** Hashing is costly, so an endless password would be a way to keep the server busy. */
const longest = 200

/**
 * Whether a password is one that is guessed first. Which letters and signs it is made of does not matter: rules about that make for passwords that all
 * follow them in the same way.
 * @param common passwords that many use, in lower case.
 * @returns what is wrong with it, which {@link passwordWords} explains; undefined when it is good.
 */
export const decidePassword = (
  password: unknown,
  owner: PasswordOwner,
  common: ReadonlySet<string>,
): PasswordFault | undefined => {
  if (typeof password !== 'string' || password.length < shortest || password.length > longest) {
    return 'length'
  }
  if (isSimple(password) || formsOf(password).some((form) => common.has(form))) {
    return 'common'
  }
  if (isMostlyOwn(password, owner)) {
    return 'own'
  }
  return undefined
}

/** So many digits and signs before and after a word add little to it. */
const mostAround = 6

/** The same with what people add to a word: capitals, digits and signs around it, digits in place of letters, the word once more. */
const formsOf = (password: string): string[] => {
  const lower = password.toLowerCase()
  const shorter = [lower.replace(/[^\p{L}]+$/u, ''), lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')]
  const words = [lower, ...shorter.filter((word) => word && lower.length - word.length <= mostAround)]
  return words.flatMap((word) => [word, withLetters(word)]).flatMap((word) => [word, word.replace(/^(.+?)\1+$/u, '$1')])
}

const lettersFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const withLetters = (word: string): string => word.replaceAll(/[013457@$!]/g, (sign) => lettersFor[sign] ?? sign)

/** A few signs again and again, or signs as they follow each other: `aaaaaaaaaa`, `abcdefghij`, `9876543210`. */
const isSimple = (password: string): boolean => {
  if (new Set(password.toLowerCase()).size <= 3) return true
  const steps = Array.from(password.slice(1), (sign, n) => sign.charCodeAt(0) - password.charCodeAt(n))
  return [1, -1].some((step) => steps.every((one) => one === step))
}

/** Whoever guesses knows these, too. */
const isMostlyOwn = (password: string, { email = '', name = '' }: PasswordOwner): boolean => {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  const words = [local, ...partsOf(local), ...partsOf(domain), ...partsOf(name.toLowerCase()), 'parley']
    .filter((word) => word.length >= 4)
    .toSorted((a, b) => b.length - a.length)
  const lower = password.toLowerCase()
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), lower)
  return rest !== lower && rest.replaceAll(/[^\p{L}]/gu, '').length < 4
}

const partsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u)

const advice = {
  en: 'Choose several words that do not belong together, or have a password manager make one.',
  de: 'Wählen Sie mehrere Wörter, die nicht zusammengehören, oder lassen Sie einen Passwortmanager eines erzeugen.',
} as const

/** What to change, in the languages of the pages where passwords are chosen. */
export const passwordWords = {
  en: {
    length: `Must be ${shortest} to ${longest} characters long.`,
    common: `Is among the passwords that are guessed first. ${advice.en}`,
    own: `Is little more than your name, your address or the name of this site, which are guessed first. ${advice.en}`,
  },
  de: {
    length: `Muss ${shortest} bis ${longest} Zeichen lang sein.`,
    common: `Gehört zu den Passwörtern, die zuerst geraten werden. ${advice.de}`,
    own: `Ist wenig mehr als Ihr Name, Ihre Adresse oder der Name dieser Website, die zuerst geraten werden. ${advice.de}`,
  },
} as const satisfies Record<string, Record<PasswordFault, string>>
