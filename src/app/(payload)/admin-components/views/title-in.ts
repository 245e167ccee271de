import type { Metadata } from 'next'
import type { AdminWords, PlainText } from '../words/admin-words'

/** Payload takes the titles of views of one's own as they stand in the configuration, in one language. */
const titles = [
  ...([
    'Second factor',
    'Money',
    'What is stuck',
    'Storage',
    'Payouts',
    'My calendar',
    'Search',
  ] as const satisfies PlainText[]),
]

/** The title of a page in the language of whoever opens it, with what Payload puts behind it. */
export const titleIn = (title: Metadata['title'], { say }: AdminWords): Metadata['title'] => {
  if (typeof title !== 'string') return title
  // A record may be called "Money matters".
  const own = titles.find((one) => title.startsWith(one) && /^(?:\s+·.*)?$/.test(title.slice(one.length)))
  return own === undefined ? title : say(own) + title.slice(own.length)
}
