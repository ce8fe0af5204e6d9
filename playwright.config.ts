import { defineConfig } from '@playwright/test'
import { launchOptions } from './tests/support/browser.ts'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each worker starts one server; two are what two cores take: with three, each test took twice as long.
  workers: 2,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // As in vitest.config.ts: what fails is tried once more, and named at the end.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    launchOptions: launchOptions(),
    // A trace of every test takes as long as the tests: for one that fails, run it with `--trace on`.
    trace: 'off',
    // The worker that keeps the app for when there is no network loads all of it into every new browser, a fifth of a test's work:
    // tests of it say `withWorker`.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    // Who waits for what never comes says so long before the test is out of time.
    actionTimeout: 60_000,
  },
})
