import type { Channel } from './channel'
import { channelWithinLimits } from './channel-within-limits'
import { messageChannels } from './channels/message-channels'
import { findFaultsInMessages } from './catalogue/find-faults-in-messages'
import { type LanguageDefinition, messageLanguages } from './languages'
import { type AddedMessageKind, extendMessageKinds } from './message-kinds'

/** What an installation adds to what is said, in which language, and over what. */
export type MessageOptions = {
  /**
   * Ways to reach people, by name (`defineChannel`). Each message goes out once over each channel that carries it, with a delivery of its own.
   */
  channels?: Readonly<Record<string, Channel>>
  /** Kinds of messages (`defineMessage`). They are recorded with `recordMessage`. */
  messages?: readonly AddedMessageKind[]
  /** Languages of messages, by tag without a region; what is missing in one is said in English. */
  languages?: Readonly<Record<string, LanguageDefinition>>
}

/**
 * Puts an installation's channels, kinds and languages beside the product's.
 * @throws Error that names what is wrong with them: a taken name, words for what does not exist, placeholders that nothing fills.
 */
export const extendMessages = ({ channels = {}, messages = [], languages = {} }: MessageOptions): void => {
  messageChannels.extend(
    Object.fromEntries(Object.entries(channels).map(([name, channel]) => [name, channelWithinLimits(name, channel)])),
  )
  messageLanguages.extend(languages)
  extendMessageKinds(messages)
  const faults = findFaultsInMessages()
  if (faults.length) throw new Error(`The messages cannot be used as they are:\n${faults.join('\n')}`)
}
