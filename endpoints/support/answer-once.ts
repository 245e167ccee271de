import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import type { PayloadRequest } from 'payload'
import { savepoint, settleBeforeCommit, withTransaction } from '#database/transactions'
import { decryptBytes, encryptBytes } from '#shared/encryption'
import { DomainError, toProblem } from '#shared/errors'
import { settings } from '#settings'
import type { Answer } from './answer'
import type { Caller } from './caller'
import { findKey, settleAnswer, storeStage, takeKey } from './idempotency-queries'
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

/**
 * Answers that hold a token are secrets, so stored answers are encrypted; the row's key is their additional data. Packed first, as nothing packs what is
 * encrypted: every booking leaves one.
 */
const seal = (id: string, answer: Answer) =>
  encryptBytes(deflateSync(JSON.stringify(answer)), settings.encryptionKeys, `idempotency:${id}`)
const unseal = (id: string, sealed: string) => {
  const plain = decryptBytes(sealed, settings.encryptionKeys, `idempotency:${id}`)
  // Answers of earlier versions are not packed; what is begins with an `x`.
  return JSON.parse((plain[0] === openingBrace ? plain : inflateSync(plain)).toString('utf8')) as Answer
}
const openingBrace = 0x7b

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
    if (!(await takeKey(req, id, fingerprint))) return undefined
    let stage: Stage
    try {
      stage = await savepoint(req, async (inner) => {
        const reached = await command.run(inner)
        // What refuses at the very end refuses like the rest: the key remembers it.
        await settleBeforeCommit(inner)
        return reached
      })
    } catch (error) {
      const refusal = toDomainError(error)
      if (!refusal || !isStoredRefusal(refusal)) throw error
      stage = { answer: refusalAnswer(refusal) }
    }
    const [answer, subject] = 'answer' in stage ? [seal(id, stage.answer), null] : [null, stage.subject]
    await storeStage(req, id, { answer, subject })
    return stage
  })
  if (first && 'answer' in first) return first.answer

  const row = await findKey(command.req, id)
  if (!row) throw new DomainError('unavailable', 'Try again.', { retryAfter: 1 })
  if (row.fingerprint !== fingerprint) {
    throw new DomainError('idempotency_conflict', 'This Idempotency-Key was used for another request. Use a new key.')
  }
  if (row.answer !== null) return unseal(id, row.answer)
  if (row.subject === null) throw new DomainError('unavailable', 'Try again.', { retryAfter: 1 })

  // Committed, but nobody has finished it yet: a crash, a provider that was down, or the other request still at it. Whoever
  // stores an answer first decides it for all.
  const finished = await finishOf(command, row.subject)
  const answer = await settleAnswer(command.req, id, seal(id, finished))
  return answer ? unseal(id, answer) : finished
}
