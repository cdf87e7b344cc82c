// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/operand.hpp"

#include <array>
#include <limits>

#include "libcommon/util/civil_time.hpp"
#include "libcommon/util/suggest.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::filter {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

struct PortName {
  std::string_view name;
  std::uint16_t port;
};
constexpr PortName kPorts[] = {{"gtp_c", 2123}, {"gtp_u", 2152}, {"gtp_prime", 3386}, {"gtpv0", 3386}, {"pfcp", 8805}};

std::optional<std::uint64_t> parse_boolean(std::string_view word) noexcept {
  if (word == "yes" || word == "true" || word == "1") return 1;
  if (word == "no" || word == "false" || word == "0") return 0;
  return std::nullopt;
}

std::optional<std::uint64_t> parse_port(std::string_view word) noexcept {
  for (const PortName& row : kPorts) {
    if (row.name == word) return row.port;
  }
  const auto value = parse_count(word);
  return value && *value <= 0xffff ? value : std::nullopt;
}

std::optional<std::uint64_t> parse_scalar(FieldType type, std::string_view word) noexcept {
  switch (type) {
    case FieldType::port:
      return parse_port(word);
    case FieldType::duration:
      return parse_duration(word);
    case FieldType::time:
      return parse_time(word);
    case FieldType::boolean:
      return parse_boolean(word);
    default:
      return parse_count(word);
  }
}

std::string_view expected(FieldType type) noexcept {
  switch (type) {
    case FieldType::number:
      return "a number, as 17, 0x1f or 10M";
    case FieldType::text:
      return "text";
    case FieldType::digits:
      return "a string of digits, as 001010000000001 or 00101*";
    case FieldType::address:
      return "an address or a prefix, as 10.45.0.0/16 or 2001:db8::1";
    case FieldType::port:
      return "a port, as 2152 or gtp_u";
    case FieldType::duration:
      return "a duration, as 100ms or 1.5s";
    case FieldType::time:
      return "a time, as 2021-05-03T12:00:00Z or 1620245312.5";
    case FieldType::boolean:
      return "yes or no";
    case FieldType::enumeration:
      return "a code or a name";
  }
  return {};
}

Complaint unfit(const FieldDef& field, const Token& token) {
  return {"`" + std::string(token.text) + "` is not " + std::string(expected(field.type)), token};
}

bool is_equality(TokenKind operation) noexcept {
  return operation == TokenKind::equal || operation == TokenKind::not_equal;
}

// A value compared by [operation], as the range of values that pass; none when no value can.
std::optional<Range<std::uint64_t>> range_of(TokenKind operation, std::uint64_t value) noexcept {
  switch (operation) {
    case TokenKind::less:
      if (value == 0) return std::nullopt;
      return Range<std::uint64_t>{0, value - 1};
    case TokenKind::less_equal:
      return Range<std::uint64_t>{0, value};
    case TokenKind::greater:
      if (value == kMax) return std::nullopt;
      return Range<std::uint64_t>{value + 1, kMax};
    case TokenKind::greater_equal:
      return Range<std::uint64_t>{value, kMax};
    default:
      return Range<std::uint64_t>{value, value};
  }
}

std::optional<Complaint> add_scalar(const FieldDef& field, TokenKind operation, const Token& low,
                                    const std::optional<Token>& high, Test& test) {
  const auto first = parse_scalar(field.type, low.text);
  if (!first) return unfit(field, low);
  if (high) {
    const auto last = parse_scalar(field.type, high->text);
    if (!last) return unfit(field, *high);
    if (*last < *first) return Complaint{"the range ends before it starts", low};
    test.numbers.add(*first, *last);
    return std::nullopt;
  }
  const auto range = range_of(operation, *first);
  if (!range) return Complaint{"no value can be beyond " + std::string(low.text), low};
  test.numbers.add(range->low, range->high);
  return std::nullopt;
}

// The first and the last address of a prefix.
Range<IpAddress> ends_of(const IpPrefix& prefix) noexcept {
  const Bytes octets = prefix.address.octets();
  std::array<std::byte, 16> low{};
  std::array<std::byte, 16> high{};
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const int bits = prefix.length - static_cast<int>(8 * i);
    const unsigned free = bits >= 8 ? 0U : bits <= 0 ? 0xffU : 0xffU >> bits;
    low[i] = octets[i] & static_cast<std::byte>(~free & 0xffU);
    high[i] = octets[i] | static_cast<std::byte>(free);
  }
  return {IpAddress::from(Bytes(low).first(octets.size())), IpAddress::from(Bytes(high).first(octets.size()))};
}

