import { buildOnce } from './build-once'
import { readEnvironment } from './environment'
import { exitWithLine } from './exit-with-line'

/** `npm run build`. */
try {
  console.log(`The build is in ${await buildOnce(readEnvironment(), (line) => console.log(line))}.`)
} catch (error) {
  exitWithLine(error)
}
