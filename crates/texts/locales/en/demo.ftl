# Only in the demonstration.
demo-notice = Demonstration: synthetic people and figures.
demo-states-title = Who shows what here
demo-states-siti = months that were paid, late, short and missing, and what the employer owes
demo-states-dewi = two membership numbers that are not merged
demo-states-merged = two membership numbers that were merged
demo-states-agus = thirty years of savings and payouts; returns of earlier years taken as declared, those of later years estimated; all of them are assumptions
demo-outbox-link = Messages sent
outbox-title = Messages sent
outbox-lead = The demonstration sends nothing for real. Every text message and email shows up here, newest first.
outbox-to = Only for this address or number
outbox-empty = No messages yet.
outbox-json = As JSON
channel-email = Email
channel-sms = Text message
