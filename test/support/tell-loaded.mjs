// Writes the address of every file that a process loads to the file that LOADED_FILES names, one a line.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

registerHooks({
  load: (url, context, next) => {
    if (url.startsWith('file:')) appendFileSync(process.env.LOADED_FILES, `${url}\n`)
    return next(url, context)
  },
})
