//! The kinds of row that have a table of their own, and their columns.

/// A kind of row that has a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// What was received, in every programme.
    Contributions,
    /// What the member said about reported wages.
    WageAnswers,
    /// The lines of the savings ledger.
    Savings,
    /// What happened on the account.
    Activity,
    /// What was sent.
    Messages,
    /// Transactions that the member did not recognise.
    Reports,
    /// What the member asked to be paid.
    Claims,
    /// The papers of claims.
    ClaimDocuments,
    /// What happened to claims.
    ClaimSteps,
    /// What the member said is wrong on record.
    Corrections,
    /// What happened to corrections.
    CorrectionSteps,
    /// What stood on record, and what was to stand there.
    CorrectionLines,
    /// What the desk has in hand for the member.
    Cases,
}

impl Table {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 13] = [
        Self::Contributions,
        Self::WageAnswers,
        Self::Savings,
        Self::Activity,
        Self::Messages,
        Self::Reports,
        Self::Claims,
        Self::ClaimDocuments,
        Self::ClaimSteps,
        Self::Corrections,
        Self::CorrectionSteps,
        Self::CorrectionLines,
        Self::Cases,
    ];

    /// The word in forms, names of files and the JSON file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contributions => "contributions",
            Self::WageAnswers => "wage_answers",
            Self::Savings => "savings",
            Self::Activity => "activity",
            Self::Messages => "messages",
            Self::Reports => "reports",
            Self::Claims => "claims",
            Self::ClaimDocuments => "claim_documents",
            Self::ClaimSteps => "claim_steps",
            Self::Corrections => "corrections",
            Self::CorrectionSteps => "correction_steps",
            Self::CorrectionLines => "correction_lines",
            Self::Cases => "cases",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its columns: fields of its rows.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Contributions => &[
                "kpj",
                "month",
                "programme",
                "npp",
                "wage",
                "base",
                "employer_part",
                "worker_part",
                "due_on",
                "received_on",
            ],
            Self::WageAnswers => &["kpj", "month", "npp", "reported", "real_wage", "answered_at"],
            Self::Savings => {
                &["kpj", "line", "kind", "month", "booked_on", "came", "went", "balance", "rate"]
            }
            Self::Activity => &["at", "event", "device", "officer", "why", "field", "reason"],
            Self::Messages => &["at", "sent_at", "channel", "kind", "subject", "to", "reference"],
            Self::Reports => &[
                "reference",
                "reported_at",
                "closed_at",
                "outcome",
                "kpj",
                "programme",
                "kind",
                "moved_on",
                "amount",
            ],
            Self::Claims => &[
                "reference",
                "kind",
                "stage",
                "event_on",
                "has_tax_number",
                "bank",
                "account_number",
                "account_owner",
                "began_at",
                "complete_at",
                "closed_at",
                "gross",
                "tax",
            ],
            Self::ClaimDocuments => &["reference", "paper", "kind", "size", "added_at"],
            Self::ClaimSteps => &["reference", "at", "step", "by", "words"],
            Self::Corrections => &[
                "reference",
                "stage",
                "asked_at",
                "changed_at",
                "kpj",
                "month",
                "programme",
                "npp",
            ],
            Self::CorrectionSteps => &[
                "reference",
                "number",
                "at",
                "step",
                "officer",
                "words",
                "document",
                "document_number",
                "since",
            ],
            Self::CorrectionLines => &["reference", "number", "field", "before", "after"],
            Self::Cases => &[
                "reference",
                "kind",
                "opened_at",
                "due_at",
                "closed_at",
                "outcome",
                "linked",
                "words",
            ],
        }
    }
}
