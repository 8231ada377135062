# syntax=docker/dockerfile:1

# One image for api, web, worker and the command line; the command says which (docker-compose.yml).

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build && find dist \( -name '*.tsbuildinfo' -o -name '.built.json' \) -delete

# Without development packages, and without the embedded PostgreSQL's programs, which are optional ones.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional

FROM node:24-slim
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    RINGFENCE_ENVIRONMENT=production \
    RINGFENCE_DATA=/var/lib/ringfence \
    LISTEN_ADDRESS=0.0.0.0
WORKDIR /app
RUN install -d -o node -g node /var/lib/ringfence
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Migrations and templates are read at run time, from below the folder that holds package.json.
COPY package.json ./
COPY migrations ./migrations
COPY apps/web/src ./apps/web/src
USER node
VOLUME /var/lib/ringfence
EXPOSE 4010 4020 4030
CMD ["node", "dist/apps/api/src/main.js"]
