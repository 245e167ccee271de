/** More than are ever in use at once: a few ways to write a time, in the languages and zones of those who are told just now. */
const most = 1_000

const made = new Map<string, Intl.DateTimeFormat>()

/**
 * A formatter that is made once and kept: making one costs a hundred times what using it does.
 * @throws RangeError when there is no such locale or zone.
 */
export const dateTimeFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = JSON.stringify([locale, options])
  const known = made.get(key)
  if (known) return known
  const fresh = new Intl.DateTimeFormat(locale, options)
  if (made.size >= most) made.clear()
  made.set(key, fresh)
  return fresh
}
