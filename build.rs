//! The migrations are compiled in, and a new file among them is seen only if Cargo is told to look.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
