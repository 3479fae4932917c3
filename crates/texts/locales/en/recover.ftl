# M11
recover-title = Old phone and email lost
recover-link = Lost your phone and your email?
recover-lead = For anyone who can no longer sign in because the old phone and the old email cannot be used. Your account and your balance stay. You do not need a new account.
recover-old = What you filled in is no longer kept
recover-old-text = It is kept for 24 hours in the same browser. Start again.
recover-first-title = Quicker, if one thing is left
recover-first-factor = A passkey, an authenticator app or a recovery code? Sign in with it.
recover-first-email = Can you still open the old email? Set a new password by email.
recover-first-session = Still signed in on another device? Open the Security page there.
recover-how-title = All of it lost? This is how it works
recover-how-ask = Fill in four short pages here. You get a recovery number.
recover-how-wait = We tell every old contact. For 72 hours the owner of the account can stop it.
recover-how-prove = Prove who you are to our staff, with your KTP or passport.
recover-how-finish = When both are done, we send the way to a new password to your new contact.
recover-how-never = We never ask secret questions, never charge for this, and never delete an account.
recover-begin-button = Start a recovery
recover-not-here = This service cannot recover accounts on this page yet. Call { $phone }, { $hours }.
recover-status-link = See a recovery you sent
recover-stop-link = Stop a recovery

recover-tasks-title = Account recovery
recover-tasks-lead = Finish these four parts, in any order. Each is saved at once.
recover-task-open = Not filled in
recover-task-done = Done
recover-task-code = Waiting for the code for { $contact }
recover-send-hint = Finish all four parts, then send.
recover-send-button = Send the request
recover-incomplete = Finish all four parts first
recover-kept = What you fill in is kept for 24 hours in this browser. Number and date of birth are only compared, never kept.

recover-who-title = Whose account
recover-who-lead = Enter a membership number (KPJ) or the NIK, and the date of birth. One number is enough.
recover-kpj-hint = 11 digits or letters, on your membership card and payslip. Not known? Enter the NIK only.
recover-who-same = These details help us find the account; they are no proof of who you are. To keep accounts safe, the next page is the same whether they match or not.
recover-number-empty = Enter your membership number (KPJ) or your NIK
recover-kpj-length = Membership number (KPJ) must be 11 characters. You entered { $n }
recover-kpj-chars = Membership number (KPJ) has digits and letters only
recover-nik-length = NIK must be 16 digits. You entered { $n }
recover-nik-chars = NIK has digits only
recover-dob-empty = Enter your date of birth
recover-dob-part =
    Date of birth must include a { $part ->
        [day] day
        [month] month
       *[year] year
    }
recover-dob-real = Date of birth must be a real date in the past, with a year of 4 digits

recover-lost-title = What you can no longer use
recover-lost-lead = Tick everything that is lost, stolen or can no longer be opened. What you do not tick stays.
recover-lost-legend = What can you no longer use?
recover-lost-empty = Tick at least one
recover-thing-phone = Mobile number
recover-thing-phone-hint = The phone or SIM card is lost, or the number is dead.
recover-thing-email = Email
recover-thing-email-hint = That email can no longer be opened.
recover-thing-app = Authenticator app
recover-thing-app-hint = It was on the phone that is lost.
recover-thing-passkeys = Passkeys
recover-thing-passkeys-hint = Every device that holds one is lost.
recover-thing-codes = Recovery codes
recover-thing-codes-hint = The sheet is lost, or somebody took it.

recover-contact-title = New contact
recover-contact-lead = We send news there, and from there you make a new password. We send a code to make sure of it.
recover-contact-one = Fill in one of them: mobile number or email.
recover-phone-label = New mobile number
recover-email-label = New email
recover-contact-empty = Enter a mobile number or email that you can open now
recover-contact-both = Fill in one of them only: mobile number or email

recover-proof-title = How to prove who you are
recover-proof-lead = Our staff have to see you and your original document. Choose what is easiest for you.
recover-proof-legend = How would you like to prove it?
recover-proof-branch = Come to a branch
recover-proof-branch-text = Bring your original KTP or passport and the recovery number. No appointment needed.
recover-proof-video = An appointment by video
recover-proof-video-text = Our staff write to your new contact to agree on a time. Have your original KTP or passport and the recovery number at hand.
recover-proof-letter = A letter from your employer
recover-proof-letter-text = An original signed letter of the personnel department, brought to a branch together with your original KTP or passport.
recover-proof-never = Our staff never ask for a password, code or PIN, and never charge for this.
recover-choose-proof = Choose how to prove who you are

recover-received-title = We have received your request
recover-reference = Recovery number
recover-received-keep = Write this number down. We also send it to { $contact }.
recover-next-title = What happens next
recover-next-wait = We tell the old contacts. Until { $time } the owner of the account can stop this recovery.
recover-next-finish = When that time is over and two of our staff have checked your proof, we send the way to a new password to your new contact.
recover-received-same = To keep accounts safe, this page is the same for details that are registered and for those that are not. If they do not match, our staff tell you when you prove who you are.

