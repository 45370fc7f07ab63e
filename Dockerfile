# The image brings its own Node and runs the TypeScript as it is: there is no build stage.
# `npm run image:check` builds this very file and runs what comes of it, without a registry of images.
FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
# What `npm start` tells malloc (tools/starter/malloc.mjs): a quarter less memory.
ENV MALLOC_ARENA_MAX=2
WORKDIR /app
# All that `npm ci` reads, and nothing else, so that a change of the source installs nothing anew.
COPY package.json package-lock.json .npmrc ./
# `npm ci` applies them.
COPY patches ./patches
# The packages that bring Node to a developer's machine are of no use beside the image's own. sharp and
# others keep their native code in optional packages as well, so those are not left out as a whole.
# npm's cache would be a third of the image. Source maps and packages' TypeScript are a fifth of it: Node runs none
# that lies in node_modules.
RUN npm ci --omit=dev --cache /tmp/npm \
  && rm -rf /tmp/* node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node \
  && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' \) -delete
COPY drizzle ./drizzle
COPY src ./src
# Whoever is given another user than `node` (OpenShift, Kubernetes' runAsUser) gets the group 0 with it.
RUN mkdir --mode=770 /data && chown node:0 /data && mkdir node_modules/.cache && chown node node_modules/.cache
USER node
# Node keeps compiled code apart for each user: this is the one whose starts are quick from the first one on,
# also where nothing can be written (docs/decisions/008). Compiled code is for the same options of Node only.
RUN ["node", "--no-memory-reducer", "--import", "./src/quick-imports.mjs", "--eval", "import('./src/app.ts')"]
VOLUME /data
EXPOSE 3000
# By bash's own means, not by a whole Node for each question.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]"]
STOPSIGNAL SIGTERM
# What `npm start` gives to Node (docs/decisions/051); and without the first flag a SIGUSR1 would open the inspector to
# whoever is in the container.
CMD ["node", "--disable-sigusr1", "--no-memory-reducer", "src/main.ts"]
