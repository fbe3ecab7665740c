import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { MockServer } from './server.ts';

/**
 * Answers the page's API while it is being worked on (`npm run dev`, `vite preview`).
 *
 * `?mock=NAME` in the page's address chooses a state to look at: empty, errors, slow, hostile,
 * conflict, forbidden, warnings. OPEN_WEBUI_FRONTEND, the `frontend` folder of an installed Open
 * WebUI, gives the page the real font.
 */
export function mockApi(): Plugin {
  const server = new MockServer(Date.now() / 1000);
  const middleware: Connect.NextHandleFunction = (request, response, next) => {
    void answer(server, request, response, next).catch(next);
  };
  return {
    name: 'mock-api',
    apply: 'serve',
    configureServer: ({ middlewares }) => void middlewares.use(middleware),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(middleware),
  };
}

async function answer(server: MockServer, request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction) {
  const url = new URL(request.url ?? '/', 'http://mock');
  const frontend = process.env.OPEN_WEBUI_FRONTEND;
  if (frontend && /^\/(assets\/fonts|static)\/[\w.-]+$/.test(url.pathname)) {
    response.end(await readFile(frontend + url.pathname).catch(() => ''));
    return;
  }
  if (url.pathname === '/static/custom.css') {
    response.setHeader('Content-Type', 'text/css');
    response.end('');
    return;
  }
  if (!url.pathname.startsWith('/api/v1/')) {
    next();
    return;
  }
  const state = new URL(request.headers.referer ?? 'http://mock').searchParams.get('mock') ?? '';
  const { status, body, delayMs } = server.answer(request.method ?? 'GET', url, await bodyOf(request), state);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
