import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLineFile } from '#sandbox/shared/line-file'
import { replaceFile, shareWrites } from '#sandbox/shared/state-files'

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'state-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('a file that is replaced', () => {
  it('holds the new content alone, for its owner alone, with nothing left beside it', async () => {
    const folder = path.join(await newFolder(), 'made')
    const file = path.join(folder, 'state')
    for (const content of ['something long', 'short']) await (await replaceFile(file, Buffer.from(content))).close()
    expect(await readFile(file, 'utf8')).toBe('short')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['state'])
  })
})

describe('a file of lines', () => {
  it('is read again without the line that a kill cut off, and goes on after it', async () => {
    const file = path.join(await newFolder(), 'lines')
    const first = await openLineFile(file)
    expect(first.lines).toBeUndefined()
    await first.rewrite(['a'])
    await first.append(['b', 'c'])
    expect(first.count()).toBe(3)
    await first.close()
    await appendFile(file, 'half')
    const second = await openLineFile(file)
    expect(second.lines).toEqual(['a', 'b', 'c'])
    await second.rewrite(second.lines ?? [])
    await second.append(['d'])
    await second.close()
    expect(await readFile(file, 'utf8')).toBe('a\nb\nc\nd\n')
  })

  it('takes nothing once it is closed', async () => {
    const file = path.join(await newFolder(), 'lines')
    await writeFile(file, 'a\n')
    const lines = await openLineFile(file)
    await expect(lines.append(['b'])).rejects.toThrow('is closed')
    expect(await readFile(file, 'utf8')).toBe('a\n')
  })
})

describe('writes that are shared', () => {
  it('begin after the change of each caller, one at a time', async () => {
    let value = 0
    let running = 0
    const written: number[] = []
    const write = shareWrites(async () => {
      running += 1
      expect(running).toBe(1)
      const seen = value
      await new Promise((resolve) => setTimeout(resolve, 5))
      written.push(seen)
      running -= 1
    })
    await Promise.all(
      [1, 2, 3, 4].map(async (next) => {
        value = next
        await write()
        expect(written.at(-1)).toBeGreaterThanOrEqual(next)
      }),
    )
    expect(written).toEqual([1, 4])
  })

  it('that fail are told to whoever asked, and do not stand in the way of the next', async () => {
    let calls = 0
    const write = shareWrites(async () => {
      if (++calls === 1) throw new Error('disk full')
    })
    const [first, second] = await Promise.allSettled([write(), write()])
    expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled'])
  })
})
