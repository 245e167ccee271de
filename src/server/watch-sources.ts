import { watch } from 'node:fs'
import path from 'node:path'
import { projectRoot } from './environment'

/** What the web process and the worker load themselves. `src/app` is Next's, which reloads it in place. */
const watched = ['src', 'collections', 'hooks', 'endpoints']

const isServerSource = (file: string): boolean => /\.ts$/.test(file) && !file.startsWith(`app${path.sep}`)

/** Calls `onChange` once for a burst of changes. */
export const watchSources = (onChange: () => void): void => {
  let timer: NodeJS.Timeout | undefined
  const note = () => {
    clearTimeout(timer)
    timer = setTimeout(onChange, 200)
  }
  for (const folder of watched) {
    watch(path.join(projectRoot, folder), { recursive: true }, (_event, file) => {
      if (file && isServerSource(file)) note()
    })
  }
  watch(path.join(projectRoot, 'payload.config.ts'), note)
}
