import { cleanLine } from '#shared/clean-text'

/** A sender such as "Parley <bookings@parley.example>", taken apart. */
export type Mailbox = { name: string; email: string }

/** Without a name, the part of the address before the @ is the name. */
export const parseMailbox = (text: string): Mailbox => {
  const line = cleanLine(text, 400)
  const [, quoted = '', address] = /^(.*)<([^<>]+)>$/.exec(line) ?? []
  const email = (address ?? line).trim()
  const name = quoted.trim().replace(/^"(.*)"$/, '$1')
  return { name: name || (email.split('@')[0] ?? email), email }
}
