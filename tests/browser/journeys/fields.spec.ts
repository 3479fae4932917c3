import { languages } from '../support/languages';
import { expect, test } from '../support/test';

test.use({ locale: languages.en.locale });

test('A-06 a password can be shown, and is hidden again before it leaves', async ({
  page,
  visitor,
}) => {
  await visitor.openSignIn();
  const password = page.locator('#password');
  const toggle = page.locator('[aria-controls="password"]');
  await password.fill('not the right one');
  await expect(password).toHaveAttribute('type', 'password');
  await toggle.click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(toggle).toHaveText('Hide');
  await toggle.click();
  await expect(password).toHaveAttribute('type', 'password');
  await toggle.click();

  await page.locator('#identifier').fill('nobody');
  await page.evaluate(() => {
    document.addEventListener('submit', (event) => event.preventDefault());
  });
  await visitor.mainButton.click();
  await expect(password).toHaveAttribute('type', 'password');
  await expect(toggle).toHaveText('Show');
});

test('Caps Lock is pointed out', async ({ page, visitor }) => {
  await visitor.openSignIn();
  await page.locator('#password').evaluate((input) => {
    input.dispatchEvent(new KeyboardEvent('keyup', { key: 'A', modifierCapsLock: true }));
  });
  await expect(page.getByRole('status').filter({ hasText: 'Caps Lock is on.' })).toBeVisible();
});

for (const sample of ['123 456', '123-456', ' 1 2 3 4 5 6 ', '#123456']) {
  test(`a code may be pasted as “${sample}”`, async ({ page, visitor }) => {
    const code = await visitor.askForCode('siti');
    const pasted = sample.replace(/\d/g, (place) => code[Number(place) - 1]!);
    await page.locator('#code').focus();
    await page.keyboard.insertText(pasted);
    await visitor.sendForm();
    await visitor.expectToBeAt('/dashboard');
  });
}

test('R-06 what needs fixing is said above, beside the field, and in the title', async ({
  page,
  visitor,
}) => {
  await visitor.openSignIn();
  await visitor.sendForm();
  await expect(page).toHaveTitle(/^Error: Sign in – /);
  await expect(visitor.problems).toBeFocused();
  await page.getByRole('link', { name: 'Enter your password' }).click();
  const password = page.locator('#password');
  await expect(password).toBeFocused();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveAccessibleDescription('Error: Enter your password');
});

test('a way has to be chosen', async ({ page, visitor }) => {
  await visitor.openSignIn();
  await visitor.givePassword('siti');
  await visitor.expectToBeAt('/sign-in/method');
  // One is ticked before the member chooses; only a script of our own can take that away.
  await page.evaluate(() =>
    document.querySelectorAll<HTMLInputElement>('input[type=radio]').forEach((way) => {
      way.checked = false;
    }),
  );
  await visitor.sendForm();
  await expect(visitor.problems).toContainText('Choose how to verify');
});

test('the code page counts down, and says when another code may be asked for', async ({
  page,
  visitor,
  outbox,
}) => {
  await page.clock.install();
  await visitor.askForCode('siti');
  await expect(page.getByText(/The code works for another (10|9) minutes/).first()).toBeVisible();
  await expect(page.getByText(/another code in \d+ seconds/)).toBeVisible();
  await page.getByRole('button', { name: 'Send another code' }).click();
  await expect(visitor.problems).toContainText(/Wait \d+ seconds? before asking/);
  await page.clock.fastForward('00:31');
  await expect(page.getByText('You can ask for another code now.')).toBeVisible();
  await page.clock.fastForward('10:00');
  await expect(page.getByText('The code has run out.').first()).toBeVisible();
  expect((await outbox.messages()).length).toBeGreaterThan(0);
});
