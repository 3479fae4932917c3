import { expect } from '@playwright/test';
import { type Audience, at, nobody, withNothingIn, wrongly } from './page';

/** Pages for everybody, and what the doors say to people who made a mistake. */
export const everybody: Audience = {
  who: 'everybody',
  weight: 'public',
  arrive: nobody,
  pages: [
    at('home', '/'),
    at('sign-in', '/sign-in'),
    at('sign-in after signing out', '/sign-in?reason=signed-out'),
    at('sign-in after a new password', '/sign-in?reason=password-changed'),
    at('sign-in after the session', '/sign-in?reason=session-ended&next=/balance'),
    at('sign-in after a step that took too long', '/sign-in?reason=step-old'),
    withNothingIn('sign-in', '/sign-in'),
    wrongly('sign-in with a wrong password', '/sign-in', (visitor) =>
      visitor.givePassword(`nobody-${Math.random()}`, 'not the right one'),
    ),
    {
      name: 'locked account',
      open: async (visitor) => {
        await visitor.openSignIn();
        await visitor.givePassword('rina');
        await expect(visitor.mainButton).toBeHidden();
      },
    },
    {
      name: 'sign-in tried too often',
      open: async (visitor) => {
        const name = `nobody-${Math.random()}`;
        // The fifth wrong password in a row is followed by a wait.
        for (let tries = 0; tries <= 5; tries += 1) {
          await visitor.openSignIn();
          await visitor.givePassword(name, 'not the right one');
          await expect(visitor.problems).toBeVisible();
        }
      },
    },
    at('help', '/help'),
    at('status', '/status'),
    at('sign-out without a session', '/sign-out'),
    at('no such page', '/nowhere'),
    at('unreadable request', '/help?a=1&a=2'),
    at('wrong method', '/preferences'),
    at('outbox', '/demo/outbox', null),
    at('empty outbox', '/demo/outbox?to=nobody', null),
  ],
};
