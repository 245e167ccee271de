import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cleanUpLater } from './clean-up'

export type Command = {
  pid: number
  stdout: () => string
  stderr: () => string
  /** Resolves when `text` stands in what it printed. Rejects with all of it when it ends before. */
  prints: (text: string) => Promise<void>
  kill: (signal: NodeJS.Signals) => void
  /** Resolves to the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

/** What production runs is run as it is there. */
const isCompiled = (script: string): boolean =>
  Object.values(scripts).some((line) => line.endsWith(`run.mjs ${script}`))

/** One of our scripts as a person starts it, with nothing of this run's environment but `env`. */
export const runCommand = (script: string, env: Record<string, string>, args: string[] = []): Command => {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env
  const way = isCompiled(script) ? ['src/server/run.mjs', script] : ['--import', 'tsx', script]
  const child = spawn(process.execPath, [...way, ...args], {
    env: { NODE_ENV: '', PATH, HOME, NODE_COMPILE_CACHE, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  const note = () => {
    for (const look of waiting) look()
  }
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    note()
  })
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  cleanUpLater(() => child.kill('SIGKILL'))
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!stdout.includes(text)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
        void ended.then(() => reject(new Error(`It ended without saying "${text}": ${stdout}${stderr}`)))
      }),
    kill: (signal) => child.kill(signal),
    ended,
  }
}
