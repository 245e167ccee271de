/** A body that breaks before its first byte: the server closes the connection without an answer. */
export const brokenConnection = (): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.error(new Error('The sandbox was told to break this connection.'))
      },
    }),
  )
