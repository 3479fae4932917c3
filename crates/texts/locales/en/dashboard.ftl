# M16
dashboard-title = Dashboard
dashboard-heading = Hello, { $name }
dashboard-jht = Old-age savings balance (JHT)
jht-short = JHT
dashboard-balance-link = See the balance year by year
dashboard-benefits-link = See your benefits and estimates
dashboard-claims-link = Make or follow a claim
dashboard-contributions-link = See all contributions
to-do-title = What needs doing
to-do-nothing = Nothing. We have received every contribution that was due.
to-do-missing =
    { $n ->
        [one] { $n } month not received
       *[other] { $n } months not received
    }
to-do-missing-text = The employer has not paid, or we are still processing the payment. Ask your personnel department first, then us.
to-do-missing-link = See which months
to-do-short =
    { $n ->
        [one] { $n } month paid too little
       *[other] { $n } months paid too little
    }
to-do-short-text = The contribution is less than is due, or the reported wage fell. See whether the wage is right.
to-do-numbers = You have { $n } membership numbers
to-do-numbers-text = The balances of all of them are added up on this page. Nothing is lost.
numbers-title = Your membership numbers
no-employer = No employer
membership-active = Active
membership-ended = Not active
programmes-title = Latest contribution by programme
nothing-yet = None yet
last-sign-in = Last sign-in { $time }, { $device }.
last-sign-in-not-you = Not you?

to-do-late =
    { $n ->
        [one] { $n } month was paid late; the employer bears a penalty of { $amount }.
       *[other] { $n } months were paid late; the employers bear penalties of { $amount }.
    }
membership-merged = Its savings were merged into number { $number }.
