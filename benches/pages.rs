//! The readiness page of the demonstration company beside a bare page of the same bytes with the same session look-up and
//! one query: requests a second, in alternating rounds on the same server and database.
//!
//! `cargo bench --bench pages` builds the company in a folder under the temporary directory and removes it at the end.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark stops at the first surprise")]

use axum::{Router, extract::State, response::Html, routing::get};
use certgate::{
    access::{Access, permissions::ViewEngagement},
    app::{self, App},
    clock::Clock,
    config::Config,
    demo, server,
    web::Result,
};
use clap::Parser;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const CONNECTIONS: usize = 8;
const ROUND: Duration = Duration::from_secs(4);
const ROUNDS: usize = 5;

static BODY: OnceLock<String> = OnceLock::new();

#[derive(Parser)]
struct Only {
    #[command(flatten)]
    config: Config,
}

/// The bare page: recognised and let in like the real one, one query, the same bytes.
async fn bare(may: Access<ViewEngagement>, State(app): State<App>) -> Result<Html<&'static str>> {
    let mut snapshot = may.snapshot(&app).await?;
    certgate::bench_support::one_query(&mut snapshot).await?;
    drop(snapshot);
    Ok(Html(BODY.get().map_or("", String::as_str)))
}

fn main() {
    let directory = std::env::temp_dir().join(format!("certgate-bench-{}", std::process::id()));
    let mut config = Only::parse_from(["certgate"]).config;
    config.data.clone_from(&directory);
    config.database_url = None;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let place = server::place(&config, &runtime).expect("PostgreSQL");
    let (address, cookie) = runtime.block_on(async {
        let app = server::build(&config, &place.options, Clock::System).await.expect("the portal");
        demo::ensure(&config, &place.options, &app).await.expect("the company");
        // What a serving portal does at its start and every day: every engagement is judged for today.
        certgate::readiness::watch::day_passed(&app).await.expect("today's verdicts");
        let mut visitor = certgate::visitor::Visitor::new(app::router(app.clone()));
        visitor.post("/sign-in", &[("email", "lu.qing@henglan.example"), ("password", demo::PASSWORD)]).await;
        let page = visitor.get("/e/HL/readiness").await;
        assert_eq!(page.status, 200);
        println!("readiness page: {} bytes, {} SQL statements", page.bytes.len(), page.statements);
        assert!(page.statements <= 6, "at most 6 statements a page");
        BODY.set(page.text).expect("set once");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = app::router_beside(app, Router::new().route("/e/{code}/bare", get(bare)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (address, visitor.cookie("__Host-certgate").expect("signed in").to_owned())
    });
    let mut rates = [Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        for (index, path) in ["/e/HL/bare", "/e/HL/readiness"].into_iter().enumerate() {
            let rate = measure(address, path, &cookie);
            // The first round warms caches and connections.
            if round > 0 {
                println!("round {round}: {path:<16} {rate:>8.0} requests a second");
                rates[index].push(rate);
            }
        }
    }
    let middle = |rates: &mut Vec<f64>| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    };
    let (plain, page) = (middle(&mut rates[0]), middle(&mut rates[1]));
    println!("pages: readiness {page:.0}/s, bare {plain:.0}/s: {:.0} % (wanted: at least 40 %)", page / plain * 100.0);
    if let Some(running) = place.server {
        running.stop().expect("PostgreSQL stops");
    }
    let _ = std::fs::remove_dir_all(directory);
}

/// Requests a second on some kept connections for one round.
fn measure(address: SocketAddr, path: &str, cookie: &str) -> f64 {
    let (stop, count) = (AtomicBool::new(false), AtomicU64::new(0));
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-certgate={cookie}\r\n\r\n");
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut stream = TcpStream::connect(address).expect("a connection");
                stream.set_nodelay(true).expect("no delay");
                let mut buffer = Vec::with_capacity(256 * 1024);
                while !stop.load(Ordering::Relaxed) {
                    stream.write_all(request.as_bytes()).expect("sent");
                    answer(&mut stream, &mut buffer);
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        std::thread::sleep(ROUND);
        stop.store(true, Ordering::Relaxed);
    });
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = count.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64();
    rate
}

/// Reads one answer and minds that it is 200.
fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = stream.read(&mut chunk).expect("an answer");
        assert!(read > 0, "the server closed");
        buffer.extend_from_slice(&chunk[..read]);
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let length: usize = head.lines().find_map(|line| line.strip_prefix("content-length: ")).and_then(|text| text.trim().parse().ok()).expect("a length");
        if buffer.len() >= end + 4 + length {
            return;
        }
    }
}
