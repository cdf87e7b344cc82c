// SPDX-License-Identifier: GPL-2.0-or-later
//
// Connection: requests and their answers over a Transport.
//
//   execute()  a request that changes something; its outcome
//   query()    a request with one answer
//   dump()     a request with any number of answers; begin_dump() and read_dump() do the same a datagram at a time, so
//              that the caller decides when the kernel goes on: it produces a dump only as fast as it is read
//   batch      many requests in one datagram (batch.hpp)
//
// Messages that answer no request of this connection are passed over. An Error says why, as the kernel put it, without
// what for: the caller knows and says so by context(). Its errno is the kernel's, its code `permission` for EPERM and
// EACCES, `unsupported` for EOPNOTSUPP. One thread at a time. While a dump is open only read_dump() may be called.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libcommon/netlink/message.hpp"
#include "libcommon/netlink/request.hpp"
#include "libcommon/netlink/transport.hpp"
#include "libcommon/util/function_ref.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::netlink {

// "what: why" of an error that says why.
Error context(Error error, std::string_view what);

// What an NLMSG_ERROR or NLMSG_DONE message says: nothing wrong, or what and why (extended acknowledgement).
Result<void> outcome(const Message& message);

struct DumpResult {
  std::uint64_t messages = 0;
  // Something changed meanwhile: an entry may be missing or be there twice.
  bool interrupted = false;
};

class Connection {
 public:
  using Visitor = FunctionRef<void(const Message&)>;
  // A dump arrives in datagrams of up to 32 KiB; with a smaller buffer the kernel makes smaller ones.
  static constexpr std::size_t kBuffer = 64 * 1024;

  explicit Connection(std::unique_ptr<Transport> transport);
  Connection(Connection&&) noexcept = default;
  Connection& operator=(Connection&&) noexcept = default;

  Result<void> execute(Request& request);
  // No answer although none failed is an error too.
  Result<void> query(Request& request, Visitor visitor);

  Result<DumpResult> dump(Request& request, Visitor visitor);
  Result<void> begin_dump(Request& request);
  // One datagram of it. True: there is more; false: dump_result() is final.
  Result<bool> read_dump(Visitor visitor);
  const DumpResult& dump_result() const noexcept { return dump_; }

  // For batches.
  std::uint32_t next_sequence() noexcept { return ++sequence_; }
  Result<void> send(Bytes datagram) { return transport_->send(datagram); }
  // The messages of one datagram that are for this connection.
  Result<void> receive(Visitor visitor);

 private:
  Result<void> exchange(Request& request, std::uint16_t flags, Visitor visitor);

  std::unique_ptr<Transport> transport_;
  std::vector<std::byte> buffer_;
  std::uint32_t sequence_ = 0;
  bool dumping_ = false;
  DumpResult dump_;
};

}  // namespace gtp::netlink
