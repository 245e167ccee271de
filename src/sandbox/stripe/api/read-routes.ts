import { z } from 'zod'
import { createdFilter, expand, pageParams } from '../params'
import type { StoredObjects } from '../stored-objects'
import { mustFind, type World } from '../world'
import { isCreatedWithin, listObjects } from './list-objects'
import { type Route, route } from './route'

type ListedName = {
  [Name in keyof StoredObjects]: StoredObjects[Name] extends { created: number } ? Name : never
}[keyof StoredObjects]

type Present<Name extends ListedName> = (world: World, object: StoredObjects[Name]) => StoredObjects[Name]

/** `GET {path}/{id}`: an object, as it is by now. */
export const retrieveRoute = <Name extends ListedName>(
  path: string,
  table: Name,
  present: Present<Name> = (_, object) => object,
): Route =>
  route({
    method: 'GET',
    path: `${path}/:id`,
    params: z.strictObject({ expand }),
    handle: (world, { id }) => present(world, mustFind(world, table, id)),
  })

/**
 * `GET {path}`: the objects of a table, by when they were made.
 * @param options.filters further parameters, by the name of the field that has to have their value.
 */
export const listRoute = <Name extends ListedName>(
  path: string,
  table: Name,
  {
    filters = {},
    present = (_, object) => object,
  }: {
    filters?: Readonly<Record<string, z.ZodType<string | boolean | undefined>>>
    present?: Present<Name>
  } = {},
): Route =>
  route({
    method: 'GET',
    path,
    params: z.strictObject({ ...filters, ...pageParams, created: createdFilter }),
    handle: (world, { params }) => {
      const wanted = Object.keys(filters).flatMap((field) => {
        const value: unknown = Reflect.get(params, field)
        return typeof value === 'string' || typeof value === 'boolean' ? [[field, value] as const] : []
      })
      const texts = wanted.flatMap(([field, value]) => (typeof value === 'string' ? [[field, value] as const] : []))
      const page = listObjects({
        url: path,
        objects: world.catalog.sequence(table, Object.fromEntries(texts)),
        page: params,
        fits: (object) =>
          wanted.every(([field, value]) => Reflect.get(object, field) === value) &&
          isCreatedWithin(object.created, params.created),
      })
      return { ...page, data: page.data.map((object) => present(world, object)) }
    },
  })
