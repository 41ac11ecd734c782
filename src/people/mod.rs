//! People
use crate::access::Route;
#[derive(Clone,Debug)] pub struct Passwords;
pub fn routes() -> Vec<Route> { vec![] }
