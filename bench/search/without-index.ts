import { registerHooks } from 'node:module'

// Loaded into a server before its own code: the thread that keeps the search index does nothing, so that one can see what it costs.

const idle = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {})`

registerHooks({
  load: (url, context, next) => (url.endsWith('/search-thread-main.ts') ? { format: 'module', source: idle, shortCircuit: true } : next(url, context)),
})
