# M35
help-title = Help
help-call-title = Talk to our staff
help-call-text = Have your KTP and your membership card at hand if you have one.
help-write = Or write to
help-topics-title = What people ask most
help-have-ready = Our staff check that it is really you. Have your KTP, your membership number (KPJ) if you know it, and a working mobile number at hand.

help-forgot-title = Forgot your password
help-forgot-reset = Make a new password yourself with a link in your email. Mobile number only? With a code by text message and a recovery code or the code of your authenticator app. Your account and your balance stay; you do not need a new account.
help-forgot-text = Cannot open that email any more, and the phone is lost too? Start here:

help-code-title = The code does not come
help-code-signal = Code by text message: check your signal. Code by email: check the spam folder.
help-code-other-way = On the code page, choose “Choose another way” if your account has one.

help-locked-title = Sign-in is paused or locked
help-paused-text = A pause ends by itself at the time shown on the page. No need to call; wait, then try again.
help-locked-reset = You open a lock yourself: set a new password, then sign in with your second step.
help-locked-text = Not possible? Our staff open it after they have checked that it is you. Call { $phone }, { $hours }.

help-phone-title = Lost phone or new number
help-phone-change = Can you still sign in? Change your number or email yourself on the page Personal details.
help-phone-other = Do you have one other way left: a confirmed email, an authenticator app, a passkey or a recovery code? Sign in with it.
help-phone-stolen = Phone stolen? Once you are in, sign that device out and remove its app or passkey on the Security page. One way that is left is enough to confirm that it is you.
help-phone-both = Phone and email both lost? The account is recovered in stages, without a telephone queue and without a new account:
help-phone-text = Cannot do it yourself? Call { $phone }, { $hours }.

help-stop-text = A message about an account recovery you did not ask for? Stop it here, with the recovery number in that message:
help-see-text = Have you sent a request for recovery? See how far it is here:

help-missing-title = A month is not received
help-missing-text = The contribution for a month is paid in the month after it, so the latest month may not show yet. For older months, compare with your payslip and ask your personnel department.
help-missing-ask = Taken from your wage but not here? Call { $phone }, { $hours }. Tell us the month and the employer's name.

help-numbers-title = More than one membership number
help-numbers-text = Every employer may have registered a new number. All numbers in your name are on the dashboard, each with its balance, and added up. No balance is lost.

help-fake-title = Fake sites, messages and calls
help-fake-address = This is our only address:
help-fake-letters = Compare letter by letter. One letter more or less means it is not us.
help-fake-links = Our text messages never contain a link. Open our address yourself.
help-fake-hurry = We never rush you or threaten that your balance will be lost.
help-fake-pay = We never charge for opening a lock, correcting details or paying out a balance.
help-never-title = What our staff never ask
help-never-text = Whoever asks for it is not our staff, on WhatsApp or anywhere else. End the call.
help-fake-told = Have you already told somebody? Call { $phone } at once.
