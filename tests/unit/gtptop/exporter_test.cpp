// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "gtptop/export/listen_address.hpp"
#include "gtptop/export/metrics_server.hpp"

namespace gtp::top {
namespace {

std::string parsed(std::string_view text) {
  const auto where = parse_listen_address(text);
  return where ? where->text() : "error: " + where.error().what;
}

TEST_CASE("listen address: a port alone is on loopback") {
  CHECK(parsed("9152") == "127.0.0.1:9152");
  CHECK(parsed("0") == "127.0.0.1:0");
  CHECK(parsed("192.0.2.1:65535") == "192.0.2.1:65535");
  CHECK(parsed("[::1]:9152") == "[::1]:9152");
  CHECK(parsed("[::]:80") == "[::]:80");
}

TEST_CASE("listen address: what is no address and port") {
  for (const char* bad : {"", ":", ":9152", "localhost:9152", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                          "127.0.0.1:-1", "127.0.0.1:1k", "::1:9152", "[::1]", "[127.0.0.1]:9152", "[]:1",
                          "127.0.0.1:99999999999999999999", " 9152", "1.2.3.4:5:6"}) {
    INFO(bad);
    const auto where = parse_listen_address(bad);
    REQUIRE_FALSE(where.ok());
    CHECK(where.error().code == ErrorCode::usage);
    CHECK(where.error().what == "\"" + std::string(bad) + "\" is no address and port");
  }
}

struct Asked {
  std::string accept;
  unsigned count = 0;
  HttpReply reply(std::string_view request) {
    return reply_to(request, [this](std::string_view header) {
      accept = header;
      ++count;
      return HttpAnswer{200, "text/x", std::make_shared<const std::string>("body\n")};
    });
  }
};

TEST_CASE("HTTP: GET and HEAD of /metrics") {
  Asked asked;
  const HttpReply got =
      asked.reply("GET /metrics HTTP/1.1\r\nHost: x\r\naCCept:  a/b;q=1 \r\nX: y\r\nAccept: c/d\r\n\r\n");
  CHECK(got.head == "HTTP/1.1 200 OK\r\nContent-Type: text/x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
  REQUIRE(got.body);
  CHECK(*got.body == "body\n");
  CHECK(asked.accept == "a/b;q=1,c/d");
  CHECK(asked.reply("GET /metrics?name[]=x HTTP/1.0\n\n").body);
  const HttpReply head = asked.reply("HEAD /metrics HTTP/1.1\r\n\r\n");
  CHECK(head.head == got.head);
  CHECK_FALSE(head.body);
  CHECK(asked.accept.empty());
}

TEST_CASE("HTTP: everything else is refused, and nobody is asked for figures") {
  Asked asked;
  const auto status = [&](std::string_view request) { return asked.reply(request).head.substr(9, 3); };
  CHECK(status("GET / HTTP/1.1\r\n\r\n") == "404");
  CHECK(status("GET /metrics/.. HTTP/1.1\r\n\r\n") == "404");
  CHECK(status("POST /metrics HTTP/1.1\r\n\r\n") == "405");
  CHECK(asked.reply("PUT /metrics HTTP/1.1\r\n\r\n").head.find("\r\nAllow: GET, HEAD\r\n") != std::string::npos);
  for (const char* bad : {"\r\n\r\n", "GET\r\n\r\n", "GET /metrics\r\n\r\n", "GET /metrics HTTP/2\r\n\r\n",
                          "\x16\x03\x01\x02\n\n", "GET  /metrics HTTP/1.1\r\n\r\n"}) {
    CHECK(status(bad) == "400");
  }
  CHECK(asked.count == 0);
}

}  // namespace
}  // namespace gtp::top
