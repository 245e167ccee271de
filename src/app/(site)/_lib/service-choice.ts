import type { ServiceDuration, ServiceType } from './api-types'

export type ServiceChoice = { service: ServiceType; duration: ServiceDuration }

/**
 * What is chosen among a consultant's services, from what an address asks for (which may be missing or out of date):
 * the named service or the first, the named duration or the service's default.
 */
export const chooseService = (
  services: readonly ServiceType[],
  wanted: { service: string | null; duration: string | null },
): ServiceChoice | undefined => {
  const service = services.find(({ slug }) => slug === wanted.service) ?? services[0]
  if (!service) return undefined
  const ofLength = (minutes: number): ServiceDuration | undefined =>
    service.durations.find(({ durationMinutes }) => durationMinutes === minutes)
  const duration = ofLength(Number(wanted.duration)) ?? ofLength(service.defaultDurationMinutes) ?? service.durations[0]
  return duration && { service, duration }
}
