# M22
personal-title = Personal details
personal-lead = What we have on record about you, who told us, and since when.
personal-name = Name
personal-nik = NIK
personal-birth-date = Date of birth
personal-kpj = Membership number (KPJ)
personal-phone = Mobile number
personal-email = Email
personal-address = Address
personal-unknown = None yet
source-member = From you
source-employer = From your employer
source-programme = From us
source-since = { $source }, since { $date }
personal-wrong-title = Is something not right?
personal-wrong-text = Call { $phone }, { $hours }, and have your KTP at hand. The old details stay on record, so nothing is lost.
ending-in = ending in { $ending }
