import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** Everything browsers complained about. */
export class Complaints {
  all: string[] = [];

  /** Takes out what the test itself provoked. */
  expected(provoked: RegExp): void {
    this.all = this.all.filter((complaint) => !provoked.test(complaint));
  }
}

/**
 * Notes script errors, policy violations, console errors, broken assets, answers of 500 and up, and
 * every request to anybody but the site itself.
 */
export function watch(context: BrowserContext, site: string): Complaints {
  const complaints = new Complaints();
  const note = (complaint: string) => complaints.all.push(complaint);
  context.on('console', (message) => {
    const isBad = message.type() === 'error' || message.type() === 'warning';
    if (isBad && !isPageWithProblems(message)) note(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => note(`script error: ${error.error().message}`));
  context.on('request', (request) => {
    const to = new URL(request.url());
    if (to.origin !== site && to.protocol !== 'data:') note(`request to a third party: ${to.href}`);
    if (to.pathname === '/csp-report') note(`policy violation: ${request.postData()}`);
  });
  context.on('response', (response) => {
    const isPage = response.request().resourceType() === 'document';
    const bad = isPage ? 500 : 400;
    if (response.status() >= bad) note(`${response.status()} for ${response.url()}`);
  });
  return complaints;
}

/** Chromium also logs pages that say what to fix, or that there is no such page: 4xx. */
function isPageWithProblems(message: ConsoleMessage): boolean {
  return /^Failed to load resource: .* status of 4\d\d/.test(message.text());
}
