/** The admin's words are English, so its amounts and dates are written in English as well, the same for every reader. */
export const adminLocale = 'en-GB'
