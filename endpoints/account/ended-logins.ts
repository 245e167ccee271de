import { z } from 'zod'

export const endedLogins = z.object({ ended: z.int().describe('How many there were') })
