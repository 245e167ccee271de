import type { PayloadRequest } from 'payload'

/**
 * What a message can speak of, and the states that it can be in. The features declare theirs here:
 *
 *     declare module '#notifications/message-subjects' {
 *       interface SubjectStates {
 *         session: SessionState
 *       }
 *     }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Filled by the features, by merging of declarations.
export interface SubjectStates {}

/** The present of what a message speaks of; undefined where the record is gone. */
export type MessageSubjects = {
  session: (
    req: PayloadRequest,
    id: string,
  ) => Promise<{ status: SubjectStates['session']; startsAt: number; endsAt: number; sequence: number } | undefined>
  request: (req: PayloadRequest, id: string) => Promise<{ status: SubjectStates['request'] } | undefined>
}
