// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/path.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <string>

#include "gtpgen/echo/runner.hpp"
#include "gtpgen/echo/text_statistics.hpp"
#include "gtpgen/receive/clock.hpp"
#include "libcommon/output/json_writer.hpp"
#include "libcommon/util/civil_time.hpp"

namespace gtp::gen::echo {
namespace {

constexpr std::string_view kSchema = "gtpgen-echo/1";
constexpr int kTries = 3;

void put_reply(output::JsonWriter& json, const Probe& probe) {
  switch (probe.result) {
    case Probe::Result::answered:
      json.text("result", "answered");
      break;
    case Probe::Result::icmp:
      json.text("result", "icmp");
      if (!probe.icmp.sender.empty()) json.address("icmp_sender", probe.icmp.sender);
      json.number("icmp_type", probe.icmp.type);
      json.number("icmp_code", probe.icmp.code);
      if (probe.icmp.mtu != 0) json.number("mtu", probe.icmp.mtu);
      json.text("reason", describe(probe.icmp));
      break;
    case Probe::Result::too_long:
      json.text("result", "too_long");
      break;
    case Probe::Result::bad_answer:
      json.text("result", "malformed");
      break;
    case Probe::Result::no_answer:
    case Probe::Result::interrupted:
      json.text("result", "lost");
      break;
  }
  json.measured("rtt_ns", probe.result == Probe::Result::answered || probe.result == Probe::Result::icmp
                              ? std::optional(probe.rtt_ns)
                              : std::nullopt);
}

void begin_object(output::JsonWriter& json, const Prober& prober, std::string_view type) {
  json.text("schema", kSchema);
  json.text("type", type);
  json.text("host", prober.target().name);
  json.address("address", prober.target().address);
  json.number("port", prober.port());
  json.text("protocol", info(prober.dialect()).key);
}

void put_result(TextBuffer& out, const Probe& probe) {
  switch (probe.result) {
    case Probe::Result::answered:
      out.put("answered in ");
      put_milliseconds(out, probe.rtt_ns);
      out.put(" ms");
      break;
    case Probe::Result::icmp:
      out.put(describe(probe.icmp));
      if (!probe.icmp.sender.empty()) {
        out.put(" from ");
        out.put_address(probe.icmp.sender);
      }
      put_icmp_numbers(out, probe.icmp);
      break;
    case Probe::Result::too_long:
      out.put("longer than the interface takes");
      break;
    case Probe::Result::bad_answer:
      out.put("bad answer");
      break;
    case Probe::Result::no_answer:
    case Probe::Result::interrupted:
      out.put("no answer");
      break;
  }
}

}  // namespace

void MtuSearch::worked() noexcept {
  works_ = next_;
  // Is the router's word the limit? One probe tells; else it lied, and the halving goes on.
  next_ = works_ == told_ ? works_ + 1 : works_ + (fails_ - works_) / 2;
}

void MtuSearch::failed(std::size_t told) noexcept {
  fails_ = next_;
  // A router that tells its MTU is tried at its word.
  const bool usable = told > works_ && told < fails_;
  if (usable) told_ = told;
  next_ = usable ? told : works_ + (fails_ - works_) / 2;
}

Prober::Prober(Target target, Dialect dialect, const Settings& settings, EchoSocket socket, sys::Signals& signals)
    : target_(std::move(target)),
      dialect_(dialect),
      settings_(settings),
      socket_(std::move(socket)),
      signals_(signals),
      sequence_number_(settings.first_sequence_number + 0x100) {}

Probe Prober::ask(std::size_t packet_length) {
  RequestContent content = settings_.content;
  const std::size_t headers = (target_.address.is_v6() ? 40U : 20U) + 8U;
  content.length = packet_length > headers ? packet_length - headers : 0;
  const std::uint32_t number = ++sequence_number_ & info(dialect_).sequence_mask;

  Outbox outbox;
  outbox.octets.resize(std::max<std::size_t>(content.length, 64));
  ByteWriter out(outbox.octets);
  write_request(out, dialect_, number, content);
  outbox.packets.push_back({{0, number}, target_.address, port(), target_.scope, 0, out.size()});

  Probe probe;
  bool over = false;
  std::uint64_t sent_kernel_ns = 0;
  const std::uint64_t sent_ns = monotonic_ns();
  socket_.send(outbox, [&](const Ticket&, int error) {
    over = true;
    probe.result = error == EMSGSIZE ? Probe::Result::too_long : Probe::Result::no_answer;
  });
  const auto stamped = [&](const Ticket& ticket, std::uint64_t ns) {
    if (ticket.number == number) sent_kernel_ns = ns;
  };
  const auto icmp = [&](const IcmpError& error) {
    const auto quoted = quoted_sequence_number(dialect_, error.quoted);
    if (over || error.destination != target_.address || (quoted && *quoted != number)) return;
    over = true;
    probe.result = Probe::Result::icmp;
    probe.rtt_ns = monotonic_ns() - sent_ns;
    probe.icmp = error;
    probe.icmp.quoted = {};
  };
  const auto received = [&](const Arrival& arrival, Bytes datagram) {
    const Answer answer = read_answer(dialect_, datagram);
    if (over || arrival.from != target_.address || !answer.has_sequence_number || answer.sequence_number != number) {
      return;
    }
    over = true;
    probe.result = answer.kind == Answer::Kind::echo_response ? Probe::Result::answered : Probe::Result::bad_answer;
    const bool stamps = sent_kernel_ns != 0 && arrival.kernel_ns > sent_kernel_ns;
    probe.rtt_ns = stamps ? arrival.kernel_ns - sent_kernel_ns : arrival.now_ns - sent_ns;
    probe.kernel_clock = stamps;
  };
  while (!over) {
    const std::uint64_t now_ns = monotonic_ns();
    const std::uint64_t end_ns = sent_ns + settings_.timeout_ns;
    if (now_ns >= end_ns) break;
    if (signals_.received() != 0) {
      probe.result = Probe::Result::interrupted;
      break;
    }
    const std::uint64_t rest = end_ns - now_ns;
    const timespec time = {static_cast<time_t>(rest / kNanosecondsPerSecond),
                           static_cast<long>(rest % kNanosecondsPerSecond)};
    std::array<pollfd, 2> wanted = {{{socket_.fd(), POLLIN, 0}, {signals_.wake_fd(), POLLIN, 0}}};
    ::ppoll(wanted.data(), wanted.size(), &time, nullptr);
    socket_.read_errors(stamped, icmp);
    socket_.receive(received);
  }
  return probe;
}

Result<int> search_path_mtu(Prober& prober, std::size_t limit, bool json) {
  TextBuffer text;
  const auto tell = [&](std::size_t length, const Probe& probe) {
    if (json) {
      output::JsonWriter writer(text);
      {
        auto object = writer.object();
        begin_object(writer, prober, "pmtu_probe");
        writer.number("packet_length", length);
        put_reply(writer, probe);
      }
    } else {
      text.put_dec(length);
      text.put(" octets: ");
      put_result(text, probe);
    }
    text.put('\n');
    return flush(text);
  };
  const std::size_t headers = (prober.target().address.is_v6() ? 40U : 20U) + 8U;
  const std::size_t least = headers + shortest_padded_length(prober.dialect(), prober.settings().content);
  MtuSearch search(least, std::max(limit, least));
  // The shortest padded message tells a peer that does not answer long ones from a narrow path.
  int probes = 0;
  const auto ask = [&](std::size_t length) -> std::optional<Probe> {
    Probe probe;
    for (int i = 0; i < kTries; ++i) {
      ++probes;
      probe = prober.ask(length);
      if (probe.result != Probe::Result::no_answer) break;
    }
    if (probe.result == Probe::Result::interrupted || !tell(length, probe)) return std::nullopt;
    return probe;
  };
  const auto first = ask(least);
  if (!first) return 0;
  if (first->result != Probe::Result::answered) {
    return Error{ErrorCode::failed, 0, prober.target().name + " does not answer even the shortest padded request", {}};
  }
  while (!search.done()) {
    const auto probe = ask(search.next());
    if (!probe) return 0;
    if (probe->result == Probe::Result::answered) {
      search.worked();
    } else {
      search.failed(probe->result == Probe::Result::icmp ? probe->icmp.mtu : 0);
    }
  }
  if (json) {
    output::JsonWriter writer(text);
    auto object = writer.object();
    begin_object(writer, prober, "pmtu");
    writer.number("path_mtu", search.result());
    writer.number("largest_message", search.result() - headers);
    writer.number("probes", static_cast<std::uint64_t>(probes));
  } else {
    text.put("path MTU to ");
    text.put(prober.target().name);
    text.put(": ");
    text.put_dec(search.result());
    text.put(" octets, ");
    text.put_dec(search.result() - headers);
    text.put(" of them ");
    text.put(info(prober.dialect()).title);
    text.put(" (");
    text.put_dec(static_cast<std::uint64_t>(probes));
    text.put(" probes)");
  }
  text.put('\n');
  (void)flush(text);
  return 0;
}

Result<int> trace_route(Prober& prober, int most_hops, bool json) {
  TextBuffer text;
  if (!json) {
    text.put("route to ");
    text.put(prober.target().name);
    text.put(" (");
    text.put_address(prober.target().address);
    text.put("), ");
    text.put(info(prober.dialect()).title);
    text.put(" port ");
    text.put_dec(prober.port());
    text.put(", ");
    text.put_dec(static_cast<std::uint64_t>(most_hops));
    text.put(" hops at most\n");
  }
  for (int ttl = 1; ttl <= most_hops; ++ttl) {
    if (auto done = prober.socket().set_ttl(ttl); !done) return std::move(done).error();
    bool arrived = false;
    bool answered = false;
    IpAddress before;
    if (!json) {
      if (ttl < 10) text.put(' ');
      text.put_dec(static_cast<std::uint64_t>(ttl));
    }
    for (int i = 0; i < kTries; ++i) {
      const Probe probe = prober.ask(0);
      if (probe.result == Probe::Result::interrupted) return 0;
      const bool icmp = probe.result == Probe::Result::icmp;
      answered = answered || probe.result == Probe::Result::answered;
      const std::uint8_t exceeded = prober.target().address.is_v6() ? 3 : 11;
      arrived = arrived || probe.result == Probe::Result::answered || (icmp && probe.icmp.type != exceeded);
      if (json) {
        output::JsonWriter writer(text);
        {
          auto object = writer.object();
          begin_object(writer, prober, "hop");
          writer.number("ttl", static_cast<std::uint64_t>(ttl));
          put_reply(writer, probe);
        }
        text.put('\n');
      } else if (icmp || probe.result == Probe::Result::answered) {
        const IpAddress from = icmp ? probe.icmp.sender : prober.target().address;
        if (from != before) {
          text.put("  ");
          text.put(from.empty() ? std::string("unknown") : from.text());
        }
        before = from;
        text.put("  ");
        put_milliseconds(text, probe.rtt_ns);
        text.put(" ms");
        if (icmp && probe.icmp.type != exceeded) {
          text.put(" (");
          text.put(describe(probe.icmp));
          text.put(')');
        }
      } else {
        text.put("  *");
      }
      if (!flush(text)) return 0;
    }
    if (!json) text.put(answered ? "  echo response\n" : "\n");
    if (!flush(text)) return 0;
    if (arrived) return answered ? 0 : 1;
  }
  return 1;
}

}  // namespace gtp::gen::echo
