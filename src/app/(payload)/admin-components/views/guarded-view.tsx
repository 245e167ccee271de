import { RenderServerComponent } from '@payloadcms/ui/elements/RenderServerComponent'
import type { AdminViewServerProps, PayloadComponent } from 'payload'
import { requireAdminLogin } from './admin-page'

/** A view that an installation or a plugin adds, for those who are logged in alone. */
export const GuardedView = ({ view, ...props }: AdminViewServerProps & { view: PayloadComponent }) => {
  const { req } = props.initPageResult
  requireAdminLogin(props, pathOf(props))
  return RenderServerComponent({ Component: view, importMap: req.payload.importMap, serverProps: props })
}

const pathOf = ({ params }: AdminViewServerProps): `/${string}` => {
  const segments = params?.segments
  return `/${Array.isArray(segments) ? segments.map(encodeURIComponent).join('/') : ''}`
}
