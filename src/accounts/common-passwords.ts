/** Loaded when somebody chooses a password for the first time: most processes never need them. */
let known: Promise<ReadonlySet<string>> | undefined

/** The passwords that many use, in lower case. */
export const commonPasswords = (): Promise<ReadonlySet<string>> => (known ??= load())

const load = async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map(String))
}
