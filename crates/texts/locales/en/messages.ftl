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
    Sign-in with the password is open again for your account.

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

message-reset-without-address-sms = { $service }: somebody asked for a new password. Your account has no email yet. Open { $service } yourself, choose Help.

message-no-account-subject = No account with this email
message-no-account-body =
    Somebody asked for a new password at { $service } with this email address. There is no account with this address.

    Was it you? Your account may go by another address. Open { $domain }, choose Forgot your password, then try another email, your mobile number or your membership number (KPJ).

    Still stuck? Call { $help }. Not you? Ignore this; nothing has changed.

message-password-changed-sms = { $service }: your password was changed at { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-password-changed-subject = Your password was changed
message-password-reset-body =
    A new password was made with a link from an email: { $device }, { $time }. Every device was signed out. Sign in again with the new password; your second step is still asked for.

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
    At { $time } it was reported that something on your account was not you. We signed out every device, and the password that was used until now opens nothing any more.

    Now set a new password: open { $domain }, choose Forgot password. The second step will still be asked for.

    Your data and your balance were not changed. Questions? Call { $help }.

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
        [codes-made] Ten new recovery codes were made. The old ones no longer work.
        [code-used] A recovery code was used to sign in. { $n } left. { $few ->
            [yes] Make new codes on the Security page.
           *[no] The others still work.
        }
       *[ways-changed] Codes by text message or email were switched on or off.
    } { $device }, { $time }.

    You? Nothing to do.

# Under every letter.
message-footer = Sent automatically by { $service }. Our staff never ask for a password, code or PIN. Help: { $phone }, { $hours }.
