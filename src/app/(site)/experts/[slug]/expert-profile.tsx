'use client'

import Link from 'next/link'
import { Avatar } from '../../_components/avatar'
import { EmptyState } from '../../_components/empty-state'
import { Icon } from '../../_components/icon'
import { ProblemNotice } from '../../_components/problem-notice'
import { Rating } from '../../_components/rating'
import { PageSkeleton } from '../../_components/skeleton'
import { formatTag } from '../../_lib/format'
import { useConsultant } from '../../_lib/use-consultant'
import { useDocumentTitle } from '../../_lib/use-document-title'
import { useNow } from '../../_lib/use-now'
import { useVisitorZone } from '../../_lib/visitor-zone'
import { useTexts } from '../../_lib/use-texts'
import { BookingPanel } from './booking-panel'
import { HeldTimeBanner } from './held-time-banner'
import { ReviewList } from './review-list'

/** The host of a website, if it is one that may be linked to. */
const websiteHost = (website: string | null): string | undefined => {
  if (!website || !URL.canParse(website)) return undefined
  const { protocol, host } = new URL(website)
  return protocol === 'https:' || protocol === 'http:' ? host.replace(/^www\./, '') : undefined
}

export const ExpertProfile = ({ slug }: { slug: string }) => {
  const { formats, messages } = useTexts()
  const text = messages.expert
  const { data: consultant, error, reload } = useConsultant(slug)
  const zone = useVisitorZone()
  const now = useNow(30_000)
  useDocumentTitle(consultant?.name)

  if (error?.code === 'not_found') {
    return (
      <EmptyState level={1} icon="search" title={text.notFoundTitle} text={text.notFoundText}>
        <Link className="button" href="/">
          {messages.common.backToExperts}
        </Link>
      </EmptyState>
    )
  }
  if (error && !consultant) return <ProblemNotice error={error} onRetry={reload} />
  if (!consultant || zone === undefined || now === undefined) return <PageSkeleton />

  const { name, headline, bioText, location, company, yearsOfExperience, website, timeZone } = consultant
  const host = websiteHost(website)
  const place = [company, location].filter(Boolean).join(' · ')
  return (
    <>
      <nav className="breadcrumb">
        <Link href="/">
          <Icon name="left" />
          {messages.common.backToExperts}
        </Link>
      </nav>
      <HeldTimeBanner zone={zone} />
      <div className="expert">
        <header className="expert__head">
          <Avatar name={name} image={consultant.profileImage} size="large" />
          <div>
            <h1>{name}</h1>
            {headline ? <p className="expert__headline">{headline}</p> : null}
            <ul className="expert__facts">
              <li>
                <Rating average={consultant.averageRating} count={consultant.reviewCount} />
              </li>
              {place ? (
                <li>
                  <Icon name="pin" />
                  {place}
                </li>
              ) : null}
              <li>
                <Icon name="clock" />
                {text.localTime(formats.time(new Date(now).toISOString(), { timeZone }), formats.zoneCity(timeZone))}
              </li>
              {host && website ? (
                <li>
                  <Icon name="link" />
                  <a href={website} rel="noreferrer nofollow">
                    <span className="visually-hidden">{text.website}: </span>
                    {host}
                  </a>
                </li>
              ) : null}
            </ul>
          </div>
        </header>

        <section className="panel expert__booking" aria-labelledby="booking-heading" id="book">
          <h2 id="booking-heading">{text.book}</h2>
          <BookingPanel consultant={consultant} zone={zone} />
        </section>

        <div className="expert__about">
          {bioText ? (
            <section>
              <h2>{text.about}</h2>
              <p className="prose">{bioText}</p>
            </section>
          ) : null}
          <dl className="expert__lists">
            <Tags label={text.specialties} values={consultant.specialties.map(formatTag)} />
            <Tags label={text.languages} values={consultant.languages.map(formats.languageName)} />
            <Tags
              label={text.certifications}
              values={[
                ...consultant.certifications,
                ...(yearsOfExperience ? [text.experience(yearsOfExperience)] : []),
              ]}
            />
          </dl>
          <ReviewList consultant={consultant} zone={zone} />
        </div>
      </div>
    </>
  )
}

const Tags = ({ label, values }: { label: string; values: readonly string[] }) =>
  values.length === 0 ? null : (
    <div>
      <dt>{label}</dt>
      <dd>
        <ul className="tags">
          {values.map((value) => (
            <li key={value} className="tag">
              {value}
            </li>
          ))}
        </ul>
      </dd>
    </div>
  )
