import { AsyncLocalStorage } from 'node:async_hooks'
import { currentOperation, runOperation } from '#shared/operation'
import { findLostConnection } from './lost-connection'

type Asked<Answer> = Map<string, PromiseWithResolvers<Answer>>

/** What is asked for several requests is part of none of them. */
const apart = AsyncLocalStorage.snapshot()

/**
 * Asks together what is asked in the same turn of the event loop: the busier the process, the more there is in a turn, and nobody waits for an
 * answer that is under way. So an answer is never older than its question. Equal texts are one question, and get the same answer.
 *
 * When asking together fails, each question is asked alone, so that nobody gets the fault of another's; unless the connection was lost, which
 * is everybody's.
 * @param ask answers one for each question, in their order; it is called as the operation of whoever asked first.
 * @param most questions that are asked at once.
 */
export const gatherQuestions = <Answer>(
  ask: (questions: readonly string[]) => Promise<readonly Answer[]>,
  most: number,
): ((question: string) => Promise<Answer>) => {
  let open: Asked<Answer> | undefined

  const settle = async (asked: Asked<Answer>): Promise<void> => {
    try {
      const answers = await ask([...asked.keys()])
      if (answers.length !== asked.size) throw new Error(`${asked.size} questions, and ${answers.length} answers.`)
      let index = 0
      for (const { resolve } of asked.values()) resolve(answers[index++] as Answer)
    } catch (error) {
      if (asked.size > 1 && !findLostConnection(error)) {
        await Promise.all([...asked].map((one) => settle(new Map([one]))))
      } else for (const { reject } of asked.values()) reject(error)
    }
  }

  return async (question) => {
    if (!open || (open.size >= most && !open.has(question))) {
      const asked: Asked<Answer> = new Map()
      const name = currentOperation()?.name ?? 'several'
      open = asked
      setImmediate(() => {
        if (open === asked) open = undefined
        void apart(() => runOperation({ name }, () => settle(asked)))
      })
    }
    const given = open.get(question) ?? Promise.withResolvers<Answer>()
    open.set(question, given)
    try {
      return await given.promise
    } catch (error) {
      const operation = currentOperation()
      if (operation && error instanceof Error && findLostConnection(error)) operation.lostDatabase ??= error
      throw error
    }
  }
}
