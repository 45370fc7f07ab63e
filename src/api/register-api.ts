/** The HTTP API as a whole: its resources, and the OpenAPI document that is made of their declarations. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AddRoute } from '../web/create-web.ts';
import { declareRoute, EVERYONE, TOKEN_SCHEME } from './route.ts';

/** Of the paths and shapes, not of the program: grows when something that others rely on is changed. */
const API_VERSION = '1';

/** Adds every resource, and `/api/openapi.json`. @param resources each adds its own by `declareRoute` */
export function registerApi(app: FastifyInstance, resources: readonly AddRoute[]): void {
  app.register(async (scope) => {
    scope.setValidatorCompiler(validatorCompiler);
    // Answers are written as they are (route.ts).
    scope.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
    await scope.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Vitrine', version: API_VERSION },
        components: { securitySchemes: { [TOKEN_SCHEME]: { type: 'http', scheme: 'bearer' } } },
      },
      transform: jsonSchemaTransform,
    });
    for (const add of resources) add(scope);
    declareRoute(scope, {
      method: 'GET',
      paths: ['/api/openapi.json'],
      access: EVERYONE,
      summary: 'This document',
      answer: z.looseObject({ openapi: z.string() }),
      handle: async () => ({ ...scope.swagger(), openapi: '3.1.0' }),
    });
  });
}
