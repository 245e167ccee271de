import { render } from '@react-email/render'
import type { MessageContent } from '../../../render/message-content'
import { MessageLayout } from './message-layout'

/** The HTML of a message. */
export const renderLayout = (content: MessageContent): Promise<string> => render(<MessageLayout content={content} />)
