// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/encode/message_writer.hpp"

namespace gtp::wire {
namespace {

constexpr std::uint16_t kExtensionHeaderTypeList = 141;  // its length has one octet

constexpr std::uint8_t nibble(char digit) noexcept {
  return digit >= '0' && digit <= '9' ? static_cast<std::uint8_t>(digit - '0') : std::uint8_t{0x0f};
}

}  // namespace

void MessageWriter::begin(std::uint16_t type, std::uint8_t instance) noexcept {
  if (depth_ == kMaxOpen) {
    out_.fail();
    return;
  }
  Open& open = open_[static_cast<std::size_t>(depth_++)];
  out_.number(type, header_.protocol == Protocol::pfcp ? 2 : 1);
  open.length_at = out_.size();
  const bool framed_as_gtpv1 = header_.protocol != Protocol::gtpv2_c && header_.protocol != Protocol::pfcp;
  if (framed_as_gtpv1 && type < 128) {
    open.length_octets = 0;
  } else if (framed_as_gtpv1 && type == kExtensionHeaderTypeList && header_.protocol != Protocol::gtp_prime) {
    open.length_octets = 1;
  } else {
    open.length_octets = 2;
  }
  out_.zeros(open.length_octets);
  if (header_.protocol == Protocol::gtpv2_c) out_.u8(instance & 0x0f);
  open.value_at = out_.size();
}

void MessageWriter::begin_vendor(std::uint16_t type, std::uint16_t enterprise_id) noexcept {
  begin(type);
  out_.u16(enterprise_id);
}

void MessageWriter::end() noexcept {
  if (depth_ == 0) {
    out_.fail();
    return;
  }
  const Open& open = open_[static_cast<std::size_t>(--depth_)];
  if (open.length_octets == 0 || out_.overflowed()) return;
  const std::size_t length = out_.size() - open.value_at;
  if (length >> (8 * open.length_octets) != 0) {
    out_.fail();
    return;
  }
  out_.patch(open.length_at, length, open.length_octets);
}

void MessageWriter::octets(std::uint16_t type, Bytes value, std::uint8_t instance) noexcept {
  begin(type, instance);
  out_.put(value);
  end();
}

void MessageWriter::number(std::uint16_t type, std::uint64_t value, std::size_t octets,
                           std::uint8_t instance) noexcept {
  begin(type, instance);
  out_.number(value, octets);
  end();
}

void MessageWriter::digits(std::uint16_t type, std::string_view digits, std::uint8_t instance,
                           std::size_t least) noexcept {
  begin(type, instance);
  const std::size_t from = out_.size();
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const std::uint8_t high = i + 1 < digits.size() ? nibble(digits[i + 1]) : std::uint8_t{0x0f};
    out_.u8(static_cast<std::uint8_t>(high << 4 | nibble(digits[i])));
  }
  while (!out_.overflowed() && out_.size() - from < least) out_.u8(0xff);
  end();
}

void MessageWriter::name(std::uint16_t type, std::string_view dotted, std::uint8_t instance) noexcept {
  begin(type, instance);
  while (!dotted.empty()) {
    const std::string_view label = dotted.substr(0, dotted.find('.'));
    if (label.size() > 0xff) out_.fail();
    out_.u8(static_cast<std::uint8_t>(label.size()));
    for (const char c : label) out_.u8(static_cast<std::uint8_t>(c));
    dotted.remove_prefix(label.size() < dotted.size() ? label.size() + 1 : label.size());
  }
  end();
}

void MessageWriter::address(std::uint16_t type, const IpAddress& address, std::uint8_t instance) noexcept {
  octets(type, address.octets(), instance);
}

void MessageWriter::finish() noexcept {
  while (depth_ > 0) end();
  patch_length(out_, start_, header_);
}

}  // namespace gtp::wire
