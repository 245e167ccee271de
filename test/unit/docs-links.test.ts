import { access, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

const listAnchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''))

const listBroken = async (file: string): Promise<string[]> => {
  const text = await readFile(file, 'utf8')
  const broken: string[] = []
  for (const [, link = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(link)) continue
    const [name = '', anchor] = link.split('#')
    const target = name ? path.join(path.dirname(file), name) : file
    const exists = await access(target).then(
      () => true,
      () => false,
    )
    const isThere = exists && (!anchor || listAnchors(await readFile(target, 'utf8')).includes(anchor))
    if (!isThere) broken.push(`${file}: ${link}`)
  }
  return broken
}

it('what the documents refer to is there', async () => {
  const docs = (await readdir('docs', { recursive: true })).filter((file) => file.endsWith('.md'))
  const files = ['README.md', ...docs.map((file) => path.join('docs', file))]
  expect(files).toContain('docs/extending.md')
  expect((await Promise.all(files.map(listBroken))).flat()).toEqual([])
})
