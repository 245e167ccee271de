import axe from 'axe-core'
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

/** What axe finds that matters, on the whole page or `within` our own part of it, as short lines. */
export const seriousFaults = async (page: Page, { within = 'html' } = {}): Promise<string[]> => {
  await settle(page)
  const violations = await violationsOf(page, within)
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(describe)
}

/** Whatever axe finds, as short lines. */
export const allFaults = async (page: Page): Promise<string[]> => {
  await settle(page)
  return (await violationsOf(page, 'html')).map(describe)
}

const describe = ({ id, nodes }: axe.Result): string =>
  `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`

/** There are no frames of other origins. */
const violationsOf = async (page: Page, within: string): Promise<axe.Result[]> => {
  for (const frame of page.frames()) {
    // Half a megabyte of script, once for each document.
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source)
  }
  const { violations } = await page.evaluate(
    (selector) => window.axe.run(selector, { resultTypes: ['violations'] }),
    within,
  )
  return violations
}

/** Colours that fade into each other, as when the scheme changes, have a contrast of their own on the way. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const passing = document
      .getAnimations()
      .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(passing.map(({ finished }) => finished))
  })

/** How many pixels the page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
