# M34
status-title = Service status
status-all-works = Everything is working as usual.
status-some-do-not = Part of the service is having trouble.
status-sign-in = Signing in
status-records = Contributions and balance
status-sms = Codes by text message
status-email = Codes and messages by email
status-works = Works
status-slow = Slow
status-closed = Closed
status-at = Checked { $time }.
