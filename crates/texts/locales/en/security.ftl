# M24
security-title = Security
security-advice-title = Next best step
advice-add-stronger = Add a passkey or an authenticator app. Text messages and email can be read or diverted by others.
advice-make-codes = Make recovery codes and keep them somewhere safe. They let you in if your phone is lost.
advice-renew-codes = Make new recovery codes. You have few left.
advice-add-another = Add a second way, so that you can still sign in when the one you have does not work.
advice-nothing = None. Your account is well protected.
passkeys-title = Passkeys
passkeys-none = Sign in with your fingerprint, face or screen lock, without a password or a code. Fake sites cannot catch it.
passkeys-add-link = Add a passkey
passkey-synced = Synced
passkey-one-device = This device only
passkey-manage-link = Manage { $name }
added-at = Added { $date }
used-at = last used { $date }
never-used = never used
password-title = Password
password-set-at = Set { $date }.
password-change-link = Change password
app-title = Authenticator app
app-none = An app on your phone that shows a 6-digit code, even without a signal.
app-add-link = Add an app
app-replace-link = Replace it with another app
sms-title = Codes by text message
sms-risk = Text messages can be diverted by swapping a SIM card, or read by other apps. Passkeys and authenticator apps are stronger.
email-title = Codes by email
email-risk = Whoever opens your email can read these codes. Passkeys and authenticator apps are stronger.
way-is-on = In use, to { $where }.
way-is-off = You switched it off. Other messages still go to { $where }.
way-is-off-here = Not used by this service.
way-no-contact = No confirmed address or number yet.
codes-title = Recovery codes
codes-none = None yet. Ten codes on paper, for the day your phone is lost.
codes-left = { $n } of 10 left, made { $date }.
codes-make-link = Make recovery codes
codes-renew-link = Make new codes
ways-link = Choose the first way and the codes by message
remembered-title = Remembered devices
remembered-some =
    { $n ->
        [one] { $n } device may
       *[other] { $n } devices may
    } sign in without the second step, for looking only.
remembered-none = None. The second step is always asked for.
remembered-forget-button = Forget all
devices-link = Devices and sessions
history-link = History of ways to sign in
suspended-tag = Suspended
suspended-since = Suspended { $date }. It opens nothing until you switch it on again.
sms-waits = This number was changed a short while ago. Until { $time } codes go by your other ways.
back-to-security-link = Back to Security
factor-last = Add another way first. Your account needs at least one
done-app-added = Your authenticator app is set up
done-app-removed = The authenticator app is removed
done-passkey-added = Your passkey is added
done-passkey-renamed = The passkey has its new name
done-passkey-removed = The passkey is removed
done-passkey-removed-text = Delete it in the settings of your device or password manager too.
done-suspended = It is suspended
done-suspended-text = Lost or stolen? Remove it if it will not come back. Found it? Switch it on again.
done-resumed = It is on again
done-ways = Your choice is saved
done-forgotten = All devices are forgotten

# M25: the authenticator app
app-new-title = Set up an authenticator app
app-new-lead = You need an authenticator app on your phone, of any maker. It shows a new code every half minute.
app-new-replaces = The app you have now stops working as soon as the new one is set up.
app-begin-button = Start
app-scan-title = 1. Scan or type
app-scan-text = The app is on another phone? Open it there, choose to add, and scan this picture.
app-qr = QR code for the authenticator app
app-key-text = Cannot scan it? Type this key:
app-open-link = Open the app on this device
app-code-title = 2. Enter the code it shows
app-until = This page works until { $time }.
app-name-label = A name, so that you recognise it
app-name-hint = For example: my phone. May stay empty.
app-finish-button = Finish
app-gone = The time to set it up has run out. Start again
app-remove-title = Remove the authenticator app
app-remove-text = Codes of this app will no longer let you in.
remove-button = Remove
suspend-title = Lost or stolen?
suspend-text = Suspend it first. Nothing is deleted, and you can switch it on again.
suspend-button = Suspend
resume-title = It is suspended
resume-text = It opens nothing until you switch it on again.
resume-button = Switch on again
app-manage-title = Authenticator app
app-manage-link = Manage the app

# J-01: the register
history-title = History of ways to sign in
history-lead = Everything that could ever prove that it is you, including what was removed. The list is kept for as long as the account is.
history-caption = Newest first
history-kind = Way
history-since = Added
history-used = Last used
history-state = Status
history-in-use = In use
history-suspended = Suspended { $date }
history-removed = Ended { $date }
history-empty = Nothing is recorded yet. The list begins when you sign in next.
history-strange = Something you do not know?
kind-password = Password
kind-passkey = Passkey
kind-app = Authenticator app
kind-phone = Codes by text message
kind-email = Codes by email
kind-recovery-codes = Recovery codes

