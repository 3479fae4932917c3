//! Why is this number what it is? Every amount that a member reads leads to its reason: it stands in a
//! link, its row or its definition has one, or the reason is folded away beside it. And what it leads
//! to opens for this member, and says how the amount came about and by which rule.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use payung_domain::language::Language;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::Visitor;
use payung_web::page::Theme;

use crate::demonstration::{seeded, signed_in};
use crate::samples::{self, Kind};

on_each_engine!(every_amount_leads_to_a_page_that_explains_it,);

/// Where amounts stand without a reason of their own, and why they may.
const EXCEPT: &[(Place, &str)] = &[
    (Place::Class("hint"), "an example of what is typed into a field"),
    (Place::Class("wrong"), "the bounds of a field, or what was typed into it"),
    (Place::Class("problems"), "the same, above the page"),
    (Place::Name("textarea"), "what the reader typed"),
    (Place::Name("legend"), "asks about the amount right above it"),
    (Place::Name("figure"), "a picture of the table below it, whose rows lead on"),
    (Place::Name("ol"), "a story, in the words that people wrote"),
    (Place::Class("why"), "a reason itself"),
];

/// Pages that are reasons: their amounts are the steps of one.
const REASONS: [&str; 2] = ["/contributions/month", "/balance/year"];

/// Samples of those, and of steps that ask one thing and lead nowhere else until it is answered.
const OTHER_SAMPLES: [&str; 4] = ["month-", "balance-year", "consent", "device"];

#[derive(Clone, Copy)]
enum Place {
    Name(&'static str),
    Class(&'static str),
}

/// One element of a page.
struct Element<'a> {
    name: &'a str,
    attributes: &'a str,
    inside: Option<usize>,
    /// From its first sign to its last.
    span: Range<usize>,
}

impl<'a> Element<'a> {
    fn get(&self, name: &str) -> &'a str {
        let value = self.attributes.split_once(&format!("{name}=\""));
        let value = value.and_then(|(_, rest)| rest.split_once('"'));
        value.map_or("", |(value, _)| value)
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|one| one == class)
    }

    fn is_at(&self, place: Place) -> bool {
        match place {
            Place::Name(name) => self.name == name,
            Place::Class(class) => self.has_class(class),
        }
    }
}

/// A page as its elements stand in each other, with every amount that it shows.
struct Tree<'a> {
    elements: Vec<Element<'a>>,
    /// Each with the element that it stands in.
    amounts: Vec<(usize, &'a str)>,
}

/// What the amounts of a page say: those without a reason, and where the reasons of the others are.
#[derive(Default)]
struct Said {
    bare: Vec<String>,
    addresses: BTreeSet<String>,
}

impl<'a> Tree<'a> {
    fn of(html: &'a str) -> Self {
        const EMPTY: [&str; 7] = ["!doctype", "meta", "link", "input", "rect", "img", "br"];
        let mut tree = Self { elements: Vec::new(), amounts: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(next) = html[at..].find('<') {
            let begins = at + next;
            tree.read(open.last().copied(), &html[at..begins]);
            let ends = begins + length_of_tag(&html[begins..]);
            let tag = &html[begins + 1..ends - 1];
            if tag.starts_with('/') {
                let closed = open.pop().expect("what is closed was opened");
                tree.elements[closed].span.end = ends;
            } else {
                let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
                let inside = open.last().copied();
                tree.elements.push(Element { name, attributes, inside, span: begins..ends });
                if !tag.ends_with('/') && !EMPTY.contains(&name) {
                    open.push(tree.elements.len() - 1);
                }
            }
            at = ends;
        }
        tree
    }

    /// Amounts of nothing are passed over: where nothing moved, nothing can say so.
    fn read(&mut self, element: Option<usize>, text: &'a str) {
        let Some(element) = element else { return };
        for (place, sign) in text.match_indices("Rp") {
            let digits = &text[place + sign.len()..];
            let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
            let digits = digits[..end.unwrap_or(digits.len())].trim_end_matches(['.', ',']);
            if !digits.is_empty() && digits != "0" {
                self.amounts.push((element, digits));
            }
        }
    }

    /// An element and whatever it stands in, from the inside out.
    fn around(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), move |at| self.elements[*at].inside)
    }

    /// Whether it is what people read as one thing: a line, a row, a definition, a panel.
    fn is_unit(&self, element: usize) -> bool {
        let Element { name, inside, .. } = &self.elements[element];
        let is_definition = || inside.is_some_and(|outer| self.elements[outer].name == "dl");
        match *name {
            "a" | "p" | "li" | "tr" => true,
            "div" if is_definition() => true,
            _ => self.elements[element].has_class("panel"),
        }
    }

    /// Where the reasons in an element lead; nothing where there are none.
    fn reasons(&self, element: usize) -> Option<BTreeSet<String>> {
        let span = &self.elements[element].span;
        let inner = || self.elements.iter().filter(|one| span.contains(&one.span.start));
        let links = inner().filter(|one| one.name == "a").map(|one| one.get("href"));
        let links: BTreeSet<String> =
            links.map(plain).filter(|address| is_reason(address)).collect();
        let is_folded = inner().any(|one| one.name == "details" && one.has_class("why"));
        (is_folded || !links.is_empty()).then_some(links)
    }

    fn said(&self) -> Said {
        let mut said = Said::default();
        for (element, amount) in &self.amounts {
            let mut outer = self.around(*element).map(|at| &self.elements[at]);
            if outer.any(|one| EXCEPT.iter().any(|(place, _)| one.is_at(*place))) {
                continue;
            }
            let mut units = self.around(*element).filter(|at| self.is_unit(*at));
            match units.find_map(|unit| self.reasons(unit)) {
                Some(addresses) => said.addresses.extend(addresses),
                None => said.bare.push(format!("Rp{amount}")),
            }
        }
        said
    }
}

