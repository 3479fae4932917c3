//! Which news members do not want, and by which channel.

use payung_domain::ids::AccountId;
use payung_domain::notice_choices::{Channel, Choices, Topic};

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// What a member switched off. Words that are known no more are as good as none.
pub async fn get(tx: &mut Tx, account: AccountId) -> Result<Choices, Fault> {
    let rows: Vec<(String, String)> = tx
        .all(
            "reading which news are wanted",
            "select topic, channel from notices_off where account_id = $1",
            values![account],
        )
        .await?;
    let known = |(topic, channel): (String, String)| {
        Some((Topic::named(&topic)?, Channel::named(&channel)?))
    };
    Ok(Choices::without(rows.into_iter().filter_map(known)))
}

/// Keeps what a member switched off, in the place of what was kept before.
pub async fn set(tx: &mut Tx, account: AccountId, choices: &Choices) -> Result<(), Fault> {
    tx.run(
        "forgetting which news are wanted",
        "delete from notices_off where account_id = $1",
        values![account],
    )
    .await?;
    let off = choices.off().iter();
    tx.insert_many(
        "keeping which news are wanted",
        "insert into notices_off (account_id, topic, channel)",
        off.map(|(topic, channel)| values![account, topic.name(), channel.name()]).collect(),
        "on conflict (account_id, topic, channel) do nothing",
    )
    .await
    .map(drop)
}