std::optional<Complaint> add_address(const FieldDef& field, const Token& low, const std::optional<Token>& high,
                                     Test& test) {
  const auto first = IpPrefix::parse(low.text);
  if (!first) return unfit(field, low);
  if (!high) {
    const Range<IpAddress> ends = ends_of(*first);
    test.addresses.add(ends.low, ends.high);
    return std::nullopt;
  }
  const auto last = IpPrefix::parse(high->text);
  if (!last) return unfit(field, *high);
  if (first->address.version() != last->address.version()) {
    return Complaint{"one end of the range is IPv4, the other IPv6", low};
  }
  const Range<IpAddress> range{ends_of(*first).low, ends_of(*last).high};
  if (range.high < range.low) return Complaint{"the range ends before it starts", low};
  test.addresses.add(range.low, range.high);
  return std::nullopt;
}

bool is_digits(std::string_view word) noexcept {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<Complaint> add_digits(const FieldDef& field, const Token& low, const std::optional<Token>& high,
                                    Test& test) {
  const bool pattern = Pattern::has_wildcards(low.text) && !high;
  if (pattern && low.text.find_first_not_of("0123456789*?") == std::string_view::npos) {
    test.patterns.emplace_back(Pattern::Kind::glob, low.text);
    return std::nullopt;
  }
  if (!is_digits(low.text)) return unfit(field, low);
  if (high && !is_digits(high->text)) return unfit(field, *high);
  const Token& end = high ? *high : low;
  if (DigitsBefore{}(end.text, low.text)) return Complaint{"the range ends before it starts", low};
  test.digits.add(std::string(low.text), std::string(end.text));
  return std::nullopt;
}

std::optional<Complaint> add_name(const FieldDef& field, const Token& token, Test& test) {
  using Kind = Pattern::Kind;
  const bool wild = Pattern::has_wildcards(token.text);
  if (field.known_name == nullptr) {
    test.patterns.emplace_back(wild ? Kind::name_glob : Kind::name_prefix, token.text);
    return std::nullopt;
  }
  // The whole name where there is one, so that `create_session_request` does not find what merely starts like it.
  const auto known = [&](const Pattern& pattern) {
    for (std::size_t i = 0; !field.known_name(i).empty(); ++i) {
      if (pattern.matches(field.known_name(i))) return true;
    }
    return false;
  };
  constexpr Kind kPlain[] = {Kind::name, Kind::name_prefix};
  constexpr Kind kWild[] = {Kind::name_glob};
  for (const Kind kind : wild ? std::span<const Kind>(kWild) : std::span<const Kind>(kPlain)) {
    Pattern pattern(kind, token.text);
    if (!known(pattern)) continue;
    test.patterns.push_back(std::move(pattern));
    return std::nullopt;
  }
  Nearest nearest(token.text);
  for (std::size_t i = 0; !field.known_name(i).empty(); ++i) nearest.consider(field.known_name(i));
  std::string what = "no " + std::string(field.name) + " is called `" + std::string(token.text) + "`";
  if (!nearest.best().empty()) what += "; nearest: " + std::string(nearest.best());
  return Complaint{std::move(what), token};
}

std::optional<Complaint> add_enumerated(const FieldDef& field, TokenKind operation, const Token& low,
                                        const std::optional<Token>& high, Test& test) {
  const bool is_code = low.kind == TokenKind::word && parse_count(low.text).has_value();
  if (is_code || high) return add_scalar(field, operation, low, high, test);
  if (!is_equality(operation)) return Complaint{"names have no order: use = or !=, or a code", low};
  return add_name(field, low, test);
}

}  // namespace

bool is_boolean(std::string_view word) noexcept { return parse_boolean(word).has_value(); }

std::optional<Complaint> add_operand(const FieldDef& field, TokenKind operation, const Token& low,
                                     const std::optional<Token>& high, Test& test) {
  const bool ordered = field.type != FieldType::text && field.type != FieldType::address &&
                       field.type != FieldType::digits && field.type != FieldType::boolean;
  if (!ordered && !is_equality(operation)) {
    return Complaint{"`" + std::string(field.name) + "` goes with = and != only, not with < or >", low};
  }
  switch (field.type) {
    case FieldType::text:
      if (high) return Complaint{"text has no ranges", low};
      test.patterns.emplace_back(low.kind == TokenKind::quoted ? Pattern::Kind::literal : Pattern::Kind::glob,
                                 low.text);
      return std::nullopt;
    case FieldType::digits:
      return add_digits(field, low, high, test);
    case FieldType::address:
      return add_address(field, low, high, test);
    case FieldType::enumeration:
      return add_enumerated(field, operation, low, high, test);
    default:
      return add_scalar(field, operation, low, high, test);
  }
}

}  // namespace gtp::filter
