/** Keeps the language that somebody has chosen on a page of ours; without it, pages go by the browser's. */
export const languageCookie = 'parley-language'
