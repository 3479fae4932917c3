# M08
forgot-title = Forgot your password
forgot-lead = Tell us which account is yours. To make a new password, we send a link to the email of that account, or a code if it has a mobile number only. Your account and your balance stay.
forgot-button = Send the link
forgot-back-link = Back to sign-in
email-format = Enter a full email address with an @, like name@example.com

# M09
forgot-sent-title = Check your email
forgot-sent-lead = If these details are registered, we have sent a link to the email of the account. It works for { $life }.
forgot-sent-look = Look for an email from { $service } with the subject “{ $subject }”. Check the spam folder too.
forgot-sent-same = To keep accounts safe, this page is the same for details that are registered and for those that are not.
forgot-sent-nothing = No link yet?
forgot-again-button = Send again
forgot-again-in = You can ask for another link in { $left }.
forgot-again-now = You can ask for another link now.
forgot-again-day = Today's limit is reached. Open our latest message, or try again tomorrow.
forgot-other-link = Use other details
forgot-lost = Cannot open that email any more, and the phone is lost too?
forgot-no-email = No email on the account? Call { $phone }, { $hours }.
forgot-by-code = No link? If your account has a mobile number only, we sent a code by text message:
forgot-by-code-link = Enter the code

# Between M09 and M10, for an account with a mobile number only
by-code-title = New password with a code
by-code-lead = If your account has a mobile number only, we sent a code to it. It works for { $life } and for 5 tries.
by-code-why = The number alone is not enough, since a number can be taken over. So we ask for one more thing that only you have.
by-code-other-label = Recovery code, or code of your authenticator app
by-code-other-hint = 16 letters and digits from your sheet of recovery codes, or the 6 digits that the app shows now.
by-code-other-empty = Enter a recovery code, or the code of your authenticator app
by-code-other-unreadable = A recovery code has 16 letters and digits, the code of an app 6 digits
by-code-wrong = These two do not match. Check both. After 5 tries, or 10 minutes, ask for a new code
by-code-paused = Too many tries. Try again at { $time }
by-code-nothing = No text message?
by-code-nothing-text = Check the signal, and whether you gave the right details.
by-code-again-link = Ask again
by-code-no-other = No recovery code and no app?
by-code-next-lead = The recovery code you used no longer works; this one takes its place. Save it, then set the new password.
by-code-next-button = Saved. Set the new password

# M10
reset-title = New password
reset-for = New password for the account { $email }.
reset-user-name = Name for the password manager
new-password-label = New password
new-password-hint = At least { $least } characters. Four random words are better than one word with digits. You can paste it.
reset-button = Save the password
reset-ends = Every device will be signed out. Then sign in with the new password; your second step is still asked for.
reset-done = Your password was changed
reset-done-text = Every device was signed out. Sign in with the new password.
link-title = This link does not work
link-expired = This link has run out. Ask for a new one
link-used = This link has been used. Ask for a new one if you need it
link-newer = There is a newer link. Open our latest email
link-used-at = Your password was changed at { $time }
link-used-text = We received what you sent before. Sign in with the new password.
link-again-button = Ask for a new link

# Why a new password is not taken (1.5)
pw-short = Password must be { $n } characters or more
pw-long = Password must be { $n } characters or less
pw-kinds = Password must have { $n } kinds: small letters, capitals, digits or signs
pw-common = This password is common or has been leaked. Choose another, for example four random words
pw-personal = This password matches your personal details. Choose another
pw-same = The new password is the same as the old one. Choose another

# The meter
strength-weak = Password strength: weak
strength-fair = Password strength: fair
strength-good = Password strength: strong
strength-strong = Password strength: very strong
advice-keyboard = Keys beside each other are easy to guess
advice-repeats = Repeats are easy to guess
advice-sequence = Letters or digits in order are easy to guess
advice-dates = Years and dates are easy to guess
advice-common = It is among the most used ones
advice-nearly-common = It is close to the most used ones
advice-one-word = One word alone is easy to guess
advice-names = Names are easy to guess
advice-capitals = Capitals do not help much
advice-backwards = Writing backwards does not help much
advice-substitutes = Signs for letters, like @ for a, do not help much
advice-another-word = Add another word or two
advice-few-words = Use a few words that have nothing to do with each other

# M25
change-title = Change your password
change-lead = Enter your present password, then the new one.
change-leaked = Your password has to be changed now
change-leaked-text = This password is on a list of passwords that have leaked, from whichever service. Somebody could try it here. Make a new one before you go on.
change-disowned = Your password has to be changed now
change-disowned-text = You reported something that was not you. The old password is not trusted any more. Make a new one before you go on.
change-expired = Your password needs changing
change-expired-text = Passwords are changed after some time here. Make a new one now.
present-password-label = Present password
end-others-label = Sign out every other device
end-others-hint = This device stays signed in.
change-button = Change the password
change-done = Your password was changed
change-done-text = We have sent a notice to the email and mobile number of your account.
change-wrong = Your present password does not match
change-paused = The password did not match too many times. Try again at { $time }
change-locked = The password did not match too many times. Sign out, then choose Forgot your password
change-forgot-link = Do not remember your present password?
to-do-password = You have used your password for { $days } days
to-do-password-text = Not required, but worth changing if you have used it elsewhere or somebody else knows it.
