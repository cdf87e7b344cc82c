// SPDX-License-Identifier: GPL-2.0-or-later
//
// A datagram of the protocol GTP_FUZZ_PROTOCOL: the header, extension headers, and every element. Built once for each
// protocol.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "libcommon/wire/extension_header.hpp"
#include "libcommon/wire/header.hpp"
#include "libcommon/wire/ie.hpp"
#include "tests/fuzz/checking_sink.hpp"

namespace gtp::fuzz {
namespace {

using wire::Protocol;
constexpr Protocol kProtocol = Protocol::GTP_FUZZ_PROTOCOL;
constexpr std::size_t kBase = 42;  // where in the packet the message starts

wire::Header decode(Bytes datagram, std::size_t wire_length) {
  switch (kProtocol) {
    case Protocol::gtpv0:
      return wire::decode_gtpv0(datagram, wire_length);
    case Protocol::gtpv1_c:
      return wire::decode_gtpv1(datagram, wire_length, false);
    case Protocol::gtpv1_u:
      return wire::decode_gtpv1(datagram, wire_length, true);
    case Protocol::gtpv2_c:
      return wire::decode_gtpv2(datagram, wire_length);
    case Protocol::gtp_prime:
      return wire::decode_gtp_prime(datagram, wire_length);
    case Protocol::pfcp:
      break;
  }
  return wire::decode_pfcp(datagram, wire_length);
}

void visit_extensions(const wire::Header& header, Bytes message) {
  wire::ExtensionWalker walker(message, header.header_length, header.next_extension_type);
  wire::ExtensionHeader extension;
  int count = 0;
  while (walker.next(extension)) {
    require(++count <= wire::kMaxExtensionHeaders, "the chain is bounded");
    require(extension.offset < message.size(), "an extension header starts in the message");
    require(extension.content.size() <= message.size(), "its content is in the message");
    const wire::ExtensionInfo* info = wire::find_extension(extension.type);
    if (info == nullptr || info->decode == nullptr) continue;
    CheckingSink sink(kBase, message.size());
    Cursor content(extension.content, kBase + extension.offset + 1);
    info->decode(content, sink);
    sink.finish();
  }
}

void decode_and_visit(Bytes datagram, std::size_t wire_length) {
  const wire::Header header = decode(datagram, wire_length);
  require(header.body_offset <= header.body_end, "the body does not end before it starts");
  require(header.body_end <= datagram.size(), "the body ends in the datagram");
  require(header.header_length <= datagram.size(), "the header ends in the datagram");
  const Bytes message = datagram.first(header.body_end);
  if (header.next_extension_type != 0) visit_extensions(header, message);
  CheckingSink sink(kBase, message.size());
  wire::visit_message(header, message, kBase, sink);
  sink.finish();
}

}  // namespace
}  // namespace gtp::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gtp::Bytes datagram = std::as_bytes(std::span(data, size));
  gtp::fuzz::decode_and_visit(datagram, size);
  return 0;
}
