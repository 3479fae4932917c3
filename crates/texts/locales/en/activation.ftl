# M12
activate-title = Activate your account
activate-link = Activate your account
activate-lead = Already a member, but no account yet? It takes about five minutes.
activate-tasks-title = Four short steps
activate-task-find = Find your membership
activate-task-contact = Confirm an email or a mobile number
activate-task-access = Create a password or a passkey
activate-task-codes = Save your recovery codes
activate-task-later = Cannot start yet
activate-task-next = Not started
activate-task-begun = In progress
activate-task-done = Done
activate-kpj-hint = 11 digits or letters, on your membership card and payslip.
activate-nik-empty = Enter the NIK on your KTP
activate-kpj-empty = Enter your membership number (KPJ)
activate-match-none = We have not found a membership with these details. Check the NIK, KPJ and date of birth one by one against your KTP and card
activate-paused = Too many tries with these details. Try again at { $time }
activate-same = We compare these details with the record your employer or you gave. All three have to match.
activate-find-button = Find my membership
activate-no-kpj-title = I do not know my KPJ
activate-no-kpj-card = It is printed on your membership card, and on most payslips.
activate-no-kpj-employer = The personnel department of your employer knows it.
activate-no-kpj-branch = Or come to a branch with your KTP, or call { $phone }, { $hours }.
activate-when-title = I have just been registered
activate-when-employer = Employers register new workers within { $days } days.
activate-when-text =
    A new member gets the number within { $number ->
        [one] { $number } working day
       *[other] { $number } working days
    } of a complete registration and the first payment, and the card within { $card } working days. Before that we cannot find the membership.
activate-differs-title = I typed everything as printed, and it is not found
activate-differs-text = The record may hold another spelling, date or number than your KTP. Ask your employer which data were sent, or call { $phone }, { $hours }, and have your KTP and card at hand. We do not say which of the three differs, because a stranger could ask too.
activate-have-account = Have an account already?
activate-old = What you began is no longer open here
activate-old-text = For your safety a browser waits 30 minutes. Enter the same details again; what you confirmed in this browser is still saved.
activate-found = We have found your membership. Go on with the next step.
activate-go-on-button = Continue
activate-kept-until = Your steps are saved until { $time }.
activate-leave-text = On a shared phone, or is this not your membership?
activate-leave-button = Stop here
# M13
activate-contact-title = Confirm how we reach you
activate-contact-lead = We send a code to each one. Two are safer than one: if you lose one, the other still works.
activate-email-label = Email
activate-phone-label = Mobile number
activate-phone-hint = For example 0812 3456 7890. A number shared in the family is fine.
activate-contact-empty = Enter an email or a mobile number
activate-email-taken = This email belongs to another account by now. Enter another one
activate-needs-phone = With a password you also need a second step. Enter a mobile number, or create a passkey
# M14
activate-access-title = Create a password or a passkey
activate-access-lead = This is how you sign in from now on.
activate-passkey-title = Passkey: your fingerprint, face or screen lock
activate-passkey-text = Nothing to remember, and fake sites cannot use it.
activate-password-title = Or a password
activate-password-label = Password
activate-open-button = Open my account
activate-needs-passkey = A password alone does not open an account here. Create a passkey
activate-taken-title = You have an account already
activate-taken-lead = There is an account for this membership. A second one is never needed; nothing is lost.
activate-taken-sign-in = You know the password?
activate-taken-forgot = You forgot it?
activate-taken-lost = The old phone and email are gone?
activate-taken-button = Leave this page
# M15
activate-opened = Your account is open
activate-codes-title = Save your recovery codes
activate-codes-lead = Ten codes, each works once. They let you in on the day when your phone is lost.
activate-codes-paper = Have pen and paper ready, or a safe place for a file. We show the codes only once.
activate-codes-button = Show my codes
activate-codes-later = Later, and sign in now
activate-codes-old = These codes are no longer the newest. Show them once more
activate-confirm-label = Last 4 characters of one of the codes
activate-confirm-hint = So that we both know they are saved.
activate-rec-confirm = Enter the last 4 characters of a code you saved
activate-finish-button = I have saved them
# Going on from the letter
activate-resume-title = Go on activating your account
activate-resume-lead = You confirmed this email before. Go on in this browser.
activate-resume-button = Go on here
activate-resume-open = Your account is open already. Sign in.
activate-resume-used = This link has been used. Enter the same details again to go on.
activate-resume-expired = This link has run out. Start again with your details.
activate-again-button = Enter my details
reason-activated = Your account is ready
reason-activated-text = Sign in with what you have just created.

contact-skip-button =
    { $way ->
        [sms] Go on without a mobile number
       *[email] Go on without an email
    }
