// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/message_facts.hpp"

#include "libcommon/wire/null_sink.hpp"

namespace gtp::dump::stats {
namespace {

using wire::Protocol;

class FactSink final : public wire::NullSink {
 public:
  explicit FactSink(MessageFacts& facts) noexcept : facts_(facts) {}

  void begin_ie(const wire::Ie& ie) override {
    // The first at the top level: an element of another instance or in a group is about something else.
    part_ = Part::none;
    if (depth_++ != 0 || ie.info == nullptr || ie.instance != 0) return;
    if (ie.info->key == "cause" && !facts_.has_cause) part_ = Part::cause;
    if (ie.info->key == "recovery" || ie.info->key == "recovery_time_stamp") part_ = Part::restart_counter;
  }
  void end_ie(const wire::Ie&, bool) override {
    --depth_;
    part_ = Part::none;
  }
  void number(const wire::FieldInfo& field, std::uint64_t value, wire::Range) override {
    if (part_ == Part::cause && field.key == "cause") {
      facts_.has_cause = true;
      facts_.cause = static_cast<std::uint8_t>(value);
      facts_.cause_names = field.names;
    } else if (part_ == Part::restart_counter &&
               (field.key == "restart_counter" || field.key == "recovery_time_stamp")) {
      facts_.has_restart_counter = true;
      facts_.restart_counter = value;
    }
  }

 private:
  enum class Part : std::uint8_t { none, cause, restart_counter };

  MessageFacts& facts_;
  Part part_ = Part::none;
  int depth_ = 0;
};

}  // namespace

MessageFacts read_message_facts(const packet::Layer& layer) {
  MessageFacts facts;
  FactSink sink(facts);
  facts.faults = wire::visit_message(layer.header, layer.message, layer.offset, sink);
  return facts;
}

// TS 29.274, 8.4; TS 29.244, 8.2.1; TS 29.060, 7.7.1; TS 32.295, 6.2.1.
bool is_refusal(Protocol protocol, std::uint8_t cause) noexcept {
  switch (protocol) {
    case Protocol::gtpv2_c:
    case Protocol::pfcp:
      return cause >= 64;
    case Protocol::gtp_prime:
      // 177: CDR decoding error, by its number an acceptance. 252 and 253: already fulfilled.
      return cause == 177 || (cause >= 192 && cause != 252 && cause != 253);
    default:
      return cause >= 192;
  }
}

}  // namespace gtp::dump::stats
