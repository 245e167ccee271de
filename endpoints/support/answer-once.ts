import { createHash } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb, savepoint, txDb, withTransaction } from '#database/transactions'
import { decryptText, encryptText } from '#shared/encryption'
import { DomainError, toProblem } from '#shared/errors'
import { settings } from '#settings'
import type { Answer } from './answer'
import type { Caller } from './caller'
import { toDomainError } from './problem-response'

/** Either the answer, or the id of what was stored and still needs a call to the outside world before it can be answered. */
export type Stage = { answer: Answer } | { subject: string }

type Command = {
  req: PayloadRequest
  caller: Caller
  operation: string
  rawBody: string
  run: (req: PayloadRequest) => Promise<Stage>
  finish: ((context: { req: PayloadRequest; subject: string }) => Promise<Answer>) | undefined
}

const readKey = (req: PayloadRequest): string | null => {
  const key = req.headers.get('idempotency-key')
  if (key === null) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new DomainError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.', {
      errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }],
    })
  }
  return key
}

const digest = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

/** Answers that hold a token are secrets, so stored answers are encrypted; the row's key is their additional data. */
const seal = (id: string, answer: Answer) =>
  encryptText(JSON.stringify(answer), settings.encryptionKeys, `idempotency:${id}`)
const unseal = (id: string, sealed: string) =>
  JSON.parse(decryptText(sealed, settings.encryptionKeys, `idempotency:${id}`)) as Answer

const finishOf = (command: Command, subject: string): Promise<Answer> => {
  if (!command.finish) throw new Error(`${command.operation} stops at a subject but has no way to finish.`)
  return command.finish({ req: command.req, subject })
}

/** The refusals that depend on the state of the world are answers too, and are repeated like any other. */
const isStoredRefusal = (refusal: DomainError): boolean => [404, 409, 410, 422].includes(refusal.status)

const refusalAnswer = (refusal: DomainError): Answer => ({
  status: refusal.status,
  body: JSON.stringify(toProblem(refusal)),
  contentType: 'application/problem+json',
})

/**
 * Runs a command so that the same `Idempotency-Key` with the same body gets the first answer again, byte for byte, also when
 * both run at once and on several processes. The row of the key is inserted first in the command's own transaction: a second
 * request waits on that insert until the first commits (then it reads the answer) or rolls back (then it runs itself).
 * So a crash leaves either both the effect and its answer, or neither. Shown by test/fault and test/api idempotency tests.
 */
export const answerOnce = async (command: Command): Promise<Answer> => {
  const key = readKey(command.req)
  if (key === null) {
    const stage = await withTransaction(command.req, command.run)
    return 'answer' in stage ? stage.answer : finishOf(command, stage.subject)
  }

  const { caller } = command
  const id = digest(caller.user ? `user:${caller.user.id}` : `token:${caller.token ?? ''}`, key)
  const fingerprint = digest(command.operation, command.rawBody)

  const first = await withTransaction(command.req, async (req) => {
    const db = await txDb(req)
    const inserted = await db.execute(sql`
      INSERT INTO parley.idempotency_keys (id, fingerprint) VALUES (${id}, ${fingerprint}) ON CONFLICT (id) DO NOTHING`)
    if (!inserted.rowCount) return undefined
    let stage: Stage
    try {
      stage = await savepoint(req, command.run)
    } catch (error) {
      const refusal = toDomainError(error)
      if (!refusal || !isStoredRefusal(refusal)) throw error
      stage = { answer: refusalAnswer(refusal) }
    }
    const [answer, subject] = 'answer' in stage ? [seal(id, stage.answer), null] : [null, stage.subject]
    await db.execute(sql`UPDATE parley.idempotency_keys SET answer = ${answer}, subject = ${subject} WHERE id = ${id}`)
    return stage
  })
  if (first && 'answer' in first) return first.answer

  const db = await readDb(command.req)
  const { rows } = await db.execute(
    sql`SELECT fingerprint, answer, subject FROM parley.idempotency_keys WHERE id = ${id}`,
  )
  const row = rows[0] as { fingerprint: string; answer: string | null; subject: string | null } | undefined
  if (!row) throw new DomainError('unavailable', 'Try again.', { retryAfter: 1 })
  if (row.fingerprint !== fingerprint) {
    throw new DomainError('idempotency_conflict', 'This Idempotency-Key was used for another request. Use a new key.')
  }
  if (row.answer !== null) return unseal(id, row.answer)
  if (row.subject === null) throw new DomainError('unavailable', 'Try again.', { retryAfter: 1 })

  // Committed, but nobody has finished it yet: a crash, a provider that was down, or the other request still at it. Whoever
  // stores an answer first decides it for all.
  const finished = await finishOf(command, row.subject)
  const stored = await db.execute(sql`
    UPDATE parley.idempotency_keys SET answer = coalesce(answer, ${seal(id, finished)}) WHERE id = ${id} RETURNING answer`)
  const answer = (stored.rows[0] as { answer: string } | undefined)?.answer
  return answer ? unseal(id, answer) : finished
}
