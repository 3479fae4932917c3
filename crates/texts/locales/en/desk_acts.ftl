# The support desk: making sure of a member, and helping.

desk-as-device = our support desk
desk-verify-title = Make sure of the member
desk-verify-lead = Do one of these for { $name }. What you did counts for 30 minutes, and for you only.
desk-verify-never = Never ask for a password, a code or a PIN, and never ask questions about the member's life: answers can be bought.
desk-verify-done = What was checked
desk-verify-none = Nothing yet.
desk-verify-waits = waits for the member
desk-verify-column-method = Item
desk-verify-method-label = What you did
desk-verify-method-missing = Choose what you did
desk-verify-digits-label = Last 6 digits of the NIK on the document
desk-verify-digits-hint = Only for a document. They are compared and not kept.
desk-verify-button = Note it
desk-verify-wrong = These are not the digits on record. Read them from the document once more.
desk-verify-too-many = Digits did not match too often. Ask your supervisor.
desk-verify-no-contact = The member has no such contact on record, or it is newer than three days. Choose another way.
desk-verify-method-call-back = I called the number on record ({ $contact }) and the member answered
desk-verify-method-inbox = Ask in the member's inbox ({ $contact }): they press a button there
desk-verify-method-ktp = I saw the KTP
desk-verify-method-driving-licence = I saw the driving licence
desk-method-call-back = Called back
desk-method-inbox = Inbox
desk-method-ktp = KTP seen
desk-method-driving-licence = Driving licence seen
desk-verify-next = What you may do now
desk-verify-until = until { $time }
desk-verify-more-one = first check one item
desk-verify-more-two = first see a document, or check phone and inbox
desk-verify-help-link = Help the member
desk-verify-waiting = Something is already asked for and waits.
desk-verify-waiting-link = See it

desk-help-title = Help the member
desk-help-lead = One officer opens what was there before. Taking something away and new contacts need a second officer, and 24 hours. The member hears of each step.
desk-help-kind-label = What to do
desk-help-kind-missing = Choose what to do
desk-kind-unlock = End a pause or open a lock
desk-kind-send-reset = Send a link for a new password to the address on record
desk-kind-remove-app = Remove the authenticator app
desk-kind-remove-passkeys = Remove all passkeys
desk-kind-replace-email = Replace the email
desk-kind-replace-phone = Replace the mobile number
desk-help-contact-label = New email or mobile number
desk-help-contact-hint = Only when one is replaced. An email is confirmed in its own inbox, a number with a code that its holder types.
desk-help-contact-format = Write a whole email or mobile number, as chosen above
desk-help-called = I called the new number and the member answered
desk-help-called-missing = Call the new number first
desk-help-button = Do it or ask for it
desk-help-not-verified = Make sure of the member first
desk-help-nothing = Nothing is paused or locked
desk-help-no-address = The member has no address that a link could go to
desk-help-nothing-there = There is nothing of this kind to remove
desk-help-last = No way to sign in would be left. Start an account recovery with the member.
desk-help-open = Something is already asked for on this account. It has to end first.
desk-help-cannot = This contact cannot come: it is there already, or one of this kind is just changing
desk-help-taken = This contact belongs to another account
desk-help-done-title = Done
desk-help-done-unlock = The member can use the password again, and hears of it.
desk-help-done-send-reset = A link is on its way to the member. Nobody here sees it.

desk-acts-title = For two officers
desk-acts-lead = What waits for a second officer, or for its 24 hours.
desk-acts-empty = Nothing waits.
desk-acts-all = Everything that waits
desk-acts-column-asked = Asked for
desk-acts-column-by = By
desk-acts-column-state = Status
desk-acts-waiting = for a second officer until { $time }
desk-acts-approved = approved by { $officer }, done { $time }
desk-acts-over = ended: { $end ->
        [done] done
        [cancelled] cancelled by the member
        [refused] refused
        [lapsed] nobody approved it
        [changed] the account had changed
        [void] one of the two officers is not at the desk any more
        [unconfirmed] the new address was not confirmed
       *[taken] the contact is somebody else's
    }
