import { mostWaiting } from '#desk/today/read-waiting'

/** "12", or "1000+" where nobody counts further. */
export const countText = (count: number): string => (count < mostWaiting ? String(count) : `${mostWaiting}+`)
