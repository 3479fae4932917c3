# Pages that stand in for a page (E400 to E503), and problems that any form can have.
stale = This page was open too long. Send it again; your answers are still here
too-many = Too many requests. Try again at { $time }
too-many-kept = Too many requests. Try again at { $time }. Your answers are kept
dup = We received this at { $time }. You do not need to send it again
received-title = We have received it
home-link = Home page

problem-unreadable = We could not read the request
problem-unreadable-text = An answer was sent twice or was damaged on the way. Go back to the page before and send it again.
problem-not-allowed = You do not have access to this page
problem-not-allowed-text = If you should, contact us and quote { $reference }.
problem-not-found = Page not found
problem-not-found-text = Check the address, or start from the home page.
problem-wrong-method = This page cannot be opened that way
problem-wrong-method-text = Start from the home page and choose what you need.
problem-too-large = That was too large
problem-too-large-text = Make it smaller and send it again.
problem-too-many = Too many requests
problem-too-many-text = Try again at { $time }.
problem-broken = Something broke on our side
problem-broken-text =
    Try again in a while. { $kept ->
        [yes] Your answers were saved.
       *[no] Your answers were not saved.
    } Quote { $reference } if you contact us.
problem-busy = The service is busy
problem-busy-text = Wait half a minute, then try again.
problem-closed = The service is closed
problem-closed-text = It opens again on { $time }. For a work accident, call { $phone }.
