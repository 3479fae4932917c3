# What every form of a contact says.
email-hint = For example name@example.com
phone-hint = For example 0812 3456 7890
code-send-button = Send code
contact-send-day = This contact has reached today's limit of codes. Use another contact, or try again tomorrow
code-paused = Too many codes did not match. Try again at { $time }
code-back-link = Back
back-to-tasks-link = Back to the list

# M23: a contact comes, for another or beside it.
contact-title =
    { $what ->
        [add-email] Add an email
        [add-phone] Add a mobile number
        [replace-email] Change your email
       *[replace-phone] Change your mobile number
    }
contact-now = At present: { $contact }.
contact-email-label = New email address
contact-email-hint = We send a code to this address.
contact-phone-label = New mobile number
contact-phone-hint = For example 0812 3456 7890. We send a code by text message.
contact-then-title = What happens next
contact-then-code = You enter the code from that message here.
contact-then-wait = The change takes effect 12 hours later. Until then we use the old details, and payouts are closed.
contact-then-old = Contacts that are there already are told, and by email can cancel it for 72 hours.
email-empty = Enter your email address
phone-empty = Enter your mobile number
phone-format = Mobile number must be 10 to 13 digits and start with 08 or +62
contact-own =
    { $contact ->
        [phone] This number is on your account already. Enter another one
       *[email] This address is on your account already. Enter another one
    }
contact-full =
    { $contact ->
        [phone] Your account already has two mobile numbers. Change or remove one first
       *[email] Your account already has two email addresses. Change or remove one first
    }
contact-no-sms = This service sends no text messages, so a mobile number cannot be confirmed here
contact-taken =
    { $contact ->
        [phone] This number is used by another account. Enter another one
       *[email] This address is used by another account. Enter another one
    }
changed = This was just changed elsewhere. Check it again before saving
cool = The change takes effect { $time }. Until then we use the old details

# M23: its code.
contact-code-sent =
    { $kind ->
        [phone] We sent a code by text message to { $contact }.
       *[email] We sent a code to { $contact }.
    }
contact-code-wrong-link =
    { $kind ->
        [phone] Wrong number? Enter it again
       *[email] Wrong address? Enter it again
    }
contact-code-later = Finish within an hour. Nothing changes before that.

# M23: a contact goes.
contact-remove-title =
    { $contact ->
        [phone] Remove a mobile number
       *[email] Remove an email
    }
contact-remove-text = No longer used for signing in, for codes and for news: { $contact }.
contact-last = Add another contact first. We need at least one way to reach you

# M22: what is under way.
pending-title = Changes under way
pending-what =
    { $what ->
        [add-email] Email { $new } is added
        [add-phone] Mobile number { $new } is added
        [replace-email] Email { $old } is changed to { $new }
        [replace-phone] Mobile number { $old } is changed to { $new }
        [remove-email] Email { $old } is removed
       *[remove-phone] Mobile number { $old } is removed
    }
pending-unconfirmed = Waits for the code, until { $time }.
pending-undoable = In effect. The old contact can cancel it from its email until { $time }.
pending-code-link = Enter the code
pending-cancel-button = Cancel the change
news-begun = The change is recorded
news-cancelled = The change was cancelled
news-cancelled-text = The old details stay.
news-too-late = This change is in effect
news-too-late-text = Change it again here, or cancel it with the link in the email to the old contact.
news-address = Your address is saved

# M23: the address.
address-title = Change your address
address-lead = The address where you live now. It takes effect once saved; we tell all your contacts.
address-street = Street, number, RT and RW
address-village = Village or ward (kelurahan, desa)
address-district = District (kecamatan)
address-regency = Regency or city (kabupaten, kota)
address-province = Province
address-postcode = Postcode
addr-empty = Enter your address: street, number, RT and RW
addr-village = Enter your village or ward
addr-district = Enter your district
addr-regency = Enter your regency or city
addr-province = Enter your province
addr-post = Postcode must be 5 digits
addr-long = Too long. Write 120 letters at most

# The link of an old contact that takes a change back.
undo-title = Cancel a change
undo-lead = This change was made on your account:
undo-effective = It takes effect { $time }.
undo-what-title = What we do
undo-what-back = Your contacts go back to what they were. Other changes that were built on it are cancelled too.
undo-what-told = All contacts are told.
undo-was-me = You changed it yourself? Just close this page; nothing changes.
undo-done-title = The change was cancelled
undo-done-text = The old contact is used again. There is nothing more to do about that change.
undo-done-now = Somebody else made it? Then they can get into your account. Open the link “This was not you?” in the same email, or:
undo-before = This change was cancelled { $time }. The old contact is used.
undo-expired = This link has run out
undo-expired-text = A change can be cancelled for 72 hours only. Call { $phone }, { $hours }, and have your KTP at hand.
undo-secure-link = Secure my account

# M31
payouts-title = Payout lock
payouts-lead = With this lock nothing can be paid out through { $service }, whoever gets into your account.
payouts-open = Payouts are open.
payouts-closed = Payouts have been closed since { $date }.
payouts-opens-at = Payouts are closed, and open { $time }.
payouts-staff = Closing takes effect at once. Opening takes 12 hours. Our staff cannot open it by phone.
payouts-contacts = After a change of email or mobile number, payouts are closed for 12 hours too.
payouts-close-button = Close payouts
payouts-open-link = Open payouts
payouts-open-title = Open payouts
payouts-open-text = Payouts open 12 hours after you press this button. All your contacts are told.
contacts-manage-link = Change your email or mobile number
payouts-manage-link = Manage the payout lock
done-payouts-closed = Payouts are closed
done-payouts-opening = Payouts will open
act-payouts = opening payouts

# M28: which news.
notices-title = Choice of news
notices-lead = Choose which news you get, and how. All news is in your inbox too.
notices-link = Choose which news you get
notices-security = Security of your account
notices-security-text = Always sent to all your contacts. It cannot be switched off, so that you know when somebody else gets in or changes something.
notices-contributions = Contributions that came, and months that did not
notices-claims = Claims and payouts
notices-statements = Statements that are ready
notices-by-email = Email
notices-by-sms = Text message
notices-to = To { $contact }.
notices-nowhere = There is no contact for this yet.
notices-done = Your choice is saved
