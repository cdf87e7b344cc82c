// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/message_stats.hpp"

#include <utility>

namespace gtp::dump::stats {
namespace {

using output::Column;
using output::Kind;
using wire::Protocol;

constexpr Column kMessageColumns[] = {
    {"protocol", "PROTOCOL", Kind::text, {}, "protocol of the message"},
    {"message_type", "TYPE", Kind::number, {}, "message type", 2},
    {"message", "MESSAGE", Kind::text, {}, "its name"},
    {"count", "COUNT", Kind::number, {}, "messages, retransmissions included"},
    {"octets", "OCTETS", Kind::scaled, "B", "octets of these messages, GTP header included", 1},
    {"answered", "ANSWERED", Kind::number, {}, "requests with a response"},
    {"unanswered", "UNANSWERED", Kind::number, {}, "requests without a response"},
    {"retransmissions", "REPEATED", Kind::number, {}, "further copies of a request or response"},
};

constexpr Column kResponseTimeColumns[] = {
    {"protocol", "PROTOCOL", Kind::text, {}, "protocol of the request"},
    {"message_type", "TYPE", Kind::number, {}, "type of the request", 2},
    {"message", "REQUEST", Kind::text, {}, "its name"},
    {"count", "RESPONSES", Kind::number, {}, "response times measured"},
    {"min_ns", "MIN", Kind::duration, {}, "shortest response time"},
    {"p50_ns", "P50", Kind::duration, {}, "half of the responses came within this time"},
    {"p90_ns", "P90", Kind::duration, {}, "90 % of the responses came within this time", 1},
    {"p99_ns", "P99", Kind::duration, {}, "99 % of the responses came within this time"},
    {"max_ns", "MAX", Kind::duration, {}, "longest response time"},
};

constexpr Column kCauseColumns[] = {
    {"protocol", "PROTOCOL", Kind::text, {}, "protocol of the message"},
    {"message_type", "TYPE", Kind::number, {}, "message type", 2},
    {"message", "MESSAGE", Kind::text, {}, "its name"},
    {"cause", "CAUSE", Kind::number, {}, "cause value"},
    {"name", "NAME", Kind::text, {}, "the specification's name of the value"},
    {"count", "COUNT", Kind::number, {}, "messages with this cause"},
    {"refused", "REFUSED", Kind::boolean, {}, "the cause is a rejection"},
};

// One request among those of its type that one frame holds.
std::uint64_t open_key(std::uint64_t frame, Protocol protocol, std::uint8_t type) noexcept {
  return frame << 16 | static_cast<std::uint64_t>(protocol) << 8 | type;
}

}  // namespace

MessageStats::MessageStats() {
  for (int p = 0; p < wire::kProtocolCount; ++p) {
    const auto protocol = static_cast<std::size_t>(p);
    for (const wire::MessageInfo& message : wire::message_table(static_cast<Protocol>(p))) {
      if (message.response_type == 0) continue;
      wants_answer_[protocol][message.type] = true;
      request_of_[protocol][message.response_type] = message.type;
    }
    // Context Response is a response that is acknowledged: what it answers counts.
    for (std::size_t type = 0; type < 256; ++type) {
      if (request_of_[protocol][type] != 0) wants_answer_[protocol][type] = false;
    }
  }
}

Exchange MessageStats::exchange(const wire::Header& header, std::uint64_t frame, const TransactionInfo& transaction) {
  Exchange exchange;
  if (!header.has_type || !header.has_sequence_number) return exchange;
  const std::size_t protocol = index(header.protocol);
  if (transaction.retransmission_of != 0) {
    ++counters_[protocol][header.message_type].retransmissions;
    return exchange;
  }
  if (const std::uint8_t request = request_of_[protocol][header.message_type]; request != 0) {
    if (transaction.request_frame == 0) return exchange;
    exchange.response_time_ns = transaction.response_time_ns;
    auto& histogram = response_times_[protocol][request];
    if (!histogram) histogram = std::make_unique<measure::Histogram>();
    histogram->add(transaction.response_time_ns);
    // A filter may have let the response pass and not the request.
    exchange.answers = open_.erase(open_key(transaction.request_frame, header.protocol, request));
    if (exchange.answers) ++counters_[protocol][request].answered;
  } else if (wants_answer_[protocol][header.message_type]) {
    exchange.requests = true;
    open_.insert(open_key(frame, header.protocol, header.message_type), true);
  }
  return exchange;
}

void MessageStats::unanswered(const Request& request) {
  if (!open_.erase(open_key(request.frame, request.protocol, request.message_type))) return;
  ++counters_[index(request.protocol)][request.message_type].unanswered;
}

void MessageStats::cause(const wire::Header& header, const MessageFacts& facts) {
  if (!facts.has_cause || !header.has_type) return;
  cause_names_[index(header.protocol)] = facts.cause_names;
  const std::uint32_t key = static_cast<std::uint32_t>(index(header.protocol)) << 16 |
                            static_cast<std::uint32_t>(header.message_type) << 8 | facts.cause;
  if (causes_.size() < kMaxCauses || causes_.contains(key)) ++*causes_.insert(key).first;
}

void MessageStats::fill_messages(output::Table& table, Naming naming) const {
  for (std::size_t p = 0; p < counters_.size(); ++p) {
    const auto protocol = static_cast<Protocol>(p);
    for (std::size_t type = 0; type <= kNoType; ++type) {
      const Counters& counters = counters_[p][type];
      if (counters.count == 0) continue;
      if (type == kNoType) {
        table.row().text(name_of(protocol, naming)).missing().text("unknown");
      } else {
        put_message(table.row(), protocol, static_cast<std::uint8_t>(type), naming);
      }
      table.number(counters.count).number(counters.octets);
      const bool is_request = type != kNoType && wants_answer_[p][type];
      const bool is_exchanged = is_request || (type != kNoType && request_of_[p][type] != 0);
      is_request ? table.number(counters.answered).number(counters.unanswered) : table.missing().missing();
      is_exchanged ? table.number(counters.retransmissions) : table.missing();
    }
  }
}

void MessageStats::fill_response_times(output::Table& table, Naming naming) const {
  for (std::size_t p = 0; p < response_times_.size(); ++p) {
    for (std::size_t type = 0; type < response_times_[p].size(); ++type) {
      const measure::Histogram* times = response_times_[p][type].get();
      if (times == nullptr) continue;
      put_message(table.row(), static_cast<Protocol>(p), static_cast<std::uint8_t>(type), naming);
      table.number(times->count());
      put_measured(table, times->min());
      for (const double percent : {50.0, 90.0, 99.0}) put_measured(table, times->percentile(percent));
      put_measured(table, times->max());
    }
  }
}

void MessageStats::fill_causes(output::Table& table, Naming naming) const {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> rows;
  causes_.for_each([&](std::uint32_t key, std::uint64_t count) { rows.emplace_back(key, count); });
  std::sort(rows.begin(), rows.end());
  for (const auto& [key, count] : rows) {
    const auto protocol = static_cast<Protocol>(key >> 16);
    const auto cause = static_cast<std::uint8_t>(key & 0xff);
    put_message(table.row(), protocol, static_cast<std::uint8_t>(key >> 8 & 0xff), naming);
    const wire::NameTable* names = cause_names_[index(protocol)];
    const std::string_view name = names != nullptr ? names->find(cause) : std::string_view{};
    table.number(cause);
    name.empty() ? table.missing() : table.text(name);
    table.number(count).boolean(is_refusal(protocol, cause));
  }
}

void MessageStats::print(Page& page) const {
  const auto section = [&](std::string_view heading, std::span<const Column> columns, auto fill) {
    output::Table table(columns);
    (this->*fill)(table, Naming::people);
    if (table.rows() == 0) return;
    page.heading(heading);
    page.table(table);
  };
  section("Messages", kMessageColumns, &MessageStats::fill_messages);
  section("Response times", kResponseTimeColumns, &MessageStats::fill_response_times);
  section("Causes", kCauseColumns, &MessageStats::fill_causes);
}

void MessageStats::print_json(output::JsonWriter& json) const {
  const auto section = [&](std::string_view key, std::span<const Column> columns, auto fill) {
    output::Table table(columns);
    (this->*fill)(table, Naming::programs);
    const auto list = json.array(key);
    table.put_json(json);
  };
  section("messages", kMessageColumns, &MessageStats::fill_messages);
  section("response_times", kResponseTimeColumns, &MessageStats::fill_response_times);
  section("causes", kCauseColumns, &MessageStats::fill_causes);
}

}  // namespace gtp::dump::stats
