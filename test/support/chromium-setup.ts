import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: { executablePath: string; env: Record<string, string> }
  }
}

const run = promisify(execFile)

const exists = async (file: string): Promise<boolean> => Boolean(await stat(file).catch(() => undefined))

/**
 * The browser that npm installs, unpacked once. The package unpacks into the temp folder in place, where two runs would
 * meet each other's halves: so it is given a folder of its own, which then appears whole.
 */
const unpackChromium = async (): Promise<string> => {
  const manifest = JSON.parse(await readFile('node_modules/@sparticuz/chromium/package.json', 'utf8')) as {
    version: string
  }
  const cache = path.resolve('node_modules/.cache', `chromium-${manifest.version}`)
  if (await exists(cache)) return cache
  await mkdir(path.dirname(cache), { recursive: true })
  const unfinished = await mkdtemp(`${cache}.`)
  await run(
    process.execPath,
    ['--input-type=module', '-e', `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`],
    // This name makes it unpack its shared libraries and fonts as well, for machines that have none.
    { env: { ...process.env, TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' } },
  )
  await rename(unfinished, cache).catch(() => rm(unfinished, { recursive: true, force: true }))
  return cache
}

const findChromium = async (): Promise<{ executablePath: string; env: Record<string, string> }> => {
  const given = process.env.CHROMIUM_PATH
  if (given) return { executablePath: given, env: {} }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Set CHROMIUM_PATH to a Chrome or Chromium: npm brings one for Linux on x64 only.')
  }
  const cache = await unpackChromium()
  const executablePath = path.join(cache, 'chromium')
  const fonts: Record<string, string> = (await exists('/etc/fonts/fonts.conf'))
    ? {}
    : { FONTCONFIG_PATH: path.join(cache, 'fonts') }
  const hasLibraries = await run(executablePath, ['--version']).then(
    () => true,
    () => false,
  )
  return {
    executablePath,
    env: { ...fonts, ...(hasLibraries ? {} : { LD_LIBRARY_PATH: path.join(cache, 'al2023', 'lib') }) },
  }
}

export const setup = async (project: TestProject): Promise<void> => project.provide('chromium', await findChromium())
