//! What applications read of a member who let them, with an access token of the provider: the same
//! numbers as on the pages. `docs/api.md` tells its readers about it.

pub mod balances;
pub mod call;
pub mod contributions;
pub mod me;
pub mod memberships;
pub mod openapi;
pub mod paging;
pub mod problem;
pub mod shapes;
pub mod statements;

use payung_domain::oidc::scopes::Scope;
use serde_json::Value;

use self::shapes::{Kind, Shapes};

/// An address of the API, and what the document says of it.
#[derive(Clone, Copy)]
pub struct Route {
    /// Where it is.
    pub path: &'static str,
    /// Its name in programs.
    pub name: &'static str,
    /// What it tells.
    pub summary: &'static str,
    /// What a token has to be for.
    pub scope: Scope,
    /// What stands in its place in the address.
    pub within: &'static [Parameter],
    /// What the address may ask for besides.
    pub query: &'static [Parameter],
    /// The shape of the answer.
    pub answer: fn(&mut Shapes) -> Value,
}

/// Something that an address may ask for.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// What it may be.
    pub schema: fn() -> Value,
}

/// Who the member is.
pub const ME: Route = Route {
    path: "/api/v1/me",
    name: "getMe",
    summary: "Who the member is",
    scope: Scope::Profile,
    within: &[],
    query: &[],
    answer: <me::Me as Kind>::schema,
};

/// How the member belongs to the programme.
pub const MEMBERSHIPS: Route = Route {
    path: "/api/v1/memberships",
    name: "listMemberships",
    summary: "Every member number, the oldest first",
    scope: Scope::Membership,
    within: &[],
    query: &[],
    answer: <memberships::Memberships as Kind>::schema,
};

/// What was paid, month by month.
pub const CONTRIBUTIONS: Route = Route {
    path: "/api/v1/contributions",
    name: "listContributions",
    summary: "What came and what did not, the latest month first",
    scope: Scope::Contributions,
    within: &[],
    query: contributions::QUERY,
    answer: <contributions::Contributions as Kind>::schema,
};

/// What is saved.
pub const BALANCES: Route = Route {
    path: "/api/v1/balances",
    name: "getBalances",
    summary: "The old-age savings, and what moved them year by year",
    scope: Scope::Balance,
    within: &[],
    query: &[],
    answer: <balances::Balances as Kind>::schema,
};

/// The statements that were made.
pub const STATEMENTS: Route = Route {
    path: "/api/v1/statements",
    name: "listStatements",
    summary: "The statements that the member made, the newest first",
    scope: Scope::Balance,
    within: &[],
    query: statements::QUERY,
    answer: <statements::Statements as Kind>::schema,
};

/// One of them.
pub const STATEMENT: Route = Route {
    path: "/api/v1/statements/{id}",
    name: "getStatement",
    summary: "What a statement says",
    scope: Scope::Balance,
    within: statements::NAME,
    query: &[],
    answer: <statements::Statement as Kind>::schema,
};

/// Every address that a token opens.
pub const ROUTES: [Route; 6] = [ME, MEMBERSHIPS, CONTRIBUTIONS, BALANCES, STATEMENTS, STATEMENT];

/// Where the document is.
pub const DOCUMENT: &str = "/api/v1/openapi.json";

/// Whether an address is one of the API's, where problems are told to programs.
pub fn is_here(address: &str) -> bool {
    address.starts_with("/api/")
}
