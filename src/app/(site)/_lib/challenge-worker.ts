import type { Challenge } from '#shared/errors'
import { findNumber } from './find-number'

/** What the worker says: how far it is, and at the end what it found. */
export type ChallengeNews = { share: number } | { number: number | null }

self.addEventListener('message', ({ data }: MessageEvent<Challenge>) => {
  const say = (news: ChallengeNews): void => self.postMessage(news)
  say({ number: findNumber(data, (share) => say({ share })) ?? null })
})
