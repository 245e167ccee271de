import type { Answer, Schema } from '../../../_api/api-types'

export type SessionView = Schema<'Session'>
export type ClaimOfView = Schema<'NoShowClaim'>
export type SlotView = Schema<'Slot'>
export type CancellationView = Answer<'previewCancellation'>
