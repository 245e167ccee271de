import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'

/** `npm run soak -- --minutes=20 --seed=1`: the soak (`soak.long.ts`) for as long as one wants, with the same faults for the same seed. */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '20' }, seed: { type: 'string' } },
})
const child = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--mode', 'long', '--project', 'fault', 'test/fault/soak/soak.long.ts'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PARLEY_SOAK_MINUTES: values.minutes,
      ...(values.seed === undefined ? {} : { PARLEY_SOAK_SEED: values.seed }),
    },
  },
)
const [code] = (await once(child, 'close')) as [number | null]
process.exit(code ?? 1)
