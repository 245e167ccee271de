import { beforeAll, expect, it } from 'vitest'
import { copyProduct, type Ended, type ProductCopy } from '../support/product-copy'

/** What takes minutes: `npm run test:long`. */
const patience = 600_000

let copy: ProductCopy

const check = (): Promise<Ended> => copy.npx('node', { args: ['--import', 'tsx', 'src/database/check-migrations.ts'] })

beforeAll(async () => {
  copy = await copyProduct({ extensions: 'test/extension/extensions' })
})

it(
  'generates types that hold with what the extension adds, and changes nothing else of the product',
  async () => {
    expect(await copy.npm('generate')).toMatchObject({ code: 0 })
    const generated =
      /^(src\/extensions|docs\/generated)\/|^payload-types\.ts$|^src\/app\/_api\/openapi-types\.ts$|importMap\.js$/
    expect((await copy.listChanges()).filter((file) => !generated.test(file))).toEqual([])
    expect(await copy.read('payload-types.ts')).toContain('costCentre?: string | null')
    expect(await copy.npm('typecheck')).toEqual({ code: 0, output: '' })
  },
  patience,
)

it(
  'is told which command makes the extension’s migrations, and that Payload’s does not',
  async () => {
    expect(await check()).toEqual({ code: 0, output: 'The migrations are complete.\n' })
    await copy.edit('src/extensions/with-audience.ts', 'fields: [', `fields: [textField('level'),`)
    expect(await check()).toEqual({
      code: 1,
      output:
        'The extension’s migrations are not complete: run `npm run migrate:create -- <name>`. It would write:\nALTER TABLE "service_types" ADD COLUMN "level" varchar;\n',
    })
    const { code, output } = await copy.npx('payload', { args: ['migrate:create', 'level'] })
    expect(code).toBe(1)
    expect(output).toContain(
      'src/extensions/ adds to the product: `npm run migrate:create -- <name>` writes its migrations',
    )
    expect((await copy.listChanges()).filter((file) => file.startsWith('src/database/'))).toEqual([])
  },
  patience,
)

it(
  'is told when it is the product whose migrations are not complete',
  async () => {
    await copy.edit('collections/ServiceTypes.ts', 'fields: [', `fields: [textField('tagline'),`)
    expect(await check()).toMatchObject({
      code: 1,
      output: expect.stringContaining(
        'The product’s migrations are not complete: run `npx payload migrate:create <name>`. It would write:\nALTER TABLE "service_types" ADD COLUMN "tagline" varchar;\n',
      ) as string,
    })
    expect(await copy.npm('migrate:create', { args: ['level'] })).toMatchObject({
      code: 1,
      output: expect.stringContaining('The product’s own migrations are not complete') as string,
    })
  },
  patience,
)
