# Node 24 comes with the image: the `node` package of package.json is for development.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
COPY schema schema
COPY src src
COPY sandbox sandbox
COPY doctor doctor
COPY scripts scripts
RUN ["node", "scripts/build.ts"]

FROM node:24-slim
# In a container 127.0.0.1 is reached by nobody else. `production` demands COTALKER_API_URL, or SANDBOX=on.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 ADMIN_HOST=0.0.0.0 ADMIN_PORT=9464
# What the build has compiled; the image itself is never written to.
ENV NODE_COMPILE_CACHE=/app/dist/compiled
WORKDIR /app
COPY LICENSE package.json ./
COPY schema schema
COPY graphiql graphiql
# The gateway and the packages that it uses, in a few files.
COPY --from=build /app/dist dist
# The image's own user `node`, by number: Kubernetes has to see that it is not root. It owns no file here.
USER 1000:1000
EXPOSE 4000 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm in between, so that SIGTERM arrives. The flags are those of `npm run start:built`.
CMD ["node", "--v8-pool-size=0", "--max-semi-space-size=64", "--heap-growing-percent=150", "--enable-source-maps", "dist/main.js"]
