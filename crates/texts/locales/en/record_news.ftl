# What is new on the record: contributions that came, a month that did not, a statement that is ready.
message-contribution-received-sms = { $service }: a new contribution is on your record, the latest for { $month }. Open { $service } yourself, choose Contributions.
message-contribution-received-subject = New contribution, the latest for { $month }
message-contribution-received-body =
    A new contribution is on your record, the latest for { $month }. We checked at { $time }.

    See each month at { $domain }/contributions. Is an amount wrong, or a month not yours? Ask for a correction there.
message-contribution-missing-sms = { $service }: the contribution for { $month } is overdue: we have not received it. Open { $service } yourself, choose Contributions.
message-contribution-missing-subject = Contribution for { $month } not received
message-contribution-missing-body =
    By { $time } we had not received the contribution for { $month }, and it is overdue.

    What your employer owes, and a paper about it to take along, are at { $domain }/contributions/owed. Help: { $help }.
message-statement-ready-sms = { $service }: a statement of your savings was made at { $time }. Not you? Open { $service } yourself, choose Help, then This was not me.
message-statement-ready-subject = Your statement is ready
message-statement-ready-body =
    A statement of your savings was made: { $device }, { $time }.

    It is at { $domain }/statements. Whoever has its code can check its sums, so give it only to those who should see them.

    Was it you? Nothing to do.
