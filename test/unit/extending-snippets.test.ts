import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'

const example = 'test/extension/extensions'

it('docs/extending.md shows the code of the example as it is; `…` is what it leaves out', async () => {
  const files = (await readdir(example, { recursive: true })).filter((file) => /\.tsx?$/.test(file))
  const sources = await Promise.all(files.map((file) => readFile(path.join(example, file), 'utf8')))
  const lines = new Set(sources.flatMap((source) => source.split('\n')).map((line) => line.trim()))
  const snippets = [...(await readFile('docs/extending.md', 'utf8')).matchAll(/^```ts\n([^]*?)^```$/gm)]
  expect(snippets.length).toBeGreaterThan(5)
  const shown = snippets.flatMap(([, code = '']) => code.split('\n')).map((line) => line.trim())
  expect(shown.filter((line) => line !== '…' && !lines.has(line))).toEqual([])
})
