import { expect, type Page } from '@playwright/test';
import type { Visitor } from './visitor';

/** What people do when the browser says that no answer came: ask again, or go back and send again. */
export type Again = 'reload' | 'back';

/** One thing somebody does, and how they see that it is done. */
export interface Step {
  does(visitor: Visitor): Promise<unknown>;
  isDone(visitor: Visitor): Promise<boolean>;
}

/** Does it until it is done, as somebody on a bad line would. */
export async function insist(visitor: Visitor, step: Step, again: Again): Promise<void> {
  await step.does(visitor).catch(unlessCut);
  for (let tries = 0; ; tries += 1) {
    const state = await settled(visitor, step);
    if (state === 'done') return;
    if (tries === 3) throw new Error(`${visitor.page.url()} is as far as it gets`);
    if (state === 'received') await visitor.sendForm();
    else if (again === 'reload') await visitor.page.reload().catch(unlessCut);
    else await backAndAgain(visitor, step);
  }
}

type State = 'done' | 'cut' | 'received';

/** Where it ends, once it ends somewhere. */
async function settled(visitor: Visitor, step: Step): Promise<State> {
  let state: State | null = null;
  await expect(async () => {
    if (isCut(visitor.page)) state = 'cut';
    else if (await step.isDone(visitor)) state = 'done';
    else if (await visitor.page.locator('form[action="/sign-in/resume"]').isVisible()) state = 'received';
    expect(state, visitor.page.url()).not.toBeNull();
  }).toPass({ intervals: [20, 50, 100], timeout: 15_000 });
  return state!;
}

async function backAndAgain(visitor: Visitor, step: Step): Promise<void> {
  // The browser may still be busy with its own page about the cut.
  await expect(async () => {
    if (isCut(visitor.page)) await visitor.page.goBack();
  }).toPass({ intervals: [50, 100], timeout: 15_000 });
  if (await step.isDone(visitor).catch(() => false)) return;
  await step.does(visitor).catch(unlessCut);
}

const isCut = (page: Page): boolean => page.url().startsWith('chrome-error:');

/** A cut is what the tests are about; everything else is a fault of theirs. */
function unlessCut(error: Error): void {
  if (!/net::ERR_|chrome-error|interrupted by another navigation/.test(error.message)) throw error;
}
