/** Whether a browser shows the answer to somebody, as it asks for pages first; programs say that they want JSON, or anything. */
export const wantsPage = (headers: Headers): boolean => /\btext\/html\b/i.test(headers.get('accept') ?? '')