/// A tag ends at the first `>` outside quotes.
fn length_of_tag(html: &str) -> usize {
    let mut quoted = false;
    let end = html.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    end.expect("a tag ends") + 1
}

/// An address as a browser asks for it.
fn plain(href: &str) -> String {
    href.split('#').next().unwrap_or_default().replace("&amp;", "&")
}

fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}

/// Whether an address is one of a reason, or of the rows that an amount is the sum of.
fn is_reason(address: &str) -> bool {
    match path_of(address) {
        "/contributions/owed" | "/balance" => true,
        "/contributions" | "/transactions" => address.contains('?'),
        path => REASONS.contains(&path),
    }
}

/// What a page lacks that an amount leads to.
fn lacks(address: &str, html: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| html.contains(word));
    let adds_up = has(&[" = Rp", " = −Rp"]);
    match path_of(address) {
        "/contributions" | "/transactions" => {
            let is_of_year = address.contains("year=");
            if !has(&["/contributions/month?of=", "/balance/year?of="]) {
                return Some("rows that lead on");
            }
            (is_of_year && !adds_up).then_some("how its rows add up")
        }
        _ if !adds_up && !has(&["class=\"why\""]) => Some("how it came about"),
        _ if !has(&["PP ", "Permenaker", "UU ", "assumption"]) => Some("a rule and its source"),
        _ => None,
    }
}

#[test]
fn every_exception_says_why_it_is_one() {
    assert!(EXCEPT.iter().all(|(_, why)| why.contains(' ')));
}

#[test]
fn no_amount_stands_without_its_reason_in_any_state_of_a_page() {
    for language in Language::ALL {
        for sample in samples::all(language, Theme::Auto) {
            let is_of_members = matches!(sample.kind, Kind::Member | Kind::Dashboard)
                && sample.html.contains("href=\"/dashboard\"");
            if !is_of_members || OTHER_SAMPLES.iter().any(|other| sample.name.starts_with(other)) {
                continue;
            }
            let said = Tree::of(&sample.html).said();
            assert!(said.bare.is_empty(), "{} in {}", said.bare.join(", "), sample.name);
        }
    }
}

#[test]
fn an_amount_is_found_wherever_it_stands() {
    let said = |html: &str| Tree::of(html).said();
    let bare = said("<main><p>Rp1.000</p><p>Rp0</p><p class=\"hint\">Rp5</p></main>");
    assert_eq!(bare.bare, ["Rp1.000"]);
    let row = "<table><tr><th><a href=\"/balance/year?of=1-2025#x\">2025</a></th><td>Rp2</td></tr>\
               <tr><td>Rp3</td></tr></table>";
    let row = said(row);
    assert_eq!(row.bare, ["Rp3"]);
    assert_eq!(row.addresses.into_iter().collect::<Vec<_>>(), ["/balance/year?of=1-2025"]);
    let folded = "<dl><div><dd>Rp4</dd><dd><details class=\"why\"><p>Rp2 × 2 = Rp4</p></details>\
                  </dd></div><div><dd>Rp6</dd><dd><a href=\"/help\">?</a></dd></div></dl>";
    assert_eq!(said(folded).bare, ["Rp6"]);
}

/// Every page that links lead to, at most three of one kind, each with its address.
async fn pages(visitor: &mut Visitor, first: &[&str]) -> Vec<(String, String)> {
    let mut opened: BTreeMap<String, u32> = BTreeMap::new();
    let mut waiting: Vec<String> = first.iter().map(|&address| address.to_owned()).collect();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(address) = waiting.pop() {
        let count = opened.entry(path_of(&address).to_owned()).or_default();
        *count += 1;
        if *count > 3 {
            continue;
        }
        let page = visitor.get(&address).await;
        if page.status != 200 || !page.header("content-type").starts_with("text/html") {
            continue;
        }
        let targets = page.html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let ours = targets.filter(|link| link.starts_with('/') && !link.contains("lang="));
        for link in ours.map(plain) {
            if known.insert(link.clone()) {
                waiting.push(link);
            }
        }
        pages.push((address, page.html));
    }
    pages
}

async fn every_amount_leads_to_a_page_that_explains_it(db: TestStore) {
    let bench = seeded(db).await;
    // Missing, late and short months; two member numbers; payouts after thirty years.
    for name in ["siti", "dewi", "agus"] {
        let mut visitor = signed_in(&bench, name).await;
        let list = visitor.get("/statements").await;
        let made = visitor.fill_in(&list, "/statements", &[("year", "2025")]).await;
        let statement = made.leads_to().to_owned();
        assert!(statement.starts_with("/statements/"), "{}", made.status);
        // The last one is opened first, before there are three of its kind.
        let first = ["/dashboard", &*statement, "/contributions?year=2025"];
        let mut addresses = BTreeSet::new();
        for (address, html) in pages(&mut visitor, &first).await {
            if REASONS.contains(&path_of(&address)) {
                continue;
            }
            let said = Tree::of(&html).said();
            assert!(said.bare.is_empty(), "{} for {name} at {address}", said.bare.join(", "));
            addresses.extend(said.addresses);
        }
        assert!(addresses.iter().any(|one| path_of(one) == "/balance/year"), "{name}");
        for address in addresses {
            let page = visitor.get(&address).await;
            assert_eq!(page.status, 200, "{address} for {name}");
            let lack = lacks(&address, &page.html);
            assert!(lack.is_none(), "{address} for {name} lacks {}", lack.unwrap_or_default());
        }
    }
}
