// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtp_prime.hpp"

#include <array>

#include "libcommon/wire/value/common.hpp"

namespace gtp::wire {
namespace {

constexpr auto kCauseRows = std::to_array<NameRow>({
    {59, "System failure"},
    {60, "The transmit buffers are becoming full"},
    {61, "The receive buffers are becoming full"},
    {62, "Another node is about to go down"},
    {63, "This node is about to go down"},
    {128, "Request accepted"},
    {177, "CDR decoding error"},
    {192, "Non-existent"},
    {193, "Invalid message format"},
    {198, "Version not supported"},
    {199, "No resources available"},
    {200, "Service not supported"},
    {201, "Mandatory IE incorrect"},
    {202, "Mandatory IE missing"},
    {203, "Optional IE incorrect"},
    {204, "System failure"},
    {252, "Request related to possibly duplicated packets already fulfilled"},
    {253, "Request already fulfilled"},
    {254, "Sequence numbers of released/cancelled packets IE incorrect"},
    {255, "Request not fulfilled"},
});
constexpr NameTable kCauseNames{"gtp_prime_cause", "TS 32.295, 6.2.1", kCauseRows};

constexpr auto kCommandRows = std::to_array<NameRow>({
    {1, "Send Data Record Packet"},
    {2, "Send possibly duplicated Data Record Packet"},
    {3, "Cancel Data Record Packet"},
    {4, "Release Data Record Packet"},
});
constexpr NameTable kCommandNames{"packet_transfer_command", "TS 32.295, 6.2.4.5.2", kCommandRows};

constexpr auto kFormatRows = std::to_array<NameRow>({
    {1, "ASN.1 BER"},
    {2, "ASN.1 PER unaligned"},
    {3, "ASN.1 PER aligned"},
    {4, "XML"},
});
constexpr NameTable kFormatNames{"data_record_format", "TS 32.298, 6", kFormatRows};

constexpr FieldInfo kCause{"cause", "Cause", &kCauseNames};
constexpr FieldInfo kCommand{"command", "Packet Transfer Command", &kCommandNames};
constexpr FieldInfo kSequenceNumbers{"sequence_numbers", "Sequence Numbers"};
constexpr FieldInfo kSequenceNumber{"sequence_number", "Sequence Number"};
constexpr FieldInfo kRecordCount{"record_count", "Number of Data Records"};
constexpr FieldInfo kFormat{"format", "Data Record Format", &kFormatNames};
constexpr FieldInfo kApplicationId{"application_id", "Application Identifier"};
constexpr FieldInfo kRelease{"release", "Release Identifier"};
constexpr FieldInfo kVersion{"version", "Version Identifier"};
constexpr FieldInfo kRecordLengths{"record_lengths", "Data Record lengths"};
constexpr FieldInfo kRecordLength{"record_length", "Length of the Data Record", nullptr, Format::dec, 0, "octets"};

// TS 32.295, 6.2.4.5.3: application and release identifier, four bits each, then the version identifier.
void emit_format_version(Cursor& at, FieldSink& out) {
  const std::size_t from = at.offset();
  const std::uint8_t first = at.u8();
  const std::uint8_t version = at.u8();
  if (at.failed()) return;
  out.number(kApplicationId, first >> 4, {from, 1});
  out.number(kRelease, first & 0x0f, {from, 1});
  out.number(kVersion, version, {from + 1, 1});
}

}  // namespace

void decode_gtp_prime_cause(Cursor& value, FieldSink& out) { emit_number(value, out, kCause, 1); }

void decode_packet_transfer_command(Cursor& value, FieldSink& out) { emit_number(value, out, kCommand, 1); }

void decode_sequence_numbers(Cursor& value, FieldSink& out) {
  out.begin_list(kSequenceNumbers, {value.offset(), value.remaining()});
  while (value.remaining() >= 2) emit_number(value, out, kSequenceNumber, 2);
  out.end_list();
  if (!value.empty()) {
    out.note("half a sequence number at the end");
    value.fail();
  }
}

void decode_node_address(Cursor& value, FieldSink& out) {
  switch (value.remaining()) {
    case 4:
      emit_ipv4(value, out);
      break;
    case 16:
      emit_ipv6(value, out);
      break;
    default:
      out.note("an address has 4 or 16 octets");
      value.fail();
      break;
  }
}

void decode_data_record_packet(Cursor& value, FieldSink& out) {
  const std::uint8_t count = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kRecordCount, count, 0, 8);
  // A packet without records (an empty Cancel or Release) may end here.
  if (count == 0 && value.empty()) return;
  emit_number(value, out, kFormat, 1);
  emit_format_version(value, out);
  if (value.failed()) return;
  out.begin_list(kRecordLengths, {value.offset(), value.remaining()});
  for (int i = 0; i < count && !value.failed(); ++i) {
    const std::size_t from = value.offset();
    const std::uint16_t length = value.u16();
    if (value.failed()) break;
    if (length > value.remaining()) {
      out.note("a data record runs past the element");
      value.fail();
      break;
    }
    out.number(kRecordLength, length, {from, 2});
    value.skip(length);
  }
  out.end_list();
}

}  // namespace gtp::wire
