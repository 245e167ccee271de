/** What the practice advises on. A new area is a line here, and `npm run migrate:create`. */
export const practiceAreas = {
  employment: 'Employment',
  family: 'Family',
  tenancy: 'Tenancy',
} as const

export type PracticeArea = keyof typeof practiceAreas

// Object.keys gives string[]; the keys of the table are exactly the areas.
export const practiceAreaNames = Object.keys(practiceAreas) as PracticeArea[]
