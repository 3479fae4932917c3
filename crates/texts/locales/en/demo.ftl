# Only in the demonstration.
demo-notice = Demonstration: synthetic people and figures.
demo-outbox-link = Messages sent
outbox-title = Messages sent
outbox-lead = The demonstration sends nothing for real. Every text message and email shows up here, newest first.
outbox-to = Only for this address or number
outbox-empty = No messages yet.
outbox-json = As JSON
channel-email = Email
channel-sms = Text message