desk-act-page-title = Ask by { $officer }
desk-act-page-lead = For { $name }, NIK { $nik }. The member reads that you looked at this.
desk-act-page-change = Before and after
desk-act-page-before = Now
desk-act-page-after = Then
desk-act-page-none = none
desk-act-page-reason = Reason: { $why }. { $reason }
desk-act-page-checks = How { $officer } made sure
desk-act-page-unconfirmed = The new address is not confirmed in its inbox yet.
desk-act-page-decide = Decide
desk-act-page-lead-decide = You are the second officer: look at the reason and the checks yourself. Approving begins 24 hours in which the member can cancel it.
desk-act-page-own = You asked for this yourself. A colleague has to approve it.
desk-act-page-approve = Approve
desk-act-page-refuse = Refuse
desk-act-already = Somebody has approved it already
desk-act-self = You asked for this yourself. Ask a colleague to approve

desk-act-verified = Made sure of a member
desk-act-unlocked = Ended a pause or opened a lock
desk-act-reset-sent = Sent a link for a new password
desk-act-acts-listed = Looked at what waits for two officers
desk-act-act-asked = Asked for an act of two officers
desk-act-act-approved = Approved an act as second officer
desk-act-act-refused = Refused an act of two officers
desk-act-act-ended = An act of two officers ended
desk-act-act-cancelled = A member cancelled an act of two officers

# The page that letters lead to
desk-request-check-title = Are you in touch with our support desk?
desk-request-check-lead = { $officer } of our support desk says that you are in touch right now, and asked at { $time }. Press the button only if that is so.
desk-request-check-not = Not you? Do nothing and close this page. Nobody can get into your account by this.
desk-request-check-button = Yes, it is me
desk-request-cancel-title = Cancel what our support desk was asked to do
desk-request-cancel-lead = { $officer } asked for this at { $time }:
desk-request-cancel-what = What cancelling does
desk-request-cancel-stays = Everything on your account stays as it is.
desk-request-cancel-told = You and the support desk hear of it.
desk-request-cancel-button = Cancel it
desk-request-cancel-was-me = Did you ask for it yourself? Then there is nothing to do.
desk-request-confirm-title = Is this your address?
desk-request-confirm-lead = Our support desk was asked to add this address to an account: { $contact }. Press the button only if you asked for it.
desk-request-confirm-button = Yes, this is my address
desk-request-confirm-not = Not you? Do nothing: without you it is not added.
desk-request-checked-title = Thank you, our support desk knows now
desk-request-checked-text = Go on with your call or your visit. Nobody there ever needs a password, a code or a PIN from you.
desk-request-cancelled-title = It is cancelled
desk-request-cancelled-text = Nothing has changed on your account.
desk-request-confirmed-title = Your address is confirmed
desk-request-confirmed-text = It is used for the account once the waiting time is over.
desk-request-over-title = This is settled
desk-request-over-text = It was answered, or ended, at { $time }.
desk-request-gone-title = This link no longer works
desk-request-gone-text = It ran out, or it is not ours. Questions? Call { $phone }, { $hours }.
desk-request-own-title = Asked for by our support desk
desk-request-own-nothing = Our support desk is not asking for anything on your account. What is over is in your activity list.
desk-request-secure-link = Secure your account

event-staff-verified = Staff checked who you are
event-staff-unlocked = Staff opened your sign-in again
event-staff-sent-reset = Staff sent you a link for a new password
event-staff-asked-app = Staff asked to remove your authenticator app
event-staff-asked-passkeys = Staff asked to remove your passkeys
event-staff-asked-email = Staff asked to replace your email
event-staff-asked-phone = Staff asked to replace your mobile number
event-staff-approved = A second officer approved it
event-staff-act-ended = What staff asked for ended, nothing has changed

