//! A load on a running demonstration portal, on this machine only: signs in and reads the readiness page on some kept
//! connections for a number of seconds. `cargo run --release --example load -- 127.0.0.1:8080 20`
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a tool that stops at the first surprise")]

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let address: SocketAddr = arguments.next().expect("address:port").parse().expect("an address");
    assert!(address.ip().is_loopback(), "the load goes to this machine only");
    let seconds: u64 = arguments.next().map_or(10, |text| text.parse().expect("seconds")).min(120);
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("email", "lu.qing@henglan.example")
        .append_pair("password", certgate::demo::PASSWORD)
        .finish();
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head = exchange(
        &mut stream,
        &format!(
            "POST /sign-in HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    );
    let token =
        head.lines().find_map(|line| line.strip_prefix("set-cookie: __Host-certgate=")).and_then(|rest| rest.split(';').next()).expect("signed in").to_owned();
    let count = AtomicU64::new(0);
    let end = Instant::now() + Duration::from_secs(seconds);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let mut stream = TcpStream::connect(address).expect("a connection");
                while Instant::now() < end {
                    let head = exchange(&mut stream, &format!("GET /e/HL/readiness HTTP/1.1\r\nHost: {address}\r\nCookie: __Host-certgate={token}\r\n\r\n"));
                    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    println!("load: {} readiness pages a second on 16 connections", count.load(Ordering::Relaxed) / seconds);
}

/// Sends a request and reads its answer to the end; gives the head.
fn exchange(stream: &mut TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).expect("sent");
    let (mut buffer, mut chunk) = (Vec::new(), vec![0; 64 * 1024]);
    loop {
        let read = stream.read(&mut chunk).expect("an answer");
        assert!(read > 0, "the server closed");
        buffer.extend_from_slice(&chunk[..read]);
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
        let length: usize = head
            .to_lowercase()
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ").map(str::to_owned))
            .map_or(0, |text| text.trim().parse().expect("a number"));
        if buffer.len() >= end + 4 + length {
            return head;
        }
    }
}
