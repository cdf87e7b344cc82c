// SPDX-License-Identifier: GPL-2.0-or-later
//
// Schema: the fields that a program's filter expressions may name. The program owns the table, normally as a constexpr
// array; the manual's field table is printed from the same rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gtp::filter {

// What a field holds, hence which operands it takes and what Subject::values() offers for it.
enum class FieldType : std::uint8_t {
  number,       // 17, 0x1f, 10M
  text,         // internet, internet*, "with blanks"; upper and lower case are the same
  digits,       // 001010000000001, 00101*: leading zeros count
  address,      // 10.45.0.1, 10.45.0.0/16, 2001:db8::/32
  port,         // 2152, gtp_u
  duration,     // 100ms
  time,         // 2021-05-03T12:00:00Z, 1620245312.5
  boolean,      // yes, no
  enumeration,  // a code (16) or a name (request_accepted, or its first words: echo)
};

// The place of a field in its schema.
using FieldId = std::uint16_t;

struct FieldDef {
  std::string_view name;
  FieldType type = FieldType::number;
  std::string_view doc;           // "IMSI of the subscriber"
  std::string_view example;       // "imsi 001010000000001"
  std::string_view aliases = {};  // other names, separated by blanks
  // Enumerations: the name number [index], empty behind the last one. Any order; a name may occur twice. Without it
  // every name is accepted and a misspelt one never matches.
  std::string_view (*known_name)(std::size_t index) = nullptr;
};

class Schema {
 public:
  constexpr Schema() = default;
  constexpr explicit Schema(std::span<const FieldDef> fields) noexcept : fields_(fields) {}

  constexpr std::size_t size() const noexcept { return fields_.size(); }
  constexpr const FieldDef& operator[](FieldId id) const noexcept { return fields_[id]; }
  constexpr std::span<const FieldDef> fields() const noexcept { return fields_; }

  // By name or alias.
  std::optional<FieldId> find(std::string_view name) const noexcept;
  // The name or alias that [name] may have been meant to be, empty when there is none like it.
  std::string_view nearest(std::string_view name) const noexcept;

 private:
  std::span<const FieldDef> fields_;
};

}  // namespace gtp::filter
