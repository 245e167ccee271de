import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'

/** Licences under which a package may be used and handed on beside our own. */
const allowed = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense'],
  ...['Python-2.0', 'WTFPL', 'WTFPL OR ISC', '(WTFPL OR MIT)'],
]

/** Others, package by package, with why they may be used. */
const exceptions: Record<string, string> = {
  '@img/*': 'LGPL: libvips, a library of its own that is loaded and not changed',
  'caniuse-lite': 'CC-BY: data about browsers, used for builds alone',
  'dejavu-fonts-ttf': 'the fonts’ own licence allows to embed them in documents',
  'ical.js': 'MPL: used as it is; changes of its own files would have to be published',
  busboy: 'says no licence in its description; its LICENSE is the MIT licence',
  streamsearch: 'says no licence in its description; its LICENSE is the MIT licence',
  'png-js': 'says no licence in its description; its LICENSE is the MIT licence',
}

const lock = z
  .object({ packages: z.record(z.string(), z.object({ license: z.string().optional(), dev: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))

const nameOf = (place: string): string => place.replace(/^.*node_modules\//, '').replace(/^@img\/.*/, '@img/*')

it('every package of production has a licence that allows its use, or a reason', () => {
  const others = Object.entries(lock.packages)
    .filter(([place, { dev, license = '' }]) => place && !dev && !allowed.includes(license))
    .map(([place]) => nameOf(place))
  expect([...new Set(others)].sort()).toEqual(Object.keys(exceptions).sort())
})