# M25: passkeys
passkey-new-title = Add a passkey
passkey-new-lead = Your device will ask for your fingerprint, face or screen lock. They stay on the device; we never receive them.
passkey-name-label = A name, so that you recognise it
passkey-name-hint = For example: my phone. May stay empty.
passkey-create-button = Create the passkey
passkey-no-script = Passkeys need a recent browser with JavaScript. Open this page in Chrome or Safari, or use an authenticator app.
passkey-title = Passkey: { $name }
passkey-rename-button = Save the name
passkey-remove-title = Remove this passkey
passkey-remove-text = This passkey will no longer let you in.
passkey-sign-in-hint = With the fingerprint, face or screen lock of your device.
passkey-button = Sign in with a passkey
passkey-use-button = Use a passkey
key-cancel = The passkey was not used. Try again, or use your password
key-cancel-here = The passkey was not used. Try again, or use another way
key-none = That passkey is not known here. Choose another, or use your password
key-none-here = That passkey is not one of this account. Choose another, or use another way
key-exists = This device is already registered
key-not-added = The passkey was not created. Try again
key-full = Your account has 20 passkeys already. Remove one first
key-old = This page was open too long for a passkey. Try again now
key-not-verified = Your device did not make sure that it is you. Use your password, then that passkey as the second step
key-not-verified-here = Your device did not make sure that it is you. Unlock it and try again, or use another way

# M25, M15: recovery codes
codes-new-title = Recovery codes
codes-new-lead = You get ten codes. Each works once in place of the second step, after your password.
codes-new-kills = The old codes stop working as soon as new ones are made.
codes-new-button = Make ten codes
codes-made-title = Save your recovery codes
codes-made-lead = These codes are shown only now. Print them, download them or write them down, and keep them away from your phone.
codes-made-list = Ten recovery codes
codes-download-button = Download as a .txt file
codes-done-link = I have saved them
codes-file-text = Recovery codes of { $service }. Each works once, after the password. Do not give them to anyone, including our staff.

# M25: the way that is offered first, and the ways in use
ways-title = First way and codes by message
ways-first-legend = The way to offer first
ways-first-hint = You can still choose another one when you sign in.
ways-none = The strongest
ways-none-hint = We choose: passkey, then app, text message, email.
ways-send-legend = Codes by message
ways-sms-label = Codes by text message
ways-email-label = Codes by email
way-passkey = Passkey
way-passkey-hint = With your fingerprint, face or screen lock.
way-recovery = Recovery code
way-recovery-hint = One of the ten codes you keep on paper.
way-phone = Text message
save-button = Save

# M06
recovery-title = Enter a recovery code
recovery-lead = One of the ten codes you saved. Each works once.
recovery-label = Recovery code
recovery-hint = 16 letters and digits. Capitals and hyphens do not matter.
rec-empty = Enter your recovery code
rec-wrong = That recovery code does not match. Check each letter and number

# M05
remember-label = Remember this device for 30 days
remember-hint = Skips the second step for looking only. Not on a shared phone.

# M36
confirm-title = Confirm it is you
confirm-lead = This is asked before { $act }. After it you go straight on.
confirm-legend = How do you want to prove it?
act-passkeys = changing your passkeys
act-app = changing your authenticator app
act-codes = making recovery codes
act-ways = changing how you sign in
act-password = changing your password
act-details = changing your details
act-devices = signing out devices
act-suspend = suspending a way to sign in
act-other = going on
not-now-link = Not now
confirm-stronger = A code by email is not enough for this, because your account has a stronger way.
confirm-no-way = The way that is asked for is gone
confirm-no-way-text = All your stronger ways are suspended. Call us at { $phone }, { $hours }, to have your account recovered.
kept-title = Your answers are still here
kept-text = They were not sent. Check them, then send.
kept-act-text = It was not done. Check it, then press the button.

# M07
code-locked-title = Second step locked
code-locked-text = Codes did not match 100 times in a row. So that nobody goes on guessing, no code is taken any more.
code-locked-way-passkey = You have a passkey? Sign in with it; that opens the lock too.
code-locked-way-call = You have none? Call { $phone }, { $hours }. You do not need a new account.
paused-way-passkey = Have a passkey? Use it to sign in now.
locked-way-passkey = Have a passkey? Sign in with it; that opens this lock too.
