import type { ProfileImage } from '../_lib/api-types'

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0) ?? '')
    .join('')
    .toUpperCase()
}

/** One of six tints, always the same for one name. */
const tintOf = (name: string): number =>
  [...name].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % 6

type Props = { name: string; image?: ProfileImage | null | undefined; size?: 'small' | 'medium' | 'large' }

export const Avatar = ({ name, image, size = 'medium' }: Props) =>
  image ? (
    // The picture comes from the media library of this very host, in a size that was made for it.
    <img className={`avatar avatar--${size}`} src={image.url} alt={image.alt ?? ''} loading="lazy" />
  ) : (
    <span className={`avatar avatar--${size} avatar--tint-${tintOf(name)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
