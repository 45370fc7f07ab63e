# The image brings its own Node and runs the TypeScript as it is: there is no build stage.
FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# `npm ci` applies them.
COPY patches ./patches
# The packages that bring Node to a developer's machine are of no use beside the image's own. sharp and
# others keep their native code in optional packages as well, so those are not left out as a whole.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node
COPY drizzle ./drizzle
COPY src ./src
# The sandbox is for machines without a token; production has no use for it, and cannot start what is not there.
RUN rm -rf src/sandbox src/demo && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "src/main.ts"]