message-desk-check-subject = Are you in touch with our support desk?
message-desk-check-body =
    { $officer } of our support desk says that you are in touch right now. If that is so, say it on this page. The link works until { $time }:

    { $link }

    Do not read this message aloud to anyone, and give nobody a code. Not in touch with us? Do nothing, and call { $help }.
message-desk-helped-sms =
    { $what ->
        [unlock] { $service }: our staff opened your sign-in again.
        [take-app-back] { $service }: our staff took back what you let an application do.
       *[send-reset] { $service }: our staff sent a link for a new password to your email.
    } Not you? Call { $help }
message-desk-helped-subject =
    { $what ->
        [unlock] Our staff opened your sign-in again
        [take-app-back] Our staff took back what you let an application do
       *[send-reset] Our staff sent you a link for a new password
    }
message-desk-helped-body =
    { $what ->
        [unlock] At { $time } our staff { $officer } opened your sign-in again, after making sure of you.
        [take-app-back] At { $time } our staff { $officer } took back what you let an application do. It sees nothing of you any more. The page of connected applications shows which ones still do.
       *[send-reset] At { $time } our staff { $officer } sent you a link for a new password, after making sure of you. It comes in a message of its own, and nobody here has seen it.
    } What for: { $why ->
        [call] a call from you
        [visit] your visit to the office
        [letter] a letter from you
        [request] a request of yours
       *[other] something strange on your account
    }.

    The whole reason is in the activity list of your account. Is this a surprise to you? Call { $help }.
message-desk-act-sms =
    { $service }: our staff { $stage ->
        [asked] were asked to
        [approved] will, in 24 hours,
        [done] did
       *[ended] will not
    } { $what ->
        [remove-app] remove your authenticator app
        [remove-passkeys] remove your passkeys
        [replace-email] replace your email
       *[replace-phone] replace your mobile number
    }. Not you? Call { $help }
message-desk-act-subject =
    { $what ->
        [remove-app] Removing your authenticator app
        [remove-passkeys] Removing your passkeys
        [replace-email] Replacing your email
       *[replace-phone] Replacing your mobile number
    }: { $stage ->
        [asked] asked for
        [approved] approved
        [done] done
       *[ended] ended, nothing has changed
    }
message-desk-act-body =
    { $stage ->
        [asked] At { $at } our staff { $officer } asked for this on your account. It waits for a second officer, at most until { $time }. Nothing has changed yet.
        [approved] At { $at } our staff { $officer }, the second officer, approved this. It is done { $time }, unless you cancel it. Nothing has changed yet.
        [done] At { $at } this was done, 24 hours after our staff { $officer } approved it.
       *[ended] At { $at } this ended, and nothing has changed. Officer: { $officer }.
    }

    { $what ->
        [remove-app] The authenticator app is removed from your account.
        [remove-passkeys] All passkeys are removed from your account.
        [replace-email] The email of your account is replaced. New: { $new }.
       *[replace-phone] The mobile number of your account is replaced. New: { $new }.
    } What for: { $why ->
        [call] a call from you
        [visit] your visit to the office
        [letter] a letter from you
        [request] a request of yours
       *[other] something strange on your account
    }.

    The whole reason is in the activity list of your account. While it waits, nothing is paid out. Is this a surprise to you? Call { $help }.
message-desk-cancel-link =
    Not you? Cancel it with one button, without signing in:

    { $link }
message-desk-contact-sms =
    { $service }: our staff were asked to add { $contact ->
        [phone] this mobile number
       *[email] this email
    } to an account. Not you? Call { $help }
message-desk-contact-subject =
    { $contact ->
        [phone] Your mobile number is to be added to an account
       *[email] Your email is to be added to an account
    }
message-desk-contact-body =
    At { $time } our support desk was asked to add { $contact ->
        [phone] this mobile number
       *[email] this email
    } to an account. You did not ask for it? Do nothing, and call { $help }.
message-desk-confirm-link =
    Did you ask for it? Confirm that this address is yours:

    { $link }
