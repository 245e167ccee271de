import type { PayloadRequest } from 'payload'
import type { CustomAttribute } from '#payload-types'

type Definition = Omit<CustomAttribute, 'id' | 'createdAt' | 'updatedAt'>

/** What operations of the demo ask for beyond the product's own fields: one question to customers, one note of theirs, one fact for visitors. */
export const createDemoAttributes = async (req: PayloadRequest): Promise<void> => {
  const definitions: Definition[] = [
    {
      subject: 'scheduled-sessions',
      key: 'heardOf',
      label: 'How did you hear of us?',
      type: 'select',
      options: [
        { value: 'search', label: 'By searching the web' },
        { value: 'colleague', label: 'From a colleague' },
        { value: 'talk', label: 'At a talk' },
      ],
      readableBy: ['customer'],
      writableBy: ['customer'],
    },
    {
      subject: 'customers',
      key: 'segment',
      label: 'Segment',
      help: 'For reports of operations; nobody else sees it.',
      type: 'select',
      options: [
        { value: 'startup', label: 'Start-up' },
        { value: 'enterprise', label: 'Enterprise' },
      ],
    },
    {
      subject: 'consultant-profiles',
      key: 'boardMember',
      label: 'Sits on boards',
      type: 'checkbox',
      readableBy: ['consultant', 'public'],
      writableBy: ['consultant'],
    },
  ]
  for (const [position, definition] of definitions.entries()) {
    await req.payload.create({
      collection: 'custom-attributes',
      data: { ...definition, position, isActive: true },
      req,
    })
  }
}
