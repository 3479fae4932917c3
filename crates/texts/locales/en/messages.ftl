# What is sent (section 4). Paragraphs are set apart by an empty line; letters take them one by one.

# One segment of a text message, last line as browsers read it: `crate::text_message` holds both.
message-sign-in-code-sms =
    { $code } is your { $service } sign-in code. It lasts { $minutes } minutes. Do not give it to anyone, not even our staff.

    @{ $domain } #{ $code }
message-sign-in-code-subject = Your { $service } sign-in code
message-sign-in-code-body =
    Your sign-in code is { $code }. It lasts { $minutes } minutes, until { $time }.

    Enter it at { $domain } only. Do not give it to anyone, including our staff.

    Not signing in? Somebody knows your password. Do not use this code, and call { $help }.

# Proves an address or number outside of a sign-in.
message-contact-code-sms =
    { $code } is your { $service } code to confirm this number. It lasts { $minutes } minutes. Do not give it to anyone.

    @{ $domain } #{ $code }
message-contact-code-subject =
    { $channel ->
        [sms] Confirm your mobile number
       *[email] Confirm your email
    }
message-contact-code-body =
    The code to confirm this address is { $code }. It lasts { $minutes } minutes, until { $time }.

    Enter it at { $domain } only. Do not give it to anyone, including our staff.

    Did not ask for this? Ignore it; without this code your address is not used.

