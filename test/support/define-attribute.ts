import { expect } from 'vitest'
import type { Payload } from 'payload'
import type { CustomAttribute } from '#payload-types'
import { createUser } from './fixtures'
import { tokenFor } from './token-for'

type Definition = Pick<CustomAttribute, 'subject' | 'key' | 'label' | 'type'> &
  Partial<Omit<CustomAttribute, 'id' | 'createdAt' | 'updatedAt'>>

/** Defines an attribute as operations do, at the web process that is to know of it at once. */
export const defineAttribute = async (
  { payload, url }: { payload: Payload; url: string },
  definition: Definition,
): Promise<void> => {
  const token = await tokenFor(payload, await createUser(payload, ['operations']))
  const answer = await fetch(`${url}/api/custom-attributes`, {
    method: 'POST',
    headers: { Authorization: `JWT ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(definition),
  })
  expect(answer.status, await answer.text()).toBe(201)
}
