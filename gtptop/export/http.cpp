// SPDX-License-Identifier: GPL-2.0-or-later
#include <strings.h>

#include "gtptop/export/metrics_server.hpp"

namespace gtp::top {
namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 431:
      return "Request Header Fields Too Large";
    default:
      return "Service Unavailable";
  }
}

// Up to [end], which is taken away as well.
std::string_view take_until(std::string_view& rest, char end) {
  const auto at = std::min(rest.find(end), rest.size());
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return taken;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

HttpReply make_reply(const HttpAnswer& answer, bool with_body, std::string_view more = {}) {
  HttpReply reply;
  reply.head = "HTTP/1.1 " + std::to_string(answer.status) + " " + std::string(reason(answer.status)) +
               "\r\nContent-Type: " + std::string(answer.content_type) +
               "\r\nContent-Length: " + std::to_string(answer.body ? answer.body->size() : 0) +
               "\r\nConnection: close\r\n" + std::string(more) + "\r\n";
  if (with_body) reply.body = answer.body;
  return reply;
}

HttpReply refuse(int status, std::string_view why, std::string_view more = {}) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::make_shared<const std::string>(std::string(why) + "\n");
  return make_reply(answer, true, more);
}

}  // namespace

HttpReply reply_to(std::string_view request, const MetricsServer::Answer& answer) {
  std::string_view first = trimmed(take_until(request, '\n'));
  const std::string_view method = take_until(first, ' ');
  const std::string_view target = take_until(first, ' ');
  if (target.empty() || !first.starts_with("HTTP/1.")) return refuse(400, "this is no HTTP/1.1");
  if (method != "GET" && method != "HEAD") return refuse(405, "only GET and HEAD", "Allow: GET, HEAD\r\n");
  if (target.substr(0, target.find('?')) != "/metrics") return refuse(404, "there is only /metrics");
  std::string accept;
  while (!request.empty()) {
    std::string_view line = trimmed(take_until(request, '\n'));
    const std::string_view name = take_until(line, ':');
    if (name.size() != 6 || ::strncasecmp(name.data(), "accept", 6) != 0) continue;
    accept += accept.empty() ? "" : ",";
    accept += trimmed(line);
  }
  return make_reply(answer(accept), method == "GET");
}

}  // namespace gtp::top
