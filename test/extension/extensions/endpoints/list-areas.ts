import { z } from 'zod'
import { json } from '#endpoints/support/answer'
import { defineEndpoint } from '#endpoints/support/define-endpoint'
import { practiceAreaNames, practiceAreas } from '../practice-areas'

const area = z.object({
  area: z.enum(practiceAreaNames),
  label: z.string(),
  services: z.array(z.object({ slug: z.string(), name: z.string() })),
})

/** What the home page of the practice shows. */
export const listAreasEndpoint = defineEndpoint({
  method: 'get',
  path: '/practice/areas',
  operationId: 'listPracticeAreas',
  tag: 'Practice',
  summary: 'What the practice advises on',
  security: 'none',
  query: z.strictObject({ area: z.enum(practiceAreaNames).optional() }),
  answers: {
    200: { description: 'The areas of law with what can be booked', schema: z.object({ docs: z.array(area) }) },
  },
  refusals: [],
  handle: async ({ req, query }) => {
    const { docs } = await req.payload.find({
      collection: 'service-types',
      // As whoever asks: what they may not see is not in it.
      overrideAccess: false,
      where: { practiceArea: query.area ? { equals: query.area } : { exists: true } },
      depth: 0,
      limit: 200,
      req,
    })
    const names = query.area ? [query.area] : practiceAreaNames
    return json({
      docs: names.map((name) => ({
        area: name,
        label: practiceAreas[name],
        services: docs
          .filter(({ practiceArea }) => practiceArea === name)
          .map(({ slug, name: title }) => ({ slug, name: title })),
      })),
    })
  },
})
