import { buildOnce } from './build-once'
import { readEnvironment } from './environment'
import { exitWithLine } from './exit-with-line'

/** `npm run build`. */
try {
  const built = await buildOnce(readEnvironment(), (line) => console.log(line))
  if (!built) console.log('The build is up to date.')
} catch (error) {
  exitWithLine(error)
}