message-new-device-sms = { $service }: new sign-in at { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-new-device-subject = New sign-in
message-new-device-body =
    { $service } was just opened on a device we do not know yet: { $device }, { $time }.

    Was it you? Nothing to do.

    Not you? Secure the account with the link below.

message-oldest-session-sms = { $service }: a device was signed out at { $time } because too many were signed in. Not you? Open { $service } yourself, choose Help.
message-oldest-session-subject = A device was signed out
message-oldest-session-body =
    You signed in on one more device than an account may have at a time. So the device that was signed in the longest was signed out: { $device }, { $time }.

    Was it you? Nothing to do. Your devices are listed at { $domain }/security/devices.

message-password-paused-sms = { $service }: sign-in with your password is paused until { $time }, after many wrong passwords. No need to call. It opens by itself.
message-password-paused-subject = Password sign-in paused
message-password-paused-body =
    Somebody entered a wrong password for your account ten times. Sign-in with the password is paused until { $time }, so that nobody can go on guessing. It opens by itself; no need to call.

    What still works: devices that are signed in, a passkey, and setting a new password at { $domain }/forgot-password.

    Was it you? Wait until { $time }, or set a new password.

message-password-locked-sms = { $service }: sign-in with your password is locked, after 100 wrong passwords. Open { $service } yourself and set a new password.
message-password-locked-subject = Password sign-in locked
message-password-locked-body =
    A wrong password was entered for your account 100 times in a row. Sign-in with the password is locked until you open it. Your account and your balance are safe.

    You open it yourself: set a new password at { $domain }/forgot-password, or sign in with a passkey. Devices that are signed in stay so.

    Neither works? Call { $help }. You never need a new account.

message-password-opened-sms = { $service }: you can use your password again. Not you? Open { $service } yourself, choose Help, then This was not me.
message-password-opened-subject = You can use your password again
message-password-opened-body =
    Sign-in with the password is open again for your account: somebody passed its second step, or used a passkey. Our staff had no part in it.
    Sign-in with the password is open again for your account: a sign-in passed your second step, after a passkey or a new password. No staff had a hand in it.

    Was it you? Nothing to do.

message-second-step-sms = { $service }: your password was right, but the code was wrong { $n } times at { $time }. Not you? Set a new password.
message-second-step-subject = Someone tried to sign in
message-second-step-body =
    The password was right, but the second step was wrong { $n } times: { $device }, { $time }. Nobody got in.

    Was it you? Check the newest code, or choose another way.

    Not you? Then somebody knows your password. Secure the account with the link below.

message-reset-link-subject = Reset your password
message-reset-link-body =
    Somebody asked for a new password for your { $service } account. Was it you? Open this link to make a new one. It works until { $time }, and once:

    { $link }

    You will still need your second step when you sign in.

    Did not ask for this? Nothing has changed, and your old password still works.

message-reset-code-sms =
    { $code } is your { $service } code to set a new password. It lasts { $minutes } minutes. Do not give it to anyone.

    @{ $domain } #{ $code }
message-reset-code-subject = Your code for a new password

message-no-account-subject = No account with this email
message-no-account-body =
    Somebody asked for a new password at { $service } with this email address. There is no account with this address.

    Was it you? Your account may go by another address. Open { $domain }, choose Forgot your password, then try another email, your mobile number or your membership number (KPJ).

    Still stuck? Call { $help }. Not you? Ignore this; nothing has changed.

message-password-changed-sms = { $service }: your password was changed at { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-password-changed-subject = Your password was changed
message-password-reset-body =
    A new password was made in place of the forgotten one: { $device }, { $time }. Every device was signed out. Sign in again with the new password; your second step is still asked for.

    Was it you? Nothing to do.
message-password-changed-body =
    The password of your account was changed: { $device }, { $time }. { $others ->
        [ended] Every other device was signed out.
       *[kept] Other devices stay signed in.
    }

    Was it you? Nothing to do.

message-not-me-sms = { $service }: your account is secured. Every device was signed out. Set a new password: open { $service } yourself, choose Forgot password.
message-not-me-subject = Your account is secured
message-not-me-body =
    At { $time } it was reported that something on your account was not you. We signed out every device, and the password that was used until now opens nothing any more. Passkeys, apps and recovery codes that were added since then open nothing either; yours can be switched on again on the Security page.

    Now set a new password: open { $domain }, choose Forgot password. The second step will still be asked for.

    Your data and your balance were not changed. Questions? Call { $help }.

# A staged recovery: to whoever had the account, and to the new contact.
message-recovery-warning-sms = { $service }: recovery of your account was asked for. Not you? Stop it: open { $service } yourself, Help, Stop a recovery, enter { $reference }
message-recovery-warning-subject = Somebody asked to recover your account
message-recovery-warning-body =
    Somebody asked to recover your { $service } account, saying that the old phone and email cannot be used any more: { $device }, { $time }. The new contact they gave: { $contact }. Recovery number { $reference }.

    { $stage ->
        [ready] Two of our staff have checked their proof, and the waiting time is over. A new password can be made at any moment, unless you stop it.
        [proved] Two of our staff have checked their proof. Until { $until } nothing changes, and you can stop it.
       *[asked] They still have to prove who they are to our staff. Until { $until } nothing changes, and you can stop it.
    }

    Not you? Stop it with this link, without signing in:

    { $link }

    Was it you? Nothing to do. Not sure? Call { $help }.

message-recovery-received-sms = { $service }: we received a request to recover an account. Recovery number { $reference }. Keep it. Did not ask? Ignore this.
message-recovery-received-subject = Request to recover an account received
message-recovery-received-body =
    We received a request to recover a { $service } account. Your recovery number is { $reference }. Keep it.

    Next: prove who you are in the way you chose. Until { $until } the owner of the account can stop this recovery. When both are done, we send news here.

    To see how far it is, open { $domain }/recover/status.

    Did not ask for this? Ignore it; nothing changes.

message-recovery-link-subject = Make your new password
message-recovery-link-body =
    Recovery { $reference } is ready to be finished. Open this link to make a new password. It works until { $until }, and once:

    { $link }

    When you sign in, the second step is still asked for; its code is sent here.

message-recovery-ready-sms = { $service }: recovery { $reference } is ready to be finished. Open { $service } yourself, choose Help, See a recovery.

message-recovery-stopped-sms = { $service }: account recovery { $reference } was stopped. Nothing has changed.
message-recovery-stopped-subject = Account recovery stopped
message-recovery-stopped-body =
    Recovery { $reference } was stopped at { $time }. Nothing has changed on the account.

    Any questions? Call { $help }.

message-recovery-refused-sms = { $service }: our staff closed account recovery { $reference }. Nothing has changed. Questions? Call { $help }
message-recovery-refused-subject = Account recovery closed
message-recovery-refused-body =
    Our staff closed recovery { $reference } at { $time }. Nothing has changed on the account.

    Any questions? Call { $help }.

message-recovery-done-sms = { $service }: a new password was made through account recovery { $reference }. Not you? Call { $help }
message-recovery-done-subject = Your account was recovered
message-recovery-done-body =
    A new password was made through recovery { $reference }: { $device }, { $time }. The new contact: { $contact }. Every device was signed out, and what was said to be lost was taken off the account.

    We still tell the old contacts for 72 hours. Not you, and this came to your old contact? The link below puts the old contact back. Not sure? Call { $help }.
message-staff-looked-sms = { $service }: our staff { $officer } looked at your record on { $time }. See Activity at { $domain }
message-staff-looked-subject = Our staff looked at your record
message-staff-looked-body =
    On { $time } our staff { $officer } { $field ->
        [none] opened your record
       *[other] saw one detail of your record in full: { $field ->
            [nik] NIK
            [kpj] membership number
            [birth-date] date of birth
            [address] home address
            [email] email
           *[other] mobile number
        }
    }. What for: { $why ->
        [call] a call from you
        [visit] your visit to the office
        [letter] a letter from you
        [request] a request of yours
       *[other] something strange on your account
    }.

    The whole reason is in the activity list of your account. Is this a surprise to you? Call { $help }.

message-code-withheld-subject = A text message code was not sent
message-code-withheld-body =
    At { $time } somebody, perhaps you, asked for a code by text message to sign in to { $service }. We did not send it, because the mobile operator says that your number has just moved to another card.

    You changed the card yourself? Use another way to sign in today. Codes by text message will work again in a few days.

    You changed no card? Somebody may be taking over your number. Call your mobile operator now.

# Asks under news of an account; the link is a paragraph of its own.
message-not-me-link =
    This was not you? This link works for 7 days and once:

    { $link }

# Names a letter, so that its reader can ask whether it is ours.
message-reference = Message code { $reference }. You can check at { $domain }/check whether it is from us.

# A way to prove who one is: added, taken away, used up.
message-factor-sms =
    { $service }: { $what ->
        [app-added] authenticator app added
        [app-removed] authenticator app removed
        [passkey-added] passkey added
        [passkey-removed] passkey removed
        [passkey-copied] a passkey was refused
        [suspended] a way to sign in was suspended
        [resumed] a way to sign in is on again
        [codes-made] recovery codes made
        [code-used] recovery code used
       *[ways-changed] ways to sign in changed
    } at { $time }. Not you? Open { $service } yourself, choose Help.
message-factor-subject =
    { $what ->
        [app-added] Authenticator app added
        [app-removed] Authenticator app removed
        [passkey-added] Passkey added
        [passkey-removed] Passkey removed
        [passkey-copied] A passkey was refused
        [suspended] A way to sign in was suspended
        [resumed] A way to sign in is on again
        [codes-made] New recovery codes made
        [code-used] A recovery code was used to sign in
       *[ways-changed] Ways to sign in changed
    }
message-factor-body =
    { $what ->
        [app-added] An authenticator app was added to your account.
        [app-removed] The authenticator app was removed from your account.
        [passkey-added] A passkey was added to your account.
        [passkey-removed] A passkey was removed from your account.
        [passkey-copied] A passkey was used, but it counted backwards. There may be a copy of it, so we refused it. If it is yours, remove it on the Security page and make a new one.
        [suspended] A passkey or an authenticator app was suspended: it opens nothing until you switch it on again on the Security page.
        [resumed] A passkey or an authenticator app is on again and can be used to sign in.
        [codes-made] Ten new recovery codes were made. The old ones no longer work.
        [code-used] A recovery code was used to sign in, and one in its place was shown. { $n } left on the sheet you saved. { $few ->
            [yes] Make new codes on the Security page.
           *[no] The others still work.
        }
       *[ways-changed] Codes by text message or email were switched on or off.
    } { $device }, { $time }.

    You? Nothing to do.

# An account that is opened.
message-activation-link-subject = Go on with activating your account
message-activation-link-body =
    Your email is confirmed. Did not finish activating your { $service } account? Go on with this link, until { $time } and once:

    { $link }

    Finished already? Then you do not need this link any more. Do not forward this email to anyone.

    Not activating an account? Ignore this; no account is opened without you.

message-activated-sms = { $service }: your account has been active since { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-activated-subject = Your account is active
message-activated-body =
    Your { $service } account is active: { $device }, { $time }. Sign in at { $domain } with your email, mobile number or membership number (KPJ).

    Was it you? Nothing to do.

message-activation-tried-sms = { $service }: your details were entered for an activation at { $time }. You have an account already. Forgot the password? Open { $service }.
message-activation-tried-subject = Your details were entered to activate an account
message-activation-tried-body =
    Somebody entered your NIK, membership number (KPJ) and date of birth to activate an account: { $device }, { $time }. You already have an account. Nothing has changed.

    Was it you? Just sign in at { $domain }. Forgot your password? Open { $domain }/forgot-password.

    Not you? That person knows your details, but cannot get into your account with them.

# A change of contacts: an address or number comes, goes, or is exchanged. $what is said by act and
# kind; masked contacts stand in letters only.
message-contact-begun-sms =
    { $service }: { $contact ->
        [phone] change of mobile number
       *[email] change of email
    } from { $time }. Not you? Open { $service } yourself, choose Help.
message-contact-begun-subject =
    { $contact ->
        [phone] A change of your mobile number has begun
       *[email] A change of your email has begun
    }
message-contact-begun-body =
    { $what ->
        [add-email] An email address is added to your account: { $new }.
        [add-phone] A mobile number is added to your account: { $new }.
        [replace-email] The email address of your account is changed: from { $old } to { $new }.
        [replace-phone] The mobile number of your account is changed: from { $old } to { $new }.
        [remove-email] The email address { $old } is removed from your account.
       *[remove-phone] The mobile number { $old } is removed from your account.
    } { $device }, { $at }.

    The change takes effect { $time }. Until then we use the old details, and payouts are closed.

    Was it you? Nothing to do.
message-contact-done-sms =
    { $service }: { $contact ->
        [phone] the change of your mobile number
       *[email] the change of your email
    } is in effect. Not you? Open { $service } yourself, choose Help, then This was not me.
message-contact-done-subject =
    { $contact ->
        [phone] The change of your mobile number is in effect
       *[email] The change of your email is in effect
    }
message-contact-done-body =
    { $what ->
        [add-email] Since { $time } this email address is used for your account: { $new }.
        [add-phone] Since { $time } this mobile number is used for your account: { $new }.
        [replace-email] Since { $time } the email address { $new } is used for your account, and no longer { $old }.
        [replace-phone] Since { $time } the mobile number { $new } is used for your account, and no longer { $old }.
        [remove-email] Since { $time } the email address { $old } is no longer used for your account.
       *[remove-phone] Since { $time } the mobile number { $old } is no longer used for your account.
    }

    Was it you? Nothing to do.
message-contact-cancelled-sms =
    { $service }: { $contact ->
        [phone] the change of mobile number
       *[email] the change of email
    } was cancelled. The old details stay. Not you? Open { $service } yourself, choose Help.
message-contact-cancelled-subject =
    { $contact ->
        [phone] The change of your mobile number was cancelled
       *[email] The change of your email was cancelled
    }
message-contact-cancelled-body =
    { $what ->
        [add-email] The email address { $new } is not used for your account.
        [add-phone] The mobile number { $new } is not used for your account.
        [replace-email] The email address { $old } stays with your account, not { $new }.
        [replace-phone] The mobile number { $old } stays with your account, not { $new }.
        [remove-email] The email address { $old } stays with your account.
       *[remove-phone] The mobile number { $old } stays with your account.
    } Cancelled { $at }.

    Was it you? Nothing to do.
message-contact-lapsed-sms =
    { $service }: { $contact ->
        [phone] a change of mobile number
       *[email] a change of email
    } was not finished, nothing changed. Not you? Open { $service } yourself, choose Help.
message-contact-lapsed-subject =
    { $contact ->
        [phone] A change of your mobile number was not finished
       *[email] A change of your email was not finished
    }
message-contact-lapsed-body =
    { $contact ->
        [phone] Somebody signed in to your account asked for a new mobile number, but its code was not entered within an hour.
       *[email] Somebody signed in to your account asked for a new email address, but its code was not entered within an hour.
    } Nothing has changed.

    Was it you? Start again at { $domain }, on the page Personal details.

# The same, to the contact that comes. Whoever reads it may not be the owner of the account.
message-contact-new-sms =
    { $stage ->
        [begun] { $service }: this number is used for an account from { $time }. Not your account? Open { $service } yourself, choose Help.
        [done] { $service }: this number is now used for sign-in, codes and news of your account.
       *[cancelled] { $service }: this number is not used for an account. The change was cancelled. The old details stay.
    }
message-contact-new-subject =
    { $stage ->
        [begun] This email will be used for a { $service } account
        [done] This email is now used for a { $service } account
       *[cancelled] This email is not used for a { $service } account
    }
message-contact-new-body =
    { $stage ->
        [begun] This address was confirmed with a code and will be used for a { $service } account from { $time }. Until then the old details are used.
        [done] Since { $time } this address is used for signing in, for codes and for news of your { $service } account.
       *[cancelled] That change was cancelled { $at }. The old details of the account stay.
    }

    Not your account? Call { $help }.

# Under the news of a change, for contacts that were there before; the link is a paragraph of its own.
message-undo-link =
    Not you? Cancel this change with one button, without signing in. The link works until { $until }:

    { $link }

# To the owner of a contact that somebody else wanted.
message-contact-taken-sms =
    { $service }: { $contact ->
        [phone] somebody tried to use your mobile number
       *[email] somebody tried to use your email
    } for another account. Nothing has changed.
message-contact-taken-subject =
    { $contact ->
        [phone] Somebody tried to use your mobile number
       *[email] Somebody tried to use your email
    }
message-contact-taken-body =
    { $contact ->
        [phone] At { $at } somebody tried to use your mobile number for another { $service } account. The number belongs to your account, so nothing has changed.
       *[email] At { $at } somebody tried to use your email address for another { $service } account. The address belongs to your account, so nothing has changed.
    }

    Was it you? Then you have two accounts. Call { $help }; we help you join them.

message-address-sms = { $service }: your home address was changed at { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-address-subject = Your home address was changed
message-address-body =
    The home address in your details was changed: { $device }, { $time }.

    Was it you? Nothing to do. The present address is at { $domain }/personal-details.

message-payouts-closed-sms = { $service }: payouts were closed at { $time }. Not you? Open { $service } yourself, choose Security.
message-payouts-closed-subject = Payouts are closed
message-payouts-closed-body =
    The payout lock was closed: { $device }, { $time }. Nothing can be paid out through { $service } until you open it, which takes 12 hours.

    Was it you? Nothing to do.
message-payouts-opening-sms = { $service }: payouts open { $time }. Not you? Open { $service } yourself, choose Security, then close them.
message-payouts-opening-subject = Payouts will open
message-payouts-opening-body =
    Somebody asked to open payouts again: { $device }, { $at }. Payouts open { $time }.

    Was it you? Nothing to do.

    Not you? Close them again at { $domain }/security/payouts, or secure the account with the link below.

message-transaction-reported-sms = { $service }: transaction reported, { $reference }, { $time }. Payouts are closed. Not you? Open { $service } yourself, choose Security.
message-transaction-reported-subject = We have your report of a transaction
message-transaction-reported-body =
    You said of a transaction that you do not recognise it: { $device }, { $time }. Your report has the number { $reference }; our staff look into it and tell you what comes of it.

    Until you open them, nothing can be paid out through { $service }. The transaction and your report are at { $domain }/transactions.

message-report-closed-sms =
    { $outcome ->
        [corrected] { $service }: your report { $reference } is closed. The transaction was a mistake and is put right. See your transactions.
        [fraud] { $service }: your report { $reference } is closed. Somebody else was at work. Our staff will call you. Help: { $help }.
       *[explained] { $service }: your report { $reference } is closed. The transaction is right. Questions? Call { $help }.
    }
message-report-closed-subject = Your report of a transaction is closed
message-report-closed-body =
    { $outcome ->
        [corrected] Our staff closed your report { $reference } at { $time }: the transaction was a mistake, and another transaction puts it right. You see both in your transactions.
        [fraud] Our staff closed your report { $reference } at { $time }: somebody else did it. They will discuss with you what happens next.
       *[explained] Our staff closed your report { $reference } at { $time }: the transaction is right.
    }

    Payouts stay closed until you open them, at { $domain }/security/payouts. Questions, or do you disagree? Call { $help } and give the number of your report.

message-data-exported-sms = { $service }: your data were downloaded at { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-data-exported-subject = Your data were downloaded
message-data-exported-body =
    A file with your data was downloaded: { $device }, { $time }. Your NIK, address and contributions are in it.

    Was it you? Keep the file where nobody else can open it.

# Under every letter.
message-footer = Sent automatically by { $service }. Our staff never ask for a password, code or PIN. Help: { $phone }, { $hours }.
