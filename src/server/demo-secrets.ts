import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const secrets = z.object({
  PAYLOAD_SECRET: z.string().min(32),
  ENCRYPTION_KEYS: z.string().min(1),
  STRIPE_WEBHOOK_SECRET: z.string().min(1),
})

export type DemoSecrets = z.infer<typeof secrets>

const create = (): DemoSecrets => ({
  PAYLOAD_SECRET: randomBytes(32).toString('base64url'),
  ENCRYPTION_KEYS: `demo:${randomBytes(32).toString('base64')}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64url')}`,
})

/**
 * The secrets of a demo installation, made once and kept readable by their owner alone, so that logins and manage links
 * outlive a restart. `link` lets exactly one of two first starts make them.
 */
export const readDemoSecrets = async (dataDir: string): Promise<DemoSecrets> => {
  const file = path.join(dataDir, 'secrets.json')
  const read = async () => secrets.parse(JSON.parse(await readFile(file, 'utf8')))
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw new Error(`${file} is damaged: delete it to start with new secrets.`, { cause: error })
    }
  }
  await mkdir(dataDir, { recursive: true })
  const own = `${file}.${process.pid}`
  await writeFile(own, JSON.stringify(create(), null, 2), { mode: 0o600 })
  await link(own, file).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  await rm(own)
  return read()
}
