# What is sent (section 4). Paragraphs are set apart by an empty line; letters take them one by one.

# One segment of a text message, last line as browsers read it: `crate::text_message` holds both.
message-sign-in-code-sms =
    { $code } is your { $service } sign-in code. It lasts { $minutes } minutes. Do not give it to anyone, including our staff.

    @{ $domain } #{ $code }
message-sign-in-code-subject = Your { $service } sign-in code
message-sign-in-code-body =
    Your sign-in code is { $code }. It lasts { $minutes } minutes, until { $time }.

    Enter it at { $domain } only. Do not give it to anyone, including our staff.

    Not signing in? Somebody knows your password. Do not use this code, and call { $help }.
message-new-device-sms = { $service }: new sign-in at { $time }. Not you? Open { $service } yourself, choose Help.
message-new-device-subject = New sign-in
message-new-device-body =
    { $service } was just opened on a device we do not know yet: { $device }, { $time }.

    Was it you? Nothing to do.

    Not you? Call { $help }. Our staff sign out every device and help you change the password.

    Our address is { $domain }. Type it yourself; this email contains no link.

# Under every letter.
message-footer = Sent automatically by { $service }. Our staff never ask for a password, code or PIN. Help: { $phone }, { $hours }.
