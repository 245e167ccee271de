import { z } from 'zod'
import { type MessageKind, type MessageKinds, messageKindRow } from './message-kinds'
import { isMessagePart, messageParts } from './message-parts'

export type MessageData<K extends MessageKind = MessageKind> = z.infer<MessageKinds[K]['data']>

const knownParts = z.object(messageParts).partial()

/** Every part that a message's data can have, for code that treats all kinds alike. */
export type MessageParts = z.infer<typeof knownParts> & {
  /** What the kind has of its own, as text, by the name of its placeholder. */
  own?: Readonly<Record<string, string>>
}

/**
 * Checks stored data against the kind's schema.
 * @throws ZodError when a row was written by hand or by another version; RangeError when there is no such kind any more.
 */
export const parseMessageParts = (kind: MessageKind, data: unknown): MessageParts => {
  const parsed: Record<string, unknown> = messageKindRow(kind).data.parse(data)
  const own = Object.entries(parsed).filter(([name]) => !isMessagePart(name))
  return {
    ...knownParts.parse(parsed),
    ...(own.length ? { own: Object.fromEntries(own.map(([name, value]) => [name, textOf(value)])) } : {}),
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
