import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** How long requests under way may take once the process is told to stop (milliseconds). */
const PATIENCE = 25_000;

/**
 * Lets an http process come to its end under load. The server stops listening by itself; but a busy
 * connection that is kept open would ask again and again, so each is closed with its next answer.
 */
@Injectable()
export class OrderlyStop implements BeforeApplicationShutdown {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    if (!server.listening) return;
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
      response.setHeader('Connection', 'close');
    });
    setTimeout(() => {
      server.closeAllConnections();
    }, PATIENCE).unref();
  }
}
