'use client'

import Link from 'next/link'
import { Avatar } from '../_components/avatar'
import { Icon } from '../_components/icon'
import { Rating } from '../_components/rating'
import type { ConsultantCard as Consultant } from '../_lib/api-types'
import { formatTag } from '../_lib/format'
import { isFree } from '../_lib/money'
import { useTexts } from '../_lib/use-texts'

type Props = { consultant: Consultant; service: string; zone: string; now: number }
const shownTags = 3

/** The whole card is one link, by its name; the rest of it is only read. */
export const ExpertCard = ({ consultant, service, zone, now }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.directory
  const { slug, name, headline, specialties, languages, averageRating, reviewCount, price, nextAvailableAt } =
    consultant
  const query = service ? `?${new URLSearchParams({ service })}` : ''
  return (
    <li className="card consultant-card">
      <div className="consultant-card__head">
        <Avatar name={name} image={consultant.profileImage} />
        <div>
          <h3 className="consultant-card__name">
            <Link className="card__link" href={`/experts/${slug}${query}`}>
              {name}
            </Link>
          </h3>
          <Rating average={averageRating} count={reviewCount} />
        </div>
      </div>
      {headline ? <p className="consultant-card__headline">{headline}</p> : null}
      <ul className="tags">
        {specialties.slice(0, shownTags).map((specialty) => (
          <li key={specialty} className="tag">
            {formatTag(specialty)}
          </li>
        ))}
        {specialties.length > shownTags ? <li className="tag tag--more">+{specialties.length - shownTags}</li> : null}
      </ul>
      {languages.length > 0 ? (
        <p className="consultant-card__languages">
          <Icon name="speech" />
          {languages.map(formats.languageName).join(', ')}
        </p>
      ) : null}
      <div className="consultant-card__foot">
        <p className="consultant-card__next">
          <Icon name="clock" />
          {nextAvailableAt ? (
            <span>
              {text.nextFree} <strong>{formats.soon(nextAvailableAt, { timeZone: zone, now })}</strong>
            </span>
          ) : (
            <span>{text.noneFree}</span>
          )}
        </p>
        {price ? (
          <p className="consultant-card__price">
            {isFree(price) ? (
              text.freeToStart
            ) : (
              <>
                {text.from} <strong>{formats.money(price)}</strong>
              </>
            )}
          </p>
        ) : null}
      </div>
    </li>
  )
}
