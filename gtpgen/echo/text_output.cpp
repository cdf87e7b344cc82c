// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstring>

#include "gtpgen/echo/output.hpp"
#include "gtpgen/echo/text_statistics.hpp"
#include "gtpgen/receive/clock.hpp"
#include "libcommon/output/time_format.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen::echo {
namespace {

using output::Role;

class TextOutput : public Output {
 public:
  explicit TextOutput(const OutputOptions& options) : options_(options) {}

  void heading(const Engine& engine, const Settings& settings) override;
  void handle(const Event& event) override;
  void statistics(const Engine& engine, const Summary& summary, bool final) override {
    put_statistics(text(), engine, summary, final, options_.style);
  }

 private:
  bool wanted(Event::Kind kind) const noexcept;
  void begin();
  void put_answer(const Event& event, std::string_view remark);
  void put_from(const Event& event);

  OutputOptions options_;
};

// A request once a minute is what the specifications allow; ping is for people who look at it.
constexpr std::uint64_t kAllowedInterval = 60'000'000'000;

void TextOutput::heading(const Engine& engine, const Settings& settings) {
  TextBuffer& out = text();
  out.put("GTP echo to ");
  if (engine.peers().size() == 1) {
    const Peer& peer = engine.peers().front();
    const std::string address = peer.target().address.text();
    out.put(peer.target().name);
    if (peer.target().name.find(address) == std::string::npos) {
      out.put(" (");
      out.put(address);
      out.put(')');
    }
  } else {
    out.put_dec(engine.peers().size());
    out.put(" hosts");
  }
  out.put(": ");
  for (std::size_t i = 0; i < settings.dialects.size(); ++i) {
    if (i > 0) out.put(i + 1 == settings.dialects.size() ? " or " : ", ");
    out.put(info(settings.dialects[i]).title);
  }
  if (settings.dialects.size() == 1) {
    out.put(" port ");
    out.put_dec(engine.peers().empty() ? 0 : engine.peers().front().port());
  }
  const bool once = settings.count && *settings.count <= 1;
  if (once) {
    out.put('\n');
    return;
  }
  if (settings.window > 1) {
    out.put(", up to ");
    out.put_dec(settings.window);
    out.put(" unanswered");
  } else if (settings.window == 1) {
    out.put(", each when the one before is answered");
  } else {
    out.put(", one in ");
    put_duration(out, settings.interval_ns);
  }
  if (settings.interval_ns < kAllowedInterval) {
    options_.style.put(out, Role::dim, " (to diagnose; a path in use allows one in 60 s, TS 29.281, 7.2.1)");
  }
  out.put('\n');
}

bool TextOutput::wanted(Event::Kind kind) const noexcept {
  switch (kind) {
    case Event::Kind::path_up:
    case Event::Kind::path_down:
      return options_.monitor;
    case Event::Kind::restarted:
      return true;
    case Event::Kind::answered:
    case Event::Kind::lost:
    case Event::Kind::retransmitted:
    case Event::Kind::duplicate:
    case Event::Kind::late:
    case Event::Kind::peer_asks:
      return !options_.quiet && !options_.monitor && !options_.flood;
    case Event::Kind::malformed:
    case Event::Kind::unreachable:
    case Event::Kind::not_sent:
    case Event::Kind::unexpected:
      return !options_.quiet && !options_.flood;
    case Event::Kind::fallback:
    case Event::Kind::older_counter:
      return !options_.quiet;
  }
  return true;
}

void TextOutput::begin() {
  static const output::TimeFormat kEpoch(output::TimeStyle::epoch);
  static const output::TimeFormat kUtc(output::TimeStyle::utc, 6);
  if (options_.monitor) {
    kUtc.put(text(), realtime_ns());
    text().put(' ');
  } else if (options_.times) {
    text().put('[');
    kEpoch.put(text(), realtime_ns());
    text().put("] ");
  }
}

// Who answered: not always whom we asked.
void TextOutput::put_from(const Event& event) {
  TextBuffer& out = text();
  out.put_address(event.peer.target().address);
  if (event.arrival != nullptr && event.arrival->port != event.peer.port()) {
    out.put(" (from port ");
    out.put_dec(event.arrival->port);
    out.put(')');
  }
}

void TextOutput::put_answer(const Event& event, std::string_view remark) {
  TextBuffer& out = text();
  out.put(info(event.dialect).title);
  out.put(" echo response from ");
  put_from(event);
  out.put(": seq=");
  out.put_dec(event.sequence_number);
  if (event.answer->restart_counter) {
    out.put(" recovery=");
    out.put_dec(*event.answer->restart_counter);
  }
  if (event.answer->node_features) {
    out.put(" features=");
    put_node_features(out, *event.answer->node_features);
  }
  if (event.answer->recovery_time) {
    out.put(" since=");
    static const output::TimeFormat kUtc(output::TimeStyle::utc, 6);
    kUtc.put(out, std::uint64_t{*event.answer->recovery_time} * 1'000'000'000);
  }
  if (event.arrival->ttl) {
    out.put(" ttl=");
    out.put_dec(*event.arrival->ttl);
  }
  if (event.arrival->tos && *event.arrival->tos >> 2 != 0) {
    out.put(" dscp=");
    out.put_dec(*event.arrival->tos >> 2);
  }
  if (event.rtt_ns) {
    out.put(" time=");
    put_milliseconds(out, *event.rtt_ns);
    out.put(" ms");
  } else if (event.attempts > 1) {
    out.put(" after ");
    out.put_dec(event.attempts);
    out.put(" attempts");
  }
  if (!remark.empty()) options_.style.put(out, Role::warn, remark);
}

void TextOutput::handle(const Event& event) {
  if (!wanted(event.kind)) return;
  begin();
  TextBuffer& out = text();
  const auto sequence = [&] {
    out.put(": seq=");
    out.put_dec(event.sequence_number);
  };
  switch (event.kind) {
    case Event::Kind::answered:
      put_answer(event, "");
      break;
    case Event::Kind::duplicate:
      put_answer(event, " (duplicate)");
      break;
    case Event::Kind::late:
      put_answer(event, " (late)");
      break;
    case Event::Kind::lost:
      options_.style.put(out, Role::warn, "no answer");
      out.put(" from ");
      put_from(event);
      sequence();
      if (event.attempts > 1) {
        out.put(" after ");
        out.put_dec(event.attempts);
        out.put(" attempts");
      }
      break;
    case Event::Kind::retransmitted:
      out.put("sent again to ");
      put_from(event);
      sequence();
      out.put(" attempt ");
      out.put_dec(event.attempts);
      break;
    case Event::Kind::malformed:
      options_.style.put(out, Role::error, "bad answer");
      out.put(" from ");
      put_from(event);
      sequence();
      out.put(' ');
      out.put(event.reason);
      if (event.answer != nullptr && event.answer->kind == Answer::Kind::version_not_supported) {
        out.put(", the peer speaks version ");
        out.put_dec(event.answer->version);
      }
      break;
    case Event::Kind::unreachable:
      out.put("from ");
      if (event.icmp->sender.empty()) {
        out.put("an unknown router");
      } else {
        out.put_address(event.icmp->sender);
      }
      sequence();
      out.put(' ');
      options_.style.put(out, Role::warn, describe(*event.icmp));
      put_icmp_numbers(out, *event.icmp);
      break;
    case Event::Kind::not_sent:
      options_.style.put(out, Role::warn, "not sent");
      out.put(" to ");
      put_from(event);
      sequence();
      out.put(' ');
      out.put(std::strerror(event.error));
      break;
    case Event::Kind::unexpected:
      out.put("unexpected from ");
      put_from(event);
      out.put(": ");
      out.put(event.reason);
      if (event.answer != nullptr && event.answer->kind != Answer::Kind::not_gtp && event.answer->has_sequence_number) {
        out.put(", seq=");
        out.put_dec(event.answer->sequence_number);
      }
      break;
    case Event::Kind::peer_asks:
      out.put("echo request from ");
      put_from(event);
      break;
    case Event::Kind::fallback:
      put_from(event);
      out.put(": ");
      if (event.icmp != nullptr) {
        out.put(describe(*event.icmp));
        out.put(" for ");
      } else if (!event.reason.empty()) {
        out.put(event.reason);
        out.put(" to ");
      } else {
        out.put("no answer to ");
      }
      out.put(info(event.dialect).title);
      out.put(", trying ");
      out.put(info(event.peer.dialect()).title);
      break;
    case Event::Kind::restarted:
      put_from(event);
      options_.style.put(out, Role::error, " RESTARTED");
      out.put(": recovery ");
      out.put_dec(event.previous);
      out.put(" -> ");
      out.put_dec(event.peer.restart_counter().value_or(0));
      break;
    case Event::Kind::older_counter:
      put_from(event);
      out.put(": recovery ");
      out.put_dec(event.answer->restart_counter.value_or(0));
      out.put(" is older than ");
      out.put_dec(event.previous);
      out.put(" and discarded (TS 23.007, 18)");
      break;
    case Event::Kind::path_up:
      put_from(event);
      options_.style.put(out, Role::name, " UP");
      out.put(": ");
      out.put(info(event.dialect).title);
      if (const auto counter = event.peer.restart_counter()) {
        out.put(" recovery=");
        out.put_dec(*counter);
      }
      if (event.rtt_ns) {
        out.put(" time=");
        put_milliseconds(out, *event.rtt_ns);
        out.put(" ms");
      }
      break;
    case Event::Kind::path_down:
      put_from(event);
      options_.style.put(out, Role::error, " DOWN");
      out.put(": ");
      if (event.icmp != nullptr) {
        out.put(describe(*event.icmp));
      } else if (!event.reason.empty()) {
        out.put(event.reason);
      } else {
        out.put("no answer");
        if (event.attempts > 1) {
          out.put(" in ");
          out.put_dec(event.attempts);
          out.put(" attempts");
        }
      }
      break;
  }
  out.put('\n');
}

}  // namespace

std::unique_ptr<Output> make_text_output(const OutputOptions& options) { return std::make_unique<TextOutput>(options); }

}  // namespace gtp::gen::echo
