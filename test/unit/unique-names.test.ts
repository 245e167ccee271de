import { expect, test } from 'vitest'
import { exportedNames, programOf, readSourceFiles, type SourceFile } from '../support/product-names'

/** Names that a file has to export for a framework, which finds them by the place of the file. */
const namesOfFrameworks: Record<string, string> = {
  ...Object.fromEntries(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((name) => [name, "Next's routes"])),
  default: "Next's pages",
  metadata: "Next's pages",
  generateMetadata: "Next's pages",
}

/** `program: name` → the files that export it, if more than one does. */
const listDoubleNames = (files: readonly SourceFile[]): Record<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const source of files) {
    for (const name of exportedNames(source)) {
      if (name in namesOfFrameworks) continue
      const key = `${programOf(source.file)}: ${name}`
      found.set(key, [...(found.get(key) ?? []), source.file])
    }
  }
  return Object.fromEntries([...found].filter(([, places]) => places.length > 1))
}

test('no two files of a program export the same name', () => {
  const files = readSourceFiles()
  expect(files.length).toBeGreaterThan(500)
  expect(listDoubleNames(files)).toEqual({})
})

test('what a person changed in a calendar is a difference, and called nothing else', () => {
  const files = readSourceFiles().filter(({ file, text }) => /drift/i.test(file + text))
  expect(files.map(({ file }) => file)).toEqual([])
})

test('a double name is found, whatever it names and however it is exported', () => {
  const files = [
    { file: 'src/a.ts', text: 'export const one = 1; export type Two = 2; export const own = 3; export default 4' },
    {
      file: 'hooks/b.ts',
      text: "export function one() {}; export { Two } from './c'; const own = 1; export default own",
    },
    { file: 'src/c.ts', text: 'export class Three {}; export interface Four {}' },
    {
      file: 'endpoints/d.ts',
      text: 'export type Three = 3; export abstract class Four {}; export const GET = 1',
    },
    { file: 'src/app/(site)/e.ts', text: 'export const one = 1; export const GET = 1' },
  ]
  expect(listDoubleNames(files)).toEqual({
    'the product: one': ['src/a.ts', 'hooks/b.ts'],
    'the product: Two': ['src/a.ts', 'hooks/b.ts'],
    'the product: Three': ['src/c.ts', 'endpoints/d.ts'],
    'the product: Four': ['src/c.ts', 'endpoints/d.ts'],
  })
})
