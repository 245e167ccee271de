import { z } from 'zod'
import { factorKindNames } from '#accounts/second-factor/factor-kinds'
import type { Factor } from '#accounts/second-factor/factor-queries'
import type { AddedFactor } from '#accounts/second-factor/add-factor'
import type { OpenedSession } from '#accounts/second-factor/open-session'
import { iso } from '#shared/time'
import { dateTime } from '../../support/schemas'

export const ofSecondFactor = { tag: 'Account', security: 'login' } as const

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/, 'must be base64url')

/** WebAuthn has 1,023 bytes for the id of a key. */
const credentialId = base64url.max(1_364)

/** What keys say beside what they sign goes into nothing. */
const keyAnswer = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z
    .object({})
    .optional()
    .transform(() => ({})),
}

export const newPasskeyAnswer = z
  .object({
    ...keyAnswer,
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z
        .array(z.string().max(20))
        .max(10)
        .optional()
        .transform((transports) => transports ?? []),
    }),
  })
  .meta({ id: 'NewPasskey', description: 'What `navigator.credentials.create` gives, as JSON' })

export const passkeyAnswer = z
  .object({
    ...keyAnswer,
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
    }),
  })
  .meta({ id: 'PasskeyAnswer', description: 'What `navigator.credentials.get` gives, as JSON' })

export const passkeyOptions = z.object({
  options: z
    .looseObject({ challenge: z.string() })
    .describe(
      'For `navigator.credentials`, as JSON: what `@simplewebauthn/browser` takes. They are good for five minutes, and once.',
    ),
})

const factor = z
  .object({
    id: z.uuid(),
    kind: z.enum(factorKindNames),
    name: z.string(),
    createdAt: dateTime,
    lastUsedAt: dateTime.nullable(),
  })
  .meta({ id: 'SecondFactor' })

export const presentFactor = ({ createdAt, lastUsedAt, ...rest }: Factor): z.output<typeof factor> => ({
  ...rest,
  createdAt: iso(createdAt),
  lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
})

export const ways = z.enum([...factorKindNames, 'recovery_code'])

export const status = z.object({
  waitsFor: z
    .enum(['second_factor', 'enrolment'])
    .nullable()
    .describe('What this login still lacks: the proof of a second factor, or one at all. null: it is complete'),
  expiresAt: dateTime.nullable().describe('Until when it waits'),
  ways: z.array(ways).describe('What a login of this account may show'),
  isDemanded: z.boolean().describe('The last one cannot be removed'),
  mayChange: z.boolean().describe('Whether second factors can be added and removed now; else log in again'),
  factors: z.array(factor).describe('The oldest first. Empty as long as the login waits'),
  recoveryCodesLeft: z.int().nullable().describe('null as long as the login waits'),
})

const login = z.object({
  token: z
    .string()
    .describe('In place of the one that was sent, which opens nothing any more. Browsers keep it as a cookie'),
  exp: z.int().describe('When it ends, in seconds since 1970'),
  user: z.object({ id: z.uuid(), email: z.email(), name: z.string() }),
})

export const completeLogin = login.extend({ recoveryCodesLeft: z.int() })

export const presentLogin = ({ token, exp, user }: OpenedSession): z.output<typeof login> => ({
  token,
  exp,
  user: { id: user.id, email: user.email, name: user.name },
})

export const recoveryCodes = z.object({
  recoveryCodes: z
    .array(z.string())
    .describe('Each opens the account once, beside the password. They are not shown again'),
})

export const addedFactor = z.object({
  recoveryCodes: z
    .array(z.string())
    .nullable()
    .describe(
      'With the first second factor: each opens the account once, beside the password. They are not shown again',
    ),
  login: login.nullable().describe('Of a login that waited for it: it is complete now'),
})

export const presentAdded = ({ recoveryCodes: codes, session }: AddedFactor): z.output<typeof addedFactor> => ({
  recoveryCodes: codes,
  login: session && presentLogin(session),
})
