# M29, M30: signing in to other applications.
consent-title = Allow { $app }?
consent-lead = { $app } by { $owner } wants to use your account to sign you in, and to see this data.
consent-unknown = We have not checked this application
consent-unknown-text = Nobody here knows who is behind { $app }; its name, its owner and what it says it is for are its own words. Allow it only if you came from there yourself and trust it. If you are not sure, choose not to allow it.
consent-account = Account: { $name }
consent-included = Included
consent-purpose = What for
consent-duration = For how long
consent-goes-on = Also after you sign out, for 30 days at most. It ends sooner if you withdraw it or change your password
consent-ends = While you are signed in
consent-phone = ending in { $ending }
consent-memberships = { $n ->
    [one] { $n } membership number
   *[other] { $n } membership numbers
}
consent-months = { $n ->
    [one] { $n } contribution record
   *[other] { $n } contribution records
}
consent-allow = Allow
consent-cancel = Do not allow
consent-withdraw = You can take this back at any time on the page
scope-openid = Your number in this application
scope-profile = Name, date of birth, sex, language
scope-email = E-mail address
scope-phone = Mobile number
scope-address = Home address
scope-membership = Membership numbers and kind of membership
scope-contributions = Contributions
scope-balance = JHT balance
scope-offline = Also while you are not using it
apps-title = Connected apps
apps-lead = These applications may see your data. Disconnect those you do not know or no longer use.
apps-none = No other application may see your data.
apps-owner = By { $owner }
apps-since = Allowed { $time }.
apps-used = Last used { $time }.
apps-withdraw = Disconnect
apps-withdrawn = The application is disconnected
apps-withdrawn-text = From now on it cannot see your data.
apps-own-title = Our own applications
apps-own-lead = These are ours, and may see this data once you have signed in to them. One that you disconnect sees nothing until you sign in to it again.
form-post-title = Back to the application
form-post-button = Continue
logout-by-app = { $app } asks to sign you out of { $service }.
sign-in-again = Sign in once more
sign-in-again-text = The application you opened wants to make sure that it is you.
act-application = going on to another application
problem-application = We do not know this application
problem-application-text = The application that brought you here is not registered, or wants its answer sent to an address that is not its own. None of your data was sent anywhere. Tell the owner of the application.
problem-request-gone = The application's request is over or too old
problem-request-gone-text = Go back to the application and start again from there.
problem-logout = This request to sign out cannot be trusted
problem-logout-text = You are still signed in. To sign out, use the button on our own pages.
# Signing in on a device without a keyboard.
device-title = Sign in on a device
device-lead = Enter the code that a television, a kiosk or a program on your computer shows you.
device-code = Code on the device
device-code-hint = Eight letters, for example WDJB-MJHT. Small letters will do, and the hyphen can be left out.
device-button = Continue
device-code-empty = Enter the code that the device shows
device-code-unreadable = Enter all eight letters as the device shows them. Codes have no vowels and no digits
device-code-wrong = No device is waiting under this code. Compare it letter by letter, or let the device show a new one: a code works for 10 minutes
device-code-paused = Too many codes were wrong. Try again at { $time }
device-warning-title = Did you start this yourself?
device-warning = Continue only if you started this yourself on a device in front of you. Our staff never send you a code to enter here.
device-ask-title = Let { $app } sign in on a device?
device-ask-lead = { $app } by { $owner } wants to use your account on that device, and to see this data.
device-compare = Compare: the device in front of you has to show this very code. If it shows another one, or none, do not allow it.
device-asked-at = Asked at
device-from = From
device-from-near = { $network }, the network you are on now
device-from-far = { $network }, another network than the one you are on now
device-allowed = The device may go on
device-allowed-text = Look at the device: it signs in within a few seconds. You can close this page.
device-refused = The device was not let in
device-refused-text = It saw none of your data. If somebody sent you that code, they wanted to get into your account: tell the help line.