recover-status-title = See a recovery
recover-status-lead = Enter the recovery number and the new contact that you gave.
recover-reference-hint = For example PLH-7F3K-29QD
recover-status-contact = New contact
recover-status-contact-hint = The mobile number or email that you confirmed with a code.
recover-status-button = See it
recover-status-other = See another recovery
recover-reference-empty = Enter the recovery number
recover-reference-format = That recovery number does not match. Check each letter and digit, for example PLH-7F3K-29QD
recover-status-contact-empty = Enter your new mobile number or email
recover-status-wrong = There is no recovery with this number and this contact. Check both
recover-status-paused = Too many did not match. Try again at { $time }
recover-standing-title = Recovery { $reference }
recover-state-waiting = We are waiting for 72 hours to pass, and for your proof.
recover-state-proved = Your proof is checked. We are waiting for the 72 hours to pass.
recover-state-unproved = The 72 hours have passed. What is missing: your proof.
recover-state-ready = It is ready: you can make a new password.
recover-state-stopped = The owner of the account stopped this recovery. Nothing has changed.
recover-state-refused = Our staff closed this recovery. Nothing has changed.
recover-state-done = This recovery is done. A new password was made.
recover-state-undone = The owner of the account took this recovery back after it was done.
recover-state-expired = This recovery was closed because it was not finished within 30 days.
recover-next-proved = After { $time } we send news to your new contact.
recover-next-link = We have sent a link to { $contact }. It works for 24 hours.
recover-next-code = We send a code to the number { $contact }. Enter it, then make a new password.
recover-next-done = Sign in with the new password. Your second step is still asked for.
recover-next-over = Still cannot sign in? Start a new recovery, or call { $phone }, { $hours }.
recover-link-again-button = Send the link again
recover-code-button = Send the code
recover-link-sent = A new link is on its way
recover-link-wait = A link was sent a moment ago. Ask again at { $time }
recover-link-day = Today's limit is reached. Open our latest email, or try again tomorrow
recover-asked-at = Asked for
recover-stoppable-until = Can be stopped until
recover-closes-at = Closed if not finished by

recover-stop-title = Stop a recovery
recover-stop-lead = Somebody asked to recover your account because the old phone and email are lost. Not you? Stop it.
recover-stop-button = Stop this recovery
recover-stop-any-moment = A new password is made, which can be at any moment
recover-stop-was-me = Was it you? Close this page; nothing changes.
recover-stop-call = Not sure? Call { $phone }, { $hours }.
recover-stop-named = Did we send you a text message or an email about a recovery you did not ask for? Enter the recovery number it names. You need not sign in.
recover-stop-other-ways = Can you sign in, by any way? Sign in, then open this page: the button is there at once.
recover-stop-unknown = There is no recovery with this number. Check each letter and digit
recover-stop-was-stopped = This recovery was stopped before. Your account has not changed.
recover-stop-was-refused = Our staff have closed this recovery. Your account has not changed.
recover-stop-was-done = This recovery is done, and a new password was made. Not you? Secure the account with the link in our latest email.
recover-stop-was-undone = This recovery was taken back.
recover-stop-was-expired = This recovery was closed because it was not finished in time. Your account has not changed.
recover-stop-over-at = Since { $time }.
recover-stop-expired = This link has run out. A recovery that is still open can be stopped after signing in, or with its recovery number.
recover-stop-done = The recovery is stopped. Your account has not changed.
recover-stop-then-title = What to do now
recover-stop-then-check = Sign in and check the security of your account. Make recovery codes if you have none.
recover-stop-then-password = Could somebody know your password? Set a new one.

recover-alarm-title = Somebody asked to recover your account
recover-alarm-text = Asked for { $time }, with the new contact { $contact }.
recover-alarm-link = Not you? Stop it

recover-password-lead = A new password for your account. Its new contact is { $contact }.
recover-password-then = What happens when you save it
recover-password-sessions = Every device is signed out, and none is remembered any more.
recover-password-second = Your second step is still asked for; its code goes to { $contact }.
recover-password-removed = Removed because it is lost: { $thing }.
recover-password-old = The old contacts are no longer used, but we still tell them for 72 hours.
recover-closed = This recovery is closed. See why with the recovery number
recover-taken = This new email now belongs to another account. Start a new recovery with another contact

# M06, after a recovery code
next-code-title = Save the code that takes its place
next-code-lead = You are signed in. The code you used no longer works; this one takes its place.
next-code-label = New recovery code
next-code-text = This code is shown only now. Write it on your sheet in place of the one you used. The other codes on the sheet still work.

# M24: lost or stolen (J-06)
lost-title = Is something lost or stolen?
lost-text = Remove it on this page, right now: the app, the passkey, or every remembered device. To make sure it is you, we ask for one way you still have; a recovery code will do.
lost-only-text = Is it the only way you have? Set up another one first. The old app stops as soon as the new one is set up.
