// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/ie.hpp"

namespace gtp::wire {
namespace {

constexpr std::uint16_t kFirstVendorType = 32768;       // PFCP (TS 29.244, 8.1.1)
constexpr std::uint8_t kFirstTlvType = 128;             // GTPv0, GTPv1, GTP'
constexpr std::uint8_t kExtensionHeaderTypeList = 141;  // the one TLV with a length of one octet
constexpr std::uint8_t kGtpv1TypeExtension = 238;       // TS 29.060, 7.7: a type of two octets starts the value
constexpr std::uint8_t kGtpv2TypeExtension = 254;       // TS 29.274, 8.1

struct Visit {
  Protocol protocol;
  MessageSink& sink;
  FaultSet faults;
};

void visit_level(Visit& visit, Bytes ies, std::size_t base, int depth);

bool is_surely_whole(const Ie& ie) noexcept {
  return ie.info->enough_octets != 0 && ie.value.size() >= ie.info->enough_octets;
}

void visit_ie(Visit& visit, const Ie& ie, int depth) {
  if (!visit.sink.wants(ie)) return;
  visit.sink.begin_ie(ie);
  bool short_value = false;
  if (ie.info != nullptr && !ie.value.empty()) {
    if (ie.info->grouped) {
      if (depth < kMaxIeDepth) {
        visit_level(visit, ie.value, ie.value_offset, depth + 1);
      } else {
        visit.faults.add(Fault::ie_nested_too_deep);
      }
    } else if (ie.info->decode != nullptr && (visit.sink.wants_fields(ie) || !is_surely_whole(ie))) {
      Cursor value(ie.value, ie.value_offset);
      ie.info->decode(value, visit.sink);
      short_value = value.failed();
      if (short_value && !ie.cut) visit.faults.add(Fault::ie_value_short);
    }
  }
  visit.sink.end_ie(ie, short_value);
}

// One message or one group. What is wrong inside a group stays there: its parent goes on behind it.
void visit_level(Visit& visit, Bytes ies, std::size_t base, int depth) {
  IeWalker walker(visit.protocol, ies, base);
  Ie ie;
  while (walker.next(ie)) visit_ie(visit, ie, depth);
  visit.faults.merge(walker.faults());
}

// Where the message would end if nothing were missing.
std::size_t declared_end(const Header& header) noexcept {
  switch (header.protocol) {
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      return std::size_t{8} + header.length;
    case Protocol::gtpv2_c:
    case Protocol::pfcp:
      return std::size_t{4} + header.length;
    case Protocol::gtpv0:
    case Protocol::gtp_prime:
      return std::size_t{header.header_length} + header.length;
  }
  return 0;
}

}  // namespace

bool IeWalker::next(Ie& out) noexcept {
  if (at_ >= ies_.size()) return false;
  Cursor at(ies_.subspan(at_), base_ + at_);
  out = {};
  out.offset = at.offset();
  const bool framed = protocol_ == Protocol::gtpv2_c ? read_gtpv2(at, out)
                      : protocol_ == Protocol::pfcp  ? read_pfcp(at, out)
                                                     : read_tv_or_tlv(at, out);
  if (!framed) {
    at_ = ies_.size();
    return out.has_type;
  }
  out.value_offset = at.offset();
  if (out.length > at.remaining()) {
    out.cut = true;
    faults_.add(Fault::ie_cut);
  }
  out.value = at.take(out.length);
  at_ += at.consumed();
  finish(out);
  return true;
}

bool IeWalker::read_tv_or_tlv(Cursor& at, Ie& out) noexcept {
  const std::uint8_t type = at.u8();
  out.type = type;
  out.has_type = true;
  out.info = find_ie(protocol_, type);
  if (type < kFirstTlvType) {
    if (out.info == nullptr || out.info->fixed_length < 0) {
      faults_.add(Fault::ie_unknown_tv);
      return give_up(at, out);
    }
    out.length = static_cast<std::uint16_t>(out.info->fixed_length);
    out.has_length = true;
    return true;
  }
  const bool one_octet = type == kExtensionHeaderTypeList && protocol_ != Protocol::gtp_prime;
  out.length = one_octet ? at.u8() : at.u16();
  out.has_length = !at.failed();
  if (out.has_length) return true;
  faults_.add(Fault::ie_header_cut);
  return give_up(at, out);
}

bool IeWalker::read_gtpv2(Cursor& at, Ie& out) noexcept {
  const std::size_t there = at.remaining();
  const Bytes head = at.take(4);
  out.type = load_u8(head.data());
  out.has_type = true;
  out.info = find_ie(protocol_, out.type);
  if (there >= 3) {
    out.length = load_u16(head.data() + 1);
    out.has_length = true;
  }
  if (there >= 4) {
    out.instance = static_cast<std::uint8_t>(load_u8(head.data() + 3) & 0x0f);
    return true;
  }
  faults_.add(Fault::ie_header_cut);
  return give_up(at, out);
}

bool IeWalker::read_pfcp(Cursor& at, Ie& out) noexcept {
  out.type = at.u16();
  out.has_type = !at.failed();
  out.length = at.u16();
  out.has_length = !at.failed();
  if (out.has_type) out.info = find_ie(protocol_, out.type);
  if (out.has_length) return true;
  faults_.add(Fault::ie_header_cut);
  return give_up(at, out);
}

// The element's extent is not known: it has no value and is the last one.
bool IeWalker::give_up(const Cursor& at, Ie& out) noexcept {
  out.cut = true;
  out.value_offset = at.offset();
  return false;
}

// What only some types have in front of their value, and lengths that cannot be right.
void IeWalker::finish(Ie& ie) noexcept {
  if (protocol_ == Protocol::pfcp) {
    // An empty element is no fault here: it removes what it names (TS 29.244, 5.2).
    if (ie.type < kFirstVendorType) return;
    if (ie.value.size() < 2) {
      if (!ie.cut) faults_.add(Fault::ie_value_short);
      return;
    }
    ie.enterprise_id = load_u16(ie.value.data());
    ie.value = ie.value.subspan(2);
    ie.value_offset += 2;
    return;
  }
  if (ie.cut) return;
  const bool extended_type =
      protocol_ == Protocol::gtpv2_c ? ie.type == kGtpv2TypeExtension : ie.type == kGtpv1TypeExtension;
  if (extended_type && protocol_ != Protocol::gtp_prime) {
    if (ie.length < 2) faults_.add(Fault::ie_type_extension_short);
  } else if (ie.length == 0 && ie.info != nullptr && (ie.info->grouped || ie.info->decode != nullptr)) {
    faults_.add(Fault::ie_empty);
  }
}

FaultSet visit_message(const Header& header, Bytes message, std::size_t base, MessageSink& sink) {
  if (header.body_offset >= header.body_end || carries_t_pdu(header)) return {};
  // A TV element's length is known by its type alone, so the body of a message that nobody knows means nothing.
  const bool gtpv1 = header.protocol == Protocol::gtpv1_c || header.protocol == Protocol::gtpv1_u;
  if (gtpv1 && find_message(header.protocol, header.message_type) == nullptr) return {};
  const Bytes ies = slice(message, header.body_offset, header.body_end - header.body_offset);
  Visit visit{header.protocol, sink, {}};
  visit_level(visit, ies, base + header.body_offset, 1);
  // The last element is cut where the capture ends: nothing is wrong with the message itself.
  if (header.faults.has(Fault::captured_short) && declared_end(header) > message.size()) {
    visit.faults.remove(Fault::ie_cut);
    visit.faults.remove(Fault::ie_header_cut);
  }
  return visit.faults;
}

}  // namespace gtp::wire
