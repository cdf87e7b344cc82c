// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/common.hpp"

namespace gtp::wire {

const FieldInfo kIpv4{"ipv4", "IPv4 address"};
const FieldInfo kIpv6{"ipv6", "IPv6 address"};
const FieldInfo kImsi{"imsi", "IMSI"};
const FieldInfo kMsisdn{"msisdn", "MSISDN"};
const FieldInfo kApn{"apn", "Access point name"};
const FieldInfo kFqdn{"fqdn", "FQDN"};
const FieldInfo kTeid{"teid", "TEID", nullptr, Format::hex, 8};
const FieldInfo kNsapi{"nsapi", "NSAPI"};
const FieldInfo kLac{"lac", "Location area code", nullptr, Format::hex, 4};
const FieldInfo kRac{"rac", "Routing area code", nullptr, Format::hex, 2};
const FieldInfo kCi{"ci", "Cell identity", nullptr, Format::hex, 4};
const FieldInfo kSac{"sac", "Service area code", nullptr, Format::hex, 4};
const FieldInfo kMcc{"mcc", "Mobile country code"};
const FieldInfo kMnc{"mnc", "Mobile network code"};
const FieldInfo kRestartCounter{"restart_counter", "Restart counter"};
const FieldInfo kChargingId{"charging_id", "Charging ID", nullptr, Format::hex, 8};
const FieldInfo kChargingCharacteristics{"charging_characteristics", "Charging characteristics", nullptr, Format::hex,
                                         4};
const FieldInfo kFlags{"flags", "Flags"};
const FieldInfo kUplink{"uplink", "Uplink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kDownlink{"downlink", "Downlink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kDaylightSavingTime{"daylight_saving_time", "Daylight saving time", nullptr, Format::dec, 0, "h"};
const FieldInfo kEnterpriseId{"enterprise_id", "Enterprise ID"};
const FieldInfo kSpareOctets{"octets", "Octets"};

void emit_number(Cursor& at, FieldSink& out, const FieldInfo& field, int octets) {
  const auto size = static_cast<std::size_t>(octets);
  const std::size_t from = at.offset();
  const Bytes bytes = at.take(size);
  if (bytes.size() != size) return;
  std::uint64_t value = 0;
  for (const std::byte b : bytes) value = value << 8 | std::to_integer<std::uint8_t>(b);
  out.number(field, value, {from, size});
}

void emit_bits(const Cursor& at, FieldSink& out, const FieldInfo& field, std::uint8_t octet, int shift, int width) {
  out.number(field, static_cast<unsigned>(octet) >> shift & ((1U << width) - 1), {at.offset() - 1, 1});
}

namespace {

void emit_address(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  const std::size_t from = at.offset();
  const Bytes bytes = at.take(octets);
  if (bytes.size() == octets) out.address(field, IpAddress::from(bytes), {from, octets});
}

}  // namespace

void emit_ipv4(Cursor& at, FieldSink& out) { emit_ipv4(at, out, kIpv4); }
void emit_ipv6(Cursor& at, FieldSink& out) { emit_ipv6(at, out, kIpv6); }
void emit_ipv4(Cursor& at, FieldSink& out, const FieldInfo& field) { emit_address(at, out, field, 4); }
void emit_ipv6(Cursor& at, FieldSink& out, const FieldInfo& field) { emit_address(at, out, field, 16); }

void emit_octets(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  const std::size_t from = at.offset();
  const Bytes bytes = at.take(octets);
  if (!bytes.empty()) out.octets(field, bytes, {from, bytes.size()});
}

void emit_text(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  const std::size_t from = at.offset();
  const Bytes bytes = at.take(octets);
  if (!bytes.empty()) out.text(field, as_text(bytes), {from, bytes.size()});
}

void emit_rest(Cursor& at, FieldSink& out, const FieldInfo& field) { emit_octets(at, out, field, at.remaining()); }

void emit_flags(Cursor& at, FieldSink& out, std::span<const FlagBit> table, std::size_t octets) {
  const std::size_t from = at.offset();
  if (at.empty()) {
    at.fail();
    return;
  }
  const Bytes bytes = at.take(octets < at.remaining() ? octets : at.remaining());
  out.flags(kFlags, table, bytes, {from, bytes.size()});
}

std::string_view read_name(Bytes octets, std::span<char, 256> buffer) noexcept {
  std::size_t size = 0;
  const auto put = [&](std::byte b) {
    if (size < buffer.size()) buffer[size++] = std::to_integer<char>(b);
  };
  std::size_t at = 0;
  while (at < octets.size()) {
    const Bytes label = slice(octets, at + 1, load_u8(octets.data() + at));
    at += 1 + std::size_t{load_u8(octets.data() + at)};
    for (const std::byte b : label) put(b);
    if (at < octets.size()) put(std::byte{'.'});
  }
  return {buffer.data(), size};
}

void emit_name(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  const std::size_t from = at.offset();
  const Bytes bytes = at.take(octets);
  if (bytes.empty()) return;
  std::array<char, 256> buffer{};
  const std::string_view name = read_name(bytes, buffer);
  out.text(field, name, {from, bytes.size()});
  if (name.size() == buffer.size()) out.note("name longer than 255 characters");
  std::size_t label = 0;
  while (label < bytes.size()) label += 1 + std::size_t{load_u8(bytes.data() + label)};
  if (label > bytes.size()) out.note("a label runs past the end of the name");
}

void emit_fqdn(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  // A label has at most 63 octets, names of networks have shorter ones: 0x20 and above in the place of the first
  // length is a printable character.
  if (octets == 0 || at.peek() < 0x20) return emit_name(at, out, field, octets);
  emit_text(at, out, field, octets);
  out.note("the name is sent as plain text, not as labels");
}

}  // namespace gtp::wire
