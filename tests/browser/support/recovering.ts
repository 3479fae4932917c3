import { expect } from '@playwright/test';
import { giveBirthDate } from './activating';
import type { Visitor } from './visitor';

/** Whose account it is said to be, and where news go from now on. */
export interface Request {
  kpj: string;
  birth_date: string;
  /** The new contact. */
  email: string;
}

const tasks = '/recover/tasks';

/** Asks for a recovery over all its pages, and takes its number away. */
export async function askForRecovery(visitor: Visitor, request: Request): Promise<string> {
  await beginRecovery(visitor);
  await sayWho(visitor, request);
  await sayWhatIsLost(visitor);
  await visitor.enterCode(await giveNewContact(visitor, request.email));
  await visitor.expectToBeAt(tasks);
  await chooseProof(visitor);
  await visitor.sendForm();
  await visitor.expectToBeAt('/recover/received');
  const reference = await visitor.page.locator('[data-name="recovery-reference"]').innerText();
  expect(reference).toMatch(/^PLH-[\dA-Z]{4}-[\dA-Z]{4}$/);
  return reference;
}

export async function beginRecovery(visitor: Visitor): Promise<void> {
  await visitor.page.goto('/recover');
  await visitor.sendForm();
  await visitor.expectToBeAt(tasks);
}

async function sayWho(visitor: Visitor, { kpj, birth_date }: Request): Promise<void> {
  await open(visitor, '/recover/who');
  await visitor.hands.write(visitor.page.locator('#kpj'), kpj);
  await giveBirthDate(visitor, birth_date);
  await visitor.sendForm();
  await visitor.expectToBeAt(tasks);
}

async function sayWhatIsLost(visitor: Visitor): Promise<void> {
  await open(visitor, '/recover/lost');
  for (const thing of ['lost_phone', 'lost_email']) {
    await visitor.hands.tick(visitor.page.locator(`input[name="${thing}"]`));
  }
  await visitor.sendForm();
  await visitor.expectToBeAt(tasks);
}

/** Gives the new contact, and has the code that went there. */
async function giveNewContact(visitor: Visitor, email: string): Promise<string> {
  const code = await visitor.outbox.codeSentBy(async () => {
    await open(visitor, '/recover/contact');
    await visitor.hands.write(visitor.page.locator('#email'), email);
    await visitor.sendForm();
  });
  await visitor.expectToBeAt('/recover/code');
  return code;
}

async function chooseProof(visitor: Visitor): Promise<void> {
  await open(visitor, '/recover/proof');
  await visitor.hands.tick(visitor.page.locator('input[name="proof"][value="branch"]'));
  await visitor.sendForm();
  await visitor.expectToBeAt(tasks);
}

/** Asks how far it is. */
export async function seeStatus(visitor: Visitor, reference: string, contact: string): Promise<void> {
  await visitor.page.goto('/recover/status?other=yes');
  await visitor.hands.write(visitor.page.locator('#reference'), reference);
  await visitor.hands.write(visitor.page.locator('#contact'), contact);
  await visitor.sendForm();
}

/** From the list to one of its tasks. */
async function open(visitor: Visitor, task: string): Promise<void> {
  await visitor.hands.press(visitor.page.locator(`dl.summary a[href="${task}"]`));
  await visitor.expectToBeAt(task);
}
