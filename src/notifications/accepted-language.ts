/**
 * What a browser says its reader prefers most: the first tag of `Accept-Language` by weight; null when it says nothing
 * usable.
 */
export const acceptedLanguage = (header: string | null): string | null => {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .flatMap((entry) => {
      const [tag = '', weight = ''] = entry.trim().split(/;\s*q=/)
      const quality = weight === '' ? 1 : Number(weight)
      return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && quality > 0 ? [{ tag, quality }] : []
    })
  return (
    wanted.reduce<{ tag: string; quality: number } | null>(
      (best, one) => (best && best.quality >= one.quality ? best : one),
      null,
    )?.tag ?? null
  )
}
