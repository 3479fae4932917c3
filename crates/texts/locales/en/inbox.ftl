# M28 Inbox, and the page that says whether a message is ours.
inbox-title = Inbox
inbox-lead = Every message we sent you in the last 13 months.
inbox-no-codes = A message that is not here is not from us. Codes and contents are not kept. Do you have a message code?
inbox-empty = We have not sent you anything yet.
inbox-by-email = Email to
inbox-by-sms = Text message to
inbox-sent = Sent { $time }
inbox-waiting = On its way
inbox-not-delivered = Could not be delivered
inbox-reference = Message code
inbox-sort-code = A code
inbox-sort-link = A link that was asked for
inbox-sort-news = News about an account

check-title = Is this message from us?
check-lead = Our emails and text messages carry a message code that begins with PYG, our statements a code that begins with PYS. Enter it here.
check-label = Message or statement code
check-hint = For example PYG-7F3K-29QD or PYS-7F3K-29QD-0M4T-ZC8W
check-button = Check
check-format = Enter the code as it is printed: PYG and 8 letters or digits, or PYS and 16
check-ours = Yes, { $service } sent this message.
check-ours-text = Compare: does your message say the same and did it come then? If not, somebody may have copied the code. We never say here to whom it went.
check-unknown = We know of no message with this code.
check-unknown-text = Check each letter and digit. If it is right, the message is not from us: open no link in it, and tell nobody a code or password.
check-by-email = By email
check-by-sms = By text message
