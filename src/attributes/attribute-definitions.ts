import type { PayloadRequest } from 'payload'
import { decidingRequest } from '#database/transactions'
import type { AttributeDefinition } from './attribute-definition'
import type { AttributeSubject } from './attribute-kinds'
import { listAttributeDefinitions } from './attribute-queries'

const keepMs = 5_000

type Known = ReadonlyMap<AttributeSubject, readonly AttributeDefinition[]>

let known: { at: number; value: Promise<Known> } | undefined

/** Called when operations change one, so that this process uses the new ones at once; others follow within five seconds. */
export const forgetAttributeDefinitions = (): void => {
  known = undefined
}

const read = async (req: PayloadRequest): Promise<Known> => {
  const bySubject = new Map<AttributeSubject, AttributeDefinition[]>()
  for (const definition of await listAttributeDefinitions(await decidingRequest(req))) {
    const others = bySubject.get(definition.subject)
    if (others) others.push(definition)
    else bySubject.set(definition.subject, [definition])
  }
  return bySubject
}

const readKept = async (req: PayloadRequest): Promise<Known> => {
  const now = Date.now()
  if (!known || now - known.at > keepMs) {
    const value = read(req)
    known = { at: now, value }
    value.catch(forgetAttributeDefinitions)
  }
  try {
    return await known.value
  } catch {
    // The promise belongs to whoever asked first; their transaction may have failed, ours has not.
    return read(req)
  }
}

/** What operations have defined for a subject and is in use, in their order. Read at most every five seconds: every booking needs it. */
export const attributeDefinitions = async (
  req: PayloadRequest,
  subject: AttributeSubject,
): Promise<readonly AttributeDefinition[]> => (await readKept(req)).get(subject) ?? []
