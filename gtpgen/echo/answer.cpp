// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/answer.hpp"

#include "libcommon/wire/header.hpp"
#include "libcommon/wire/ie.hpp"
#include "libcommon/wire/value/gtpv2_flags.hpp"

namespace gtp::gen::echo {
namespace {

using wire::Fault;
using wire::Header;
using wire::Protocol;

constexpr std::uint8_t kEchoRequest = 1;
constexpr std::uint8_t kEchoResponse = 2;
constexpr std::uint8_t kVersionNotSupported = 3;
constexpr std::uint16_t kRecovery = 14;
constexpr std::uint16_t kGtpv2Recovery = 3;
constexpr std::uint16_t kGtpv2NodeFeatures = 152;
constexpr std::uint16_t kRecoveryTimeStamp = 231;
// TS 29.281 counts from 1900, as NTP does.
constexpr std::uint32_t kNtpToUnix = 2'208'988'800;

// The header by the port that the datagram came from: version and PT tell what shares it.
Header decode(Dialect dialect, Bytes datagram) noexcept {
  const unsigned flags = datagram.empty() ? 0U : load_u8(datagram.data());
  const unsigned version = flags >> 5;
  const bool protocol_type = (flags & 0x10) != 0;
  const std::size_t length = datagram.size();
  switch (info(dialect).protocol) {
    case Protocol::gtp_prime:
      return wire::decode_gtp_prime(datagram, length);
    case Protocol::gtpv0:
      if (!protocol_type) return wire::decode_gtp_prime(datagram, length);
      if (version == 0) return wire::decode_gtpv0(datagram, length);
      break;
    case Protocol::gtpv1_u:
      return wire::decode_gtpv1(datagram, length, true);
    case Protocol::gtpv2_c:
    case Protocol::gtpv1_c:
    case Protocol::pfcp:
      if (version == 0) return wire::decode_gtpv0(datagram, length);
      break;
  }
  return version >= 2 ? wire::decode_gtpv2(datagram, length) : wire::decode_gtpv1(datagram, length, false);
}

void read_elements(const Header& header, Bytes datagram, Answer& out) noexcept {
  const Bytes body = slice(datagram, header.body_offset, header.body_end - header.body_offset);
  wire::IeWalker walker(header.protocol, body, header.body_offset);
  const bool gtpv2 = header.protocol == Protocol::gtpv2_c;
  for (wire::Ie ie; walker.next(ie);) {
    Cursor value(ie.value);
    if (ie.cut || ie.value.empty()) continue;
    if (ie.type == (gtpv2 ? kGtpv2Recovery : kRecovery)) {
      if (!out.restart_counter) out.restart_counter = value.u8();
    } else if (gtpv2 && ie.type == kGtpv2NodeFeatures) {
      out.node_features = value.u8();
    } else if (header.protocol == Protocol::gtpv1_u && ie.type == kRecoveryTimeStamp && ie.value.size() >= 4) {
      out.recovery_time = value.u32() - kNtpToUnix;
    }
  }
  if (walker.faults().malformed()) out.reason = "an information element is cut";
}

// Empty: nothing is wrong with an Echo Response.
std::string_view fault_of(const DialectInfo& about, const Header& header, const Answer& answer) noexcept {
  if (!answer.reason.empty()) return answer.reason;
  if (header.protocol != about.protocol || header.version != about.version) return "another version answers";
  if (!header.has_sequence_number) return "no sequence number";
  if (header.has_teid && header.teid != 0) return "TEID is not 0";
  // GTP-U's counter is to be ignored, so its absence hurts nobody.
  if (!answer.restart_counter && about.protocol != Protocol::gtpv1_u) return "no Recovery";
  return {};
}

// Is it GTP at all? Anything may come to a UDP port.
bool looks_like_gtp(Dialect dialect, const Header& header) noexcept {
  if (!header.has_type || header.message_type == 0) return false;
  switch (header.protocol) {
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      return header.version == 1 && (header.flags & 0x10) != 0;
    case Protocol::gtpv2_c:
      return header.version == 2 || header.message_type == kVersionNotSupported;
    case Protocol::gtpv0:
      return true;
    case Protocol::gtp_prime:
      return info(dialect).protocol == Protocol::gtp_prime && header.version <= 2 && (header.flags & 0x10) == 0;
    case Protocol::pfcp:
      break;
  }
  return false;
}

}  // namespace

Answer read_answer(Dialect dialect, Bytes datagram) noexcept {
  Answer out;
  const Header header = decode(dialect, datagram);
  out.version = header.version;
  out.message_type = header.message_type;
  out.has_sequence_number = header.has_sequence_number;
  out.sequence_number = header.sequence_number;
  if (!looks_like_gtp(dialect, header)) return out;

  // Version Not Supported may come from a version whose header we only half understand; its first octets suffice.
  if (header.message_type == kVersionNotSupported) {
    out.kind = Answer::Kind::version_not_supported;
    return out;
  }
  if (header.faults.malformed() || header.faults.has(Fault::length_beyond_packet)) {
    out.kind = Answer::Kind::malformed;
    out.reason = "the header is cut";
    header.faults.each([&](const wire::FaultInfo& fault) {
      if (fault.severity == wire::Severity::malformed || fault.fault == Fault::length_beyond_packet) {
        out.reason = fault.text;
      }
    });
    return out;
  }
  if (header.message_type == kEchoRequest) {
    out.kind = Answer::Kind::echo_request;
    return out;
  }
  if (header.message_type != kEchoResponse) {
    out.kind = Answer::Kind::other;
    const wire::MessageInfo* message = wire::find_message(header.protocol, header.message_type);
    out.message = message == nullptr ? std::string_view("unknown message") : message->name;
    return out;
  }
  read_elements(header, datagram, out);
  if (header.faults.has(Fault::trailing_octets)) out.reason = "octets behind the end of the message";
  out.reason = fault_of(info(dialect), header, out);
  out.kind = out.reason.empty() ? Answer::Kind::echo_response : Answer::Kind::malformed;
  return out;
}

std::optional<std::uint32_t> quoted_sequence_number(Dialect dialect, Bytes quoted) noexcept {
  Cursor at(quoted);
  std::uint32_t number = 0;
  switch (info(dialect).protocol) {
    case Protocol::gtpv2_c:
      at.skip(4);
      number = at.u24();
      break;
    case Protocol::gtpv0:
    case Protocol::gtp_prime:
      at.skip(4);
      number = at.u16();
      break;
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
    case Protocol::pfcp:
      at.skip(8);
      number = at.u16();
      break;
  }
  return at.failed() ? std::nullopt : std::optional(number);
}

std::string_view node_feature(int bit) noexcept {
  for (const wire::FlagBit& flag : wire::gtpv2::kNodeFeaturesBits) {
    if (flag.octet == 0 && flag.bit == bit + 1) return flag.key;
  }
  return {};
}

}  // namespace gtp::gen::echo
