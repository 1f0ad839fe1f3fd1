//! The search of the lists of machines and hosts.

use super::{Host, Vm};
use crate::engine::{Comparison, Found, Search, SearchField};

/// A search of one of these lists.
pub type InventorySearch = Search<InventoryField>;

/// A field of machines and hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InventoryField {
    /// `name`
    Name,
    /// `status`
    Status,
}

impl SearchField for InventoryField {
    fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "name" => Some(Self::Name),
            "status" => Some(Self::Status),
            _ => None,
        }
    }

    fn of_free_text() -> Option<Self> {
        Some(Self::Name)
    }

    fn comparison(self) -> Comparison {
        Comparison::Pattern
    }
}

pub(super) fn vm_field(vm: &Vm, field: InventoryField) -> Found<'_> {
    Found::Text(match field {
        InventoryField::Name => &vm.name,
        InventoryField::Status => vm.state.as_str(),
    })
}

pub(super) fn host_field(host: &Host, field: InventoryField) -> Found<'_> {
    Found::Text(match field {
        InventoryField::Name => &host.name,
        InventoryField::Status => host.status.as_str(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The language itself, with these fields.
    #[test]
    fn finds_by_name_and_status() {
        type Row = (&'static str, &'static str);
        let rows = || -> Vec<Row> {
            vec![("db01", "up"), ("db02", "down"), ("gitlab", "up"), ("web01", "down"), ("Web02", "up")]
        };
        fn value(row: &Row, field: InventoryField) -> Found<'_> {
            Found::Text(match field {
                InventoryField::Name => row.0,
                InventoryField::Status => row.1,
            })
        }
        for (text, max, expected) in [
            ("", None, &["db01", "db02", "gitlab", "web01", "Web02"][..]),
            ("name=web01", None, &["web01"]),
            ("name = \"web01\"", None, &["web01"]),
            ("NAME=WEB*", None, &["web01", "Web02"]),
            ("name=*b0*", None, &["db01", "db02", "web01", "Web02"]),
            ("name=*02", None, &["db02", "Web02"]),
            ("name=w*b*2", None, &["Web02"]),
            ("name=*", None, &["db01", "db02", "gitlab", "web01", "Web02"]),
            ("name=web", None, &[]),
            ("web*", None, &["web01", "Web02"]),
            ("name!=db*", None, &["gitlab", "web01", "Web02"]),
            ("status=down", None, &["db02", "web01"]),
            ("status=up and name=db*", None, &["db01"]),
            ("name=gitlab or status=down", None, &["db02", "gitlab", "web01"]),
            ("name=db* and status=up or name=web01", None, &["db01", "web01"]),
            ("status=up sortby name desc", None, &["Web02", "gitlab", "db01"]),
            ("sortby status desc", None, &["db01", "gitlab", "Web02", "db02", "web01"]),
            ("sortby name asc page 2", Some(2), &["gitlab", "web01"]),
            ("page 3", Some(2), &["Web02"]),
            ("", Some(2), &["db01", "db02"]),
            ("", Some(0), &[]),
            ("memory=5", None, &[]),
            ("name", None, &[]),
            ("name=", None, &[]),
            ("name='x'", None, &[]),
            ("name=a and", None, &[]),
            ("sortby size", None, &[]),
            ("page 0", None, &[]),
        ] {
            let found: Vec<&str> =
                InventorySearch::parse(text).select(rows(), max, value).iter().map(|row| row.0).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
