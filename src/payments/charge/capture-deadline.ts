import { minuteMs } from '#shared/time'

/** How long before Stripe lets an authorised amount go it counts as gone: the capture itself takes a while, and may have to be repeated. */
export const captureMarginMinutes = 30

/** The last moment (epoch ms) in which a session can be confirmed and its price still be charged. */
export const computeCaptureDeadline = (captureBefore: number): number => captureBefore - captureMarginMinutes * minuteMs
