import { AsyncLocalStorage } from 'node:async_hooks'
import { currentOperation, runOperation } from '#shared/operation'
import { findLostConnection } from './lost-connection'

/** What is asked at once. `operation`: of whoever asked first. */
type Batch<Answer> = {
  questions: Map<string, PromiseWithResolvers<Answer>>
  operation: string
  timer?: NodeJS.Timeout
}

/** What is asked for several requests is part of none of them. */
const apart = AsyncLocalStorage.snapshot()

/**
 * Asks together what is asked in the same moment: in one turn of the event loop, or while an answer is under way, which nobody waits for longer
 * than `patienceMs`. A question never joins others that have been sent, so an answer is never older than its question. Equal texts are one
 * question, and get the same answer.
 *
 * When asking together fails, each question is asked alone, so that nobody gets the fault of another's; unless the connection was lost, which
 * is everybody's.
 * @param ask answers one for each question, in their order; what it asks is named as the operation of whoever came first.
 * @param options.most questions that are asked at once.
 */
export const gatherQuestions = <Answer>(
  ask: (questions: readonly string[]) => Promise<readonly Answer[]>,
  { most, patienceMs }: { most: number; patienceMs: number },
): ((question: string) => Promise<Answer>) => {
  let open: Batch<Answer> | undefined
  /** What was sent last, until it is answered. */
  let underWay: Batch<Answer> | undefined

  const sendOpen = (): void => {
    const batch = open
    if (!batch) return
    open = undefined
    clearTimeout(batch.timer)
    void apart(() => runOperation({ name: batch.operation }, () => send(batch)))
  }

  const send = async (batch: Batch<Answer>): Promise<void> => {
    underWay = batch
    const { questions } = batch
    try {
      const answers = await askAll(questions).finally(() => goOn(batch))
      let index = 0
      for (const { resolve } of questions.values()) resolve(answers[index++] as Answer)
    } catch (error) {
      if (questions.size === 1 || findLostConnection(error)) {
        for (const { reject } of questions.values()) reject(error)
      } else for (const one of questions) void send({ ...batch, questions: new Map([one]) })
    }
  }

  const askAll = async (questions: Batch<Answer>['questions']): Promise<readonly Answer[]> => {
    const answers = await ask([...questions.keys()])
    if (answers.length === questions.size) return answers
    throw new Error(`${questions.size} questions, and ${answers.length} answers.`)
  }

  const goOn = (answered: Batch<Answer>): void => {
    if (underWay !== answered) return
    underWay = undefined
    sendOpen()
  }

  const openBatch = (): Batch<Answer> => {
    const batch: Batch<Answer> = { questions: new Map(), operation: currentOperation()?.name ?? 'several' }
    if (underWay) batch.timer = setTimeout(sendOpen, patienceMs)
    else {
      setImmediate(() => {
        if (open === batch) sendOpen()
      })
    }
    return batch
  }

  return async (question) => {
    if (open && open.questions.size >= most && !open.questions.has(question)) sendOpen()
    open ??= openBatch()
    const given = open.questions.get(question) ?? Promise.withResolvers<Answer>()
    open.questions.set(question, given)
    try {
      return await given.promise
    } catch (error) {
      const operation = currentOperation()
      if (operation && error instanceof Error && findLostConnection(error)) operation.lostDatabase ??= error
      throw error
    }
  }
}
