// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/request.hpp"

#include <array>

#include "libcommon/wire/encode/message_writer.hpp"

namespace gtp::gen::echo {
namespace {

using wire::Protocol;

constexpr std::uint8_t kEchoRequest = 1;
constexpr std::uint16_t kGtpv2Recovery = 3;
constexpr std::uint16_t kGtpv2NodeFeatures = 152;
constexpr std::uint16_t kPrivateExtension = 255;
// "Example Enterprise Number for Documentation Use" (RFC 5612): nobody's extension.
constexpr std::uint16_t kEnterprise = 32473;

wire::Header header_of(Dialect dialect, std::uint32_t sequence_number) noexcept {
  const DialectInfo& about = info(dialect);
  const std::uint32_t number = sequence_number & about.sequence_mask;
  const auto number16 = static_cast<std::uint16_t>(number);
  switch (about.protocol) {
    case Protocol::gtpv2_c:
      return wire::gtpv2_header_without_teid(kEchoRequest, number);
    case Protocol::gtpv0:
      return wire::gtpv0_header(kEchoRequest, number16, 0, 0);
    case Protocol::gtp_prime:
      return wire::gtp_prime_header(about.version, kEchoRequest, number16);
    case Protocol::gtpv1_u: {
      wire::Header header = wire::gtpv1_u_header(kEchoRequest, 0);
      header.has_sequence_number = true;
      header.sequence_number = number;
      return header;
    }
    case Protocol::gtpv1_c:
    case Protocol::pfcp:
      break;
  }
  return wire::gtpv1_c_header(kEchoRequest, 0, number16);
}

// Type, length and, in GTPv2, the instance; then the enterprise's number.
std::size_t extension_overhead(Dialect dialect) noexcept {
  return (info(dialect).protocol == Protocol::gtpv2_c ? 4U : 3U) + 2U;
}

}  // namespace

std::size_t plain_length(Dialect dialect, const RequestContent& content) noexcept {
  std::array<std::byte, 64> room{};
  ByteWriter out(room);
  RequestContent plain = content;
  plain.length = 0;
  write_request(out, dialect, 0, plain);
  return out.size();
}

std::size_t shortest_padded_length(Dialect dialect, const RequestContent& content) noexcept {
  return plain_length(dialect, content) + extension_overhead(dialect);
}

void write_request(ByteWriter& out, Dialect dialect, std::uint32_t sequence_number,
                   const RequestContent& content) noexcept {
  const std::size_t start = out.size();
  wire::MessageWriter message(out, header_of(dialect, sequence_number));
  if (info(dialect).protocol == Protocol::gtpv2_c) {
    message.number(kGtpv2Recovery, content.recovery, 1);
    if (content.node_features) message.number(kGtpv2NodeFeatures, *content.node_features, 1);
  }
  const std::size_t plain = out.size() - start;
  if (content.length >= plain + extension_overhead(dialect)) {
    message.begin(kPrivateExtension);
    message.value().u16(kEnterprise);
    message.value().zeros(content.length - plain - extension_overhead(dialect));
    message.end();
  }
  message.finish();
}

}  // namespace gtp::gen::echo
