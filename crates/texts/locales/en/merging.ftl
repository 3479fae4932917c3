# Two member numbers made one, and taken apart again
message-numbers-sms =
    { $what ->
        [parted] { $service }: two of your member numbers were taken apart again. Not right? Call { $help }.
       *[merged] { $service }: two of your member numbers were made one. Nothing is lost. Not right? Call { $help }.
    }
message-numbers-subject =
    { $what ->
        [parted] Your member numbers were taken apart again
       *[merged] Your member numbers were made one
    }
message-numbers-body =
    { $what ->
        [parted] On { $time } our officer { $officer } took back what joined two of your member numbers. What had moved from { $from } to { $into } is under { $from } again.
       *[merged] On { $time } our officer { $officer } joined two of your member numbers. Everything that was saved under { $from } is now under { $into }. No rupiah came or went.
    }

    Both movements stand at { $domain }/transactions. The reason stands at { $domain }/activity. You did not expect this? Call { $help }.
