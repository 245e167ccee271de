import { expect, it } from 'vitest'
import { toAttributeKey } from '#app/(payload)/admin-components/attributes/to-attribute-key'

it.each([
  ['Company size', 'companySize'],
  ['How did you find us?', 'howDidYouFindUs'],
  ["What's your goal?", 'whatsYourGoal'],
  ['Größe (m²)', 'grosseM2'],
  ['2nd contact', 'ndContact'],
  ['3 Things', 'things'],
  ['会社', ''],
  ['x'.repeat(60), 'x'.repeat(40)],
])('a key is proposed from the label: %s', (label, key) => {
  expect(toAttributeKey(label)).toBe(key)
})
