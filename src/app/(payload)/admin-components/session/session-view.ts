import type { Answer, Schema } from '../../../_api/api-types'

export type SessionView = Schema<'Session'>
export type SlotView = Schema<'Slot'>
export type CancellationView = Answer<'previewCancellation'>
