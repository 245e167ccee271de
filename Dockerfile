# One image for the web process, the worker and the migrations; compose.yaml shows the three commands.
FROM node:24.21.0-slim AS base
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1

# Everything, to build with; what runs is put together in /out.
FROM base AS build
COPY package.json package-lock.json ./
RUN NODE_ENV=development npm ci
COPY . .
RUN node --import tsx src/server/build.ts && node --import tsx deploy/image/assemble.ts /out

FROM base
COPY --from=build /out .
RUN mkdir -p /data/media && chown -R node:node /data
ENV HOST=0.0.0.0 MEDIA_DIR=/data/media
VOLUME /data/media
USER node
EXPOSE 3000
HEALTHCHECK --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/api/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No npm in between: the process gets the signals itself and ends in order.
CMD ["node", "--max-semi-space-size=8", "src/server/run.mjs", "src/server/web.ts"]
