import { expect } from '@playwright/test';
import { newAddress } from '../activating';
import { beginRecovery } from '../recovering';
import type { Visitor } from '../visitor';
import { type Audience, at, nobody, withNothingIn, wrongly } from './page';

/** Asks for a link as rina, whom nobody signs in as, and opens it. */
async function openLink(visitor: Visitor): Promise<void> {
  const link = await visitor.outbox.linkSentBy('/reset-password', async () => {
    await visitor.page.goto('/forgot-password');
    await visitor.hands.write(visitor.page.locator('#identifier'), 'rina');
    await visitor.sendForm();
    await visitor.expectToBeAt('/forgot-password/sent');
  });
  await visitor.page.goto(link);
  await visitor.expectToBeAt('/reset-password');
}

/** Asks as somebody who has no account, and comes to the page for the code: it is the same. */
async function atTheCode(visitor: Visitor): Promise<void> {
  await visitor.page.goto('/forgot-password');
  await visitor.page.locator('#identifier').fill('nobody@peserta.example');
  await visitor.sendForm();
  await visitor.expectToBeAt('/forgot-password/sent');
  await visitor.page.locator('a[href="/reset-password/by-code"]').click();
  await visitor.expectToBeAt('/reset-password/by-code');
}

const setting = (password: string) => async (visitor: Visitor) => {
  await openLink(visitor);
  await visitor.hands.write(visitor.page.locator('#new_password'), password);
  await visitor.sendForm();
};

/** Forgotten passwords, strange messages, and what happened that was not one's own doing. */
export const whoNeedsHelp: Audience = {
  who: 'who needs help',
  weight: 'step',
  arrive: nobody,
  pages: [
    at('forgotten password', '/forgot-password'),
    withNothingIn('forgotten password', '/forgot-password'),
    wrongly('forgotten password, half an address', '/forgot-password', async (visitor) => {
      await visitor.page.locator('#identifier').fill('rina@');
      await visitor.sendForm();
    }),
    {
      name: 'check your e-mail',
      open: async (visitor) => {
        await visitor.page.goto('/forgot-password');
        await visitor.page.locator('#identifier').fill('nobody@peserta.example');
        await visitor.sendForm();
        await visitor.expectToBeAt('/forgot-password/sent');
      },
    },
    { name: 'code for a new password', open: atTheCode },
    wrongly('code for a new password, nothing filled in', '/forgot-password', async (visitor) => {
      await atTheCode(visitor);
      await visitor.sendForm();
    }),
    { name: 'new password', open: openLink },
    wrongly('new password, nothing typed', '/reset-password', setting('')),
    wrongly('new password, too short', '/reset-password', setting('short')),
    wrongly('new password, among the most used', '/reset-password', setting('password1234')),
    {
      name: 'a link after which there was a newer one',
      open: async (visitor) => {
        await openLink(visitor);
        const older = (await visitor.page.context().cookies()).find(({ name }) => /reset/.test(name))!;
        await openLink(visitor);
        await visitor.page.context().addCookies([older]);
        await visitor.page.goto('/reset-password');
        await expect(visitor.mainButton).toHaveCount(0);
      },
    },
    at('a link that is none', '/reset-password?token=AAAA'),
    at('not me, of nobody', '/not-me', 'public'),
    at('not me, with a link that is none', '/not-me?token=AAAA', 'public'),
    {
      name: 'not me, from a message',
      weight: 'public',
      open: async (visitor) => {
        const sent = await visitor.outbox.messages();
        const link = sent.find((message) => message.link?.includes('/not-me'))?.link;
        await visitor.page.goto(link ?? (await newDevice(visitor)));
        await expect(visitor.page.locator('#main-form')).toBeVisible();
      },
    },
    at('link of a change that ran out', '/undo-change', 'public'),
    at('change that was taken back', '/undo-change?done=yes', 'public'),
    at('is this message real', '/check', 'public'),
    at('is this message real, unreadable', '/check?reference=12', 'public'),
    at('is this message real, no', '/check?reference=PYG-7F3K-29QD', 'public'),
    {
      name: 'is this message real, yes',
      weight: 'public',
      open: async (visitor) => {
        await openLink(visitor);
        const [newest] = await visitor.outbox.messages();
        const reference = /PYG-\w{4}-\w{4}/.exec(newest!.text)![0];
        await visitor.page.goto(`/check?reference=${reference}`);
        await expect(visitor.page.getByRole('status').first()).toBeVisible();
      },
    },
  ],
};

/** Who has lost everything: up to the button that sends the recovery, since few a day are taken. */
export const whoAsksForARecovery: Audience = {
  who: 'who asks for a recovery',
  weight: 'step',
  arrive: nobody,
  pages: [
    at('start of a recovery', '/recover', 'public'),
    at('start of a recovery that was not kept', '/recover?reason=old', 'public'),
    at('how far a recovery is', '/recover/status', 'public'),
    withNothingIn('how far a recovery is', '/recover/status', 'public'),
    at('stopping a recovery', '/recover/stop', 'public'),
    withNothingIn('stopping a recovery', '/recover/stop', 'public'),
    at('stopping a recovery with a link that ran out', '/recover/stop?link=expired', 'public'),
    at('stopped recovery', '/recover/stop?done=yes', 'public'),
    { name: 'tasks of a recovery', open: beginRecovery },
    withNothingIn('tasks of a recovery', '/recover/tasks'),
    at('whose account', '/recover/who'),
    withNothingIn('whose account', '/recover/who'),
    at('what is lost', '/recover/lost'),
    withNothingIn('what is lost', '/recover/lost'),
    at('new contact', '/recover/contact'),
    withNothingIn('new contact', '/recover/contact'),
    at('how to prove it', '/recover/proof'),
    withNothingIn('how to prove it', '/recover/proof'),
    {
      name: 'code for the new contact',
      open: async (visitor) => {
        await visitor.page.goto('/recover/contact');
        await visitor.page.locator('#email').fill(newAddress('baru'));
        await visitor.sendForm();
        await visitor.expectToBeAt('/recover/code');
      },
    },
    withNothingIn('code for the new contact', '/recover/code'),
    at('tasks with a code to come', '/recover/tasks'),
  ],
};

/** A letter with a link in it: somebody signed in where nobody had before. */
async function newDevice(visitor: Visitor): Promise<string> {
  const known = await visitor.somewhereElse();
  await known.signIn('agus', 'email');
  await known.page.context().close();
  const elsewhere = await visitor.somewhereElse();
  const link = await visitor.outbox.linkSentBy('/not-me', async () => {
    await elsewhere.signIn('agus', 'email');
    // News of new devices are gathered for five minutes.
    visitor.demo.database.run('update outbox set due_at = 0 where sent_at is null');
  });
  await elsewhere.page.context().close();
  return link;
}
