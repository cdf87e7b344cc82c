// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/connection.hpp"

#include <linux/netlink.h>

#include <cassert>
#include <cerrno>
#include <optional>
#include <utility>

namespace gtp::netlink {
namespace {

Error malformed() { return {ErrorCode::protocol, EBADMSG, "the kernel's answer is cut short or malformed", {}}; }

Error too_long() { return {ErrorCode::usage, EMSGSIZE, "the request is too long", {}}; }

Error from_kernel(int error, std::string_view explained) {
  Error out = Error::from_errno(std::string(explained), error);
  if (explained.empty()) out.what = std::strerror(error);
  if (error == EOPNOTSUPP) out.code = ErrorCode::unsupported;
  return out;
}

}  // namespace

Error context(Error error, std::string_view what) {
  error.what.insert(0, ": ").insert(0, what);
  return error;
}

Result<void> outcome(const Message& message) {
  std::int32_t code = 0;
  if (!load_native(message.payload, code)) {
    // A dump may end without a word.
    if (message.type == NLMSG_DONE) return {};
    return malformed();
  }
  if (code >= 0) return {};
  if (code < -4095) return malformed();

  // Behind the code of an error comes the request's header, and the request too unless the answer is capped.
  std::size_t skip = sizeof code;
  if (message.type == NLMSG_ERROR) {
    std::uint32_t request = 0;
    const bool capped = (message.flags & NLM_F_CAPPED) != 0;
    if (load_native(slice(message.payload, skip), request)) skip += capped ? Messages::kHeader : (request + 3U) & ~3U;
  }
  std::string_view explained;
  if ((message.flags & NLM_F_ACK_TLVS) != 0) {
    Attributes attributes = message.attributes(skip);
    for (Attribute attribute; attributes.next(attribute);) {
      if (attribute.type == NLMSGERR_ATTR_MSG) explained = attribute.text();
    }
  }
  return from_kernel(-code, explained);
}

Connection::Connection(std::unique_ptr<Transport> transport) : transport_(std::move(transport)), buffer_(kBuffer) {}

Result<void> Connection::receive(Visitor visitor) {
  const Result<std::size_t> size = transport_->receive(buffer_);
  if (!size) return size.error();
  Messages messages(Bytes(buffer_).first(*size));
  for (Message message; messages.next(message);) {
    if (message.port == transport_->port()) visitor(message);
  }
  if (messages.malformed()) return malformed();
  return {};
}

Result<void> Connection::exchange(Request& request, std::uint16_t flags, Visitor visitor) {
  assert(!dumping_);
  if (!request.complete()) return too_long();
  const std::uint32_t sequence = next_sequence();
  if (Result<void> sent = transport_->send(request.finish(sequence, flags)); !sent) return sent;

  std::optional<Result<void>> end;
  while (!end) {
    const Result<void> received = receive([&](const Message& message) {
      if (message.sequence != sequence || end) return;
      if (message.type == NLMSG_ERROR || message.type == NLMSG_DONE) {
        end.emplace(outcome(message));
      } else if (message.type >= NLMSG_MIN_TYPE) {
        visitor(message);
      }
    });
    if (!received) return received;
  }
  return *std::move(end);
}

Result<void> Connection::execute(Request& request) {
  return exchange(request, NLM_F_ACK, [](const Message&) {});
}

Result<void> Connection::query(Request& request, Visitor visitor) {
  // The acknowledgement behind the answer says that there is no other, in every family alike.
  bool answered = false;
  Result<void> done = exchange(request, NLM_F_ACK, [&](const Message& message) {
    if (!std::exchange(answered, true)) visitor(message);
  });
  if (done && !answered) return Error{ErrorCode::protocol, 0, "the kernel gave no answer", {}};
  return done;
}

Result<void> Connection::begin_dump(Request& request) {
  assert(!dumping_);
  if (!request.complete()) return too_long();
  dump_ = {};
  Result<void> sent = transport_->send(request.finish(next_sequence(), NLM_F_DUMP));
  dumping_ = sent.ok();
  return sent;
}

Result<bool> Connection::read_dump(Visitor visitor) {
  assert(dumping_);
  std::optional<Result<void>> end;
  const Result<void> received = receive([&](const Message& message) {
    if (message.sequence != sequence_ || end) return;
    if ((message.flags & NLM_F_DUMP_INTR) != 0) dump_.interrupted = true;
    if (message.type == NLMSG_ERROR || message.type == NLMSG_DONE) {
      end.emplace(outcome(message));
    } else if (message.type >= NLMSG_MIN_TYPE) {
      ++dump_.messages;
      visitor(message);
    }
  });
  dumping_ = received.ok() && !end;
  if (!received) return received.error();
  if (end && !end->ok()) return end->error();
  return !end;
}

Result<DumpResult> Connection::dump(Request& request, Visitor visitor) {
  if (Result<void> begun = begin_dump(request); !begun) return begun.error();
  for (;;) {
    const Result<bool> more = read_dump(visitor);
    if (!more) return more.error();
    if (!*more) return dump_;
  }
}

}  // namespace gtp::netlink
