import { Refusal } from '../refusal'
import type { SandboxState, SavedAnswer } from '../sandbox-state'
import { nowOf, type World } from '../world'

/** Stripe forgets keys after at least 24 hours. */
const lifetime = 24 * 3_600_000

/** The keys of requests whose answer is still to come, one set for each running sandbox. */
const underWay = new WeakMap<World, Set<string>>()

const keysUnderWay = (world: World): Set<string> => {
  const known = underWay.get(world)
  if (known) return known
  const fresh = new Set<string>()
  underWay.set(world, fresh)
  return fresh
}

/** Never the name of something that every object has. */
const slotOf = (key: string): string => `key:${key}`

type KeyedRequest = { key: string; endpoint: string; fingerprint: string }

/**
 * The answer that the key has already, if any.
 * @throws Refusal when the key was used for something else (400), or its first request is still under way (409).
 */
export const findSavedAnswer = (
  world: World,
  { key, endpoint, fingerprint }: KeyedRequest,
): SavedAnswer | undefined => {
  if (key.length > 255) {
    throw new Refusal(400, {
      type: 'invalid_request_error',
      message: 'Idempotency keys must be at most 255 characters long.',
    })
  }
  if (keysUnderWay(world).has(key)) {
    throw new Refusal(409, {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    })
  }
  const saved = world.state.answers[slotOf(key)]
  if (!saved || saved.savedAt + lifetime < nowOf(world)) return undefined
  const otherwise = `Try using a key other than '${key}' if you meant to execute a different request.`
  if (saved.endpoint !== endpoint) {
    throw new Refusal(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${endpoint}' vs '${saved.endpoint}'). ${otherwise}`,
    })
  }
  if (saved.fingerprint !== fingerprint) {
    throw new Refusal(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. ${otherwise}`,
    })
  }
  return saved
}

export const saveAnswer = (
  world: World,
  { key, endpoint, fingerprint }: KeyedRequest,
  answer: { status: number; body: string; requestId: string },
): void => {
  world.state.answers[slotOf(key)] = { endpoint, fingerprint, savedAt: nowOf(world), ...answer }
}

/** The key is taken until the returned function is called. */
export const holdKey = (world: World, key: string): (() => void) => {
  const keys = keysUnderWay(world)
  keys.add(key)
  return () => void keys.delete(key)
}

/** The answers that are still known `now` (epoch ms by the real clock). */
export const dropForgottenAnswers = (state: SandboxState, now: number): SandboxState['answers'] =>
  Object.fromEntries(
    Object.entries(state.answers).filter(([, { savedAt }]) => savedAt + lifetime >= now + state.clockOffset),
  )
