// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/track/transaction_table.hpp"

#include "libcommon/util/hash.hpp"

namespace gtp::dump {

TransactionTable::TransactionTable() {
  for (int p = 0; p < wire::kProtocolCount; ++p) {
    const auto protocol = static_cast<std::size_t>(p);
    for (const wire::MessageInfo& message : wire::message_table(static_cast<wire::Protocol>(p))) {
      if (message.response_type == 0) continue;
      response_of_[protocol][message.type] = message.response_type;
      request_of_[protocol][message.response_type] = message.type;
    }
  }
}

std::uint64_t TransactionTable::key_of(const packet::Layer& layer, std::uint8_t request_type,
                                       bool from_requester) const noexcept {
  const IpAddress& requester = from_requester ? layer.src : layer.dst;
  const IpAddress& responder = from_requester ? layer.dst : layer.src;
  const std::uint64_t what = std::uint64_t{layer.header.sequence_number} << 16 | std::uint64_t{request_type} << 8 |
                             static_cast<std::uint64_t>(layer.header.protocol);
  return mix64(requester.hash() ^ mix64(responder.hash() + 1) ^ mix64(what));
}

Request* TransactionTable::find(std::uint64_t key, std::uint64_t time_ns) {
  const std::uint32_t* row = rows_.find(key);
  if (row == nullptr) return nullptr;
  Request& request = ring_[*row];
  // Sequence numbers come round again; an old namesake is another request.
  if (time_ns > request.time_ns + kLifetimeNs) {
    give_up(request);
    return nullptr;
  }
  return &request;
}

void TransactionTable::give_up(Request& request) {
  if (!request.in_use) return;
  if (request.response_frame == 0 && unanswered_) unanswered_(request);
  rows_.erase(request.key);
  request.in_use = false;
}

Request& TransactionTable::add(std::uint64_t key) {
  if (ring_.size() < kCapacity) {
    ring_.emplace_back();
    next_ = ring_.size() - 1;
  } else {
    next_ = (next_ + 1) % kCapacity;
    give_up(ring_[next_]);
  }
  rows_.insert(key, static_cast<std::uint32_t>(next_));
  Request& request = ring_[next_];
  request = {};
  request.key = key;
  request.in_use = true;
  return request;
}

Request* TransactionTable::match(const packet::Layer& layer, std::uint64_t frame, std::uint64_t time_ns,
                                 TransactionInfo& out) {
  const wire::Header& header = layer.header;
  if (!header.has_type || !header.has_sequence_number || layer.quoted) return nullptr;
  const auto protocol = static_cast<std::size_t>(header.protocol);
  if (const std::uint8_t request_type = request_of_[protocol][header.message_type]; request_type != 0) {
    Request* request = find(key_of(layer, request_type, false), time_ns);
    if (request == nullptr) return nullptr;
    out.request_frame = request->frame;
    out.response_time_ns = time_ns - std::min(time_ns, request->time_ns);
    if (request->response_frame != 0) {
      out.retransmission_of = request->response_frame;
    } else {
      request->response_frame = frame;
    }
    return request;
  }
  if (response_of_[protocol][header.message_type] == 0) return nullptr;
  const std::uint64_t key = key_of(layer, header.message_type, true);
  if (Request* first = find(key, time_ns)) {
    out.retransmission_of = first->frame;
    return first;
  }
  Request& request = add(key);
  request.frame = frame;
  request.time_ns = time_ns;
  request.protocol = header.protocol;
  request.message_type = header.message_type;
  return &request;
}

void TransactionTable::finish() {
  for (Request& request : ring_) give_up(request);
}

}  // namespace gtp::dump
