import Bowser from 'bowser'

/** What somebody can tell their own devices by: `Firefox on Windows`, `Safari on iPhone`, `curl`. Null when nothing is known. */
export const computeDeviceName = (userAgent: string | null): string | null => {
  if (!userAgent) return null
  const { browser, os, platform } = Bowser.parse(userAgent)
  const system = platform.type === 'mobile' || platform.type === 'tablet' ? (platform.model ?? os.name) : os.name
  if (browser.name) return system ? `${browser.name} on ${system}` : browser.name
  // A program names itself first.
  return /^[A-Za-z][\w.-]{0,39}/.exec(userAgent)?.[0] ?? null
}
