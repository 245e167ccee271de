import { invalidParameter } from '../refusal'

/** Which fields of an object are wanted; `true` = all below. */
type Selection = Map<string, Selection | true>

const merge = (into: Selection, name: string, what: Selection | true): void => {
  const known = into.get(name)
  if (what === true || known === true) into.set(name, true)
  else if (known) for (const [key, value] of what) merge(known, key, value)
  else into.set(name, what)
}

/** Reads `a,b/c,d(e,f)`. @throws Refusal */
const parseSelection = (text: string): Selection => {
  let position = 0
  const fail = () => invalidParameter('fields', `Invalid field selection ${text.slice(position) || text}`)
  const readList = (depth: number): Selection => {
    const selection: Selection = new Map()
    for (;;) {
      const path: string[] = []
      for (;;) {
        const name = /^(?:\*|[\w$-]+)/.exec(text.slice(position))?.[0]
        if (!name || depth > 20) throw fail()
        path.push(name)
        position += name.length
        if (text[position] !== '/') break
        position += 1
      }
      let what: Selection | true = true
      if (text[position] === '(') {
        position += 1
        what = readList(depth + 1)
        if (text[position] !== ')') throw fail()
        position += 1
      }
      const [first = '', ...rest] = path
      merge(
        selection,
        first,
        rest.reduceRight<Selection | true>((inner, name) => new Map([[name, inner]]), what),
      )
      if (text[position] !== ',') return selection
      position += 1
    }
  }
  const selection = readList(0)
  if (position !== text.length) throw fail()
  return selection
}

const select = (value: unknown, selection: Selection | true): unknown => {
  if (selection === true || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => select(item, selection))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const what = selection.get(key) ?? selection.get('*')
      return what === undefined ? [] : [[key, select(inner, what)]]
    }),
  )
}

/** A partial response, as the parameter `fields` asks for it. @throws Refusal when it cannot be read. */
export const selectFields = (resource: object, fields: string): unknown => select(resource, parseSelection(fields))
