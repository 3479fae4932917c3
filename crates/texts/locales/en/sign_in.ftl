# M02, M33
sign-in-title = Sign in
sign-in-button = Sign in
identifier-label = Email, mobile number or membership number (KPJ)
identifier-hint = A user name works too.
password-label = Password
password-show = Show
password-hide = Hide
caps-lock = Caps Lock is on.
shared-label = This is a shared device
shared-hint = It is not remembered, and the session ends after 10 minutes without activity.
forgot-password-link = Forgot your password?
safe-title = Check the address in your browser
safe-text = Enter your password at this address only.
fake-sites-link = How to spot a fake site
id-empty = Enter your email, mobile number or membership number (KPJ)
pw-empty = Enter your password
login-wrong = Those sign-in details do not match. Try again, or reset your password
login-left =
    { $n ->
        [one] { $n } try left. After that, password sign-in pauses for 15 minutes
       *[other] { $n } tries left. After that, password sign-in pauses for 15 minutes
    }
login-wait = Wait { $wait } before you try to sign in again
signed-out = You have signed out
signed-out-text = On a shared device, close the browser as well.
session-ended = Session ended
session-ended-kept-text = To protect your details, a session ends by itself when it is not used for a while. We keep your answers for 20 minutes: sign in again on this device, check them, then send. Passwords and codes are not kept.
session-ended-text = To protect your details, a session ends by itself when it is not used for a while. Sign in again to get back to the page you were on.
step-old = This step took too long. Sign in again from the start
cookies-off = This browser does not keep cookies
cookies-off-text = Without cookies we cannot recognise you from page to page. Allow cookies for this address, then reload.
proxy-title = Your browser sends pages through its maker's servers
proxy-text = Your password passes there too. Turn off the extreme data saving mode, or use another browser.

# M07
paused-title = Sign-in is paused
paused-code-title = Codes are paused
paused-until = Password sign-in is paused until { $time }.
paused-why = The password did not match too many times. This pause protects the account from people who guess; nothing is lost or changed.
paused-ways-title = What you can do
paused-way-wait = Wait until the time above, then try again. No need to call.
paused-way-session = Devices that are already signed in keep working.
paused-way-reset = Forgot your password? Set a new one; that ends the pause at once.
code-limit = Too many codes did not match. Try again at { $time }, or choose another way
paused-code-why = This pause protects the account from people who guess codes. Your password has not changed.
locked-title = Password sign-in is locked
locked-text = The password did not match too many times, so we have locked it until you open it.
locked-why = Your details and your balance are safe. The lock does not open by itself, so nobody can keep guessing.
locked-way-call = Call { $phone }, { $hours }. Our staff check that it is you, then open the lock.
locked-way-reset = Set a new password, then sign in with your second step. That opens the lock.

# M04
choose-title = Choose how to verify
choose-legend = How would you like to confirm it is you?
choose-way = Choose how to verify
way-totp = Authenticator app
way-totp-hint = Open the app and read the 6-digit code. Works without a signal.
way-sms = Text message to the number ending in { $ending }
way-sms-hint = The code comes by text message, usually within 1 minute.
way-email = Email to { $address }
way-email-hint = The code comes by email. Use this if text messages do not work.
start-again-link = Start again
no-way-link = None of these ways work for you?

# M05
code-title = Enter the code
code-label = 6-digit code
code-hint = You can paste it. Spaces do not matter.
code-in-app = Open your authenticator app and enter the code shown now.
code-sent-sms = We sent a code by text message to the number ending in { $ending }.
code-sent-email = We sent a code to { $address }.
code-sent-again = A new code is on its way. The one before it also works until its own time runs out
code-good-until = The code works until { $time }.
code-good-for = The code works for another { $left }.
code-run-out = The code has run out. Ask for a new one below.
code-nothing-came =
    { $way ->
        [sms] No text message yet?
       *[email] No email yet?
    }
send-again-button = Send another code
send-again-in = You can ask for another code in { $left }.
send-again-now = You can ask for another code now.
code-steps-title = What you can try
code-step-look =
    { $way ->
        [sms] Check your signal. Turn airplane mode on and off again.
       *[email] Check the spam or promotions folder.
    }
code-step-wait = Wait 2 minutes. Networks are slow at times.
code-step-late = A code that comes late still works until its time runs out.
code-step-call = Still nothing? Call { $phone }, { $hours }.
other-way-link = Choose another way
code-empty = Enter the 6-digit code
code-short = Some digits are missing. The code has 6
code-long = Too many digits. The code has 6
code-chars = The code has digits only
code-wrong =
    That code does not match. Check the latest { $way ->
        [sms] text message
       *[email] email
    } and enter it again
code-expired = That code is more than { $n } minutes old. We have sent you a new one
code-totp = That code does not match. Set your phone clock to automatic, then enter the code shown now
send-wait =
    { $n ->
        [one] Wait { $n } second before asking for another code
       *[other] Wait { $n } seconds before asking for another code
    }
send-day = This address or number has reached today's limit. Choose another way
send-fail = We could not send a text to this number. Try again in 1 minute, or choose another way

# M32
sign-out-title = Sign out
sign-out-text = Sign out of { $service } on this device?
sign-out-button = Sign out
stay-link = Stay signed in
sign-out-shared = Using a shared phone or computer? Sign out, then close the browser.
