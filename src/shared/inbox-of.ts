/**
 * The inbox that mails to an address end up in, as far as the address tells: in lower case, and without what most hosts leave aside after a
 * `+`. To count by, never to send to.
 */
export const inboxOf = (email: string): string =>
  email
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*(?=@[^@]*$)/, '')
