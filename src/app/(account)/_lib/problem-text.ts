import type { AccountWords } from '../_words/en'

/** Why a provider's sign-in came to nothing, as the address says; undefined for one that the address has made up. */
export const problemText = (problem: string | undefined, { problems }: AccountWords): string | undefined =>
  problem !== undefined && Object.hasOwn(problems, problem) ? problems[problem as keyof typeof problems] : undefined
