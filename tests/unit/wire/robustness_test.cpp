// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every value decoder of every protocol on values that no sender would build. What is asked: no read outside the value
// (the sanitizers watch), an end to every loop, and objects and lists that are closed.
#include <catch2/catch.hpp>

#include <array>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "libcommon/wire/ie.hpp"
#include "libcommon/wire/null_sink.hpp"

using namespace gtp::wire;

namespace {

constexpr std::array kProtocols{Protocol::gtpv0, Protocol::gtpv1_c, Protocol::gtpv2_c, Protocol::gtp_prime,
                                Protocol::pfcp};

// Checks what every sink may rely on.
class StrictSink final : public MessageSink {
 public:
  explicit StrictSink(std::size_t end) : end_(end) {}

  void number(const FieldInfo& field, std::uint64_t, Range where) override { check(field, where); }
  void text(const FieldInfo& field, std::string_view, Range where) override { check(field, where); }
  void address(const FieldInfo& field, const gtp::IpAddress& value, Range where) override {
    check(field, where);
    if (value.empty()) broken_ = "no address";
  }
  void octets(const FieldInfo& field, gtp::Bytes, Range where) override { check(field, where); }
  void flags(const FieldInfo& field, std::span<const FlagBit>, gtp::Bytes, Range where) override {
    check(field, where);
  }
  void begin_object(const FieldInfo& field, Range) override { open(field, 'o'); }
  void end_object() override { close('o'); }
  void begin_list(const FieldInfo& field, Range) override { open(field, 'l'); }
  void end_list() override { close('l'); }
  void note(std::string_view text) override {
    if (text.empty()) broken_ = "empty note";
  }
  void begin_ie(const Ie& ie) override {
    if (ie.value_offset + ie.value.size() > end_) broken_ = "value outside the packet";
    nested_.push_back('i');
  }
  void end_ie(const Ie&, bool) override { close('i'); }

  // What broke the contract, empty when nothing did.
  std::string_view broken() const { return nested_.empty() ? broken_ : "left open"; }

 private:
  void check(const FieldInfo& field, Range where) {
    if (field.key.empty() || field.label.empty()) broken_ = "field without a name";
    if (where.offset + where.length > end_) broken_ = "range outside the packet";
    if (++fields_ > 100000) broken_ = "too many fields";
  }
  void open(const FieldInfo& field, char what) {
    if (field.key.empty()) broken_ = "object without a name";
    nested_.push_back(what);
  }
  void close(char what) {
    if (nested_.empty() || nested_.back() != what) {
      broken_ = "closed what was not open";
      return;
    }
    nested_.pop_back();
  }

  std::size_t end_;
  std::size_t fields_ = 0;
  std::string_view broken_;
  std::vector<char> nested_;
};

// Decodes [value] as [info] says; what breaks the contract goes into [broken] as "imsi: empty text".
void decode(const IeInfo& info, gtp::Bytes value, std::set<std::string>& broken) {
  constexpr std::size_t kBase = 50;
  StrictSink sink(kBase + value.size());
  gtp::Cursor at(value, kBase);
  info.decode(at, sink);
  if (!sink.broken().empty()) broken.insert(std::string(info.key) + ": " + std::string(sink.broken()));
}

}  // namespace

TEST_CASE("value decoders on constant octets of every length") {
  for (const Protocol protocol : kProtocols) {
    std::set<std::string> broken;
    for (const IeInfo& info : ie_table(protocol)) {
      if (info.decode == nullptr) continue;
      for (const unsigned fill : {0x00U, 0x01U, 0x0fU, 0x11U, 0x7fU, 0x80U, 0xf0U, 0xffU}) {
        for (std::size_t n = 0; n < 80; ++n) {
          const std::vector<std::byte> value(n, static_cast<std::byte>(fill));
          decode(info, value, broken);
        }
      }
    }
    INFO(title(protocol));
    CHECK(broken == std::set<std::string>{});
  }
}

TEST_CASE("value decoders on random octets") {
  std::mt19937 random(20260801);  // a fixed seed: the same values in every run
  std::vector<std::byte> value;
  for (const Protocol protocol : kProtocols) {
    std::set<std::string> broken;
    for (const IeInfo& info : ie_table(protocol)) {
      if (info.decode == nullptr) continue;
      for (int round = 0; round < 200; ++round) {
        value.resize(random() % 120);
        for (std::byte& octet : value) octet = static_cast<std::byte>(random() & 0xff);
        decode(info, value, broken);
      }
    }
    INFO(title(protocol));
    CHECK(broken == std::set<std::string>{});
  }
}

TEST_CASE("a value of enough_octets is never too short") {
  std::mt19937 random(4);
  std::vector<std::byte> value;
  for (const Protocol protocol : kProtocols) {
    for (const IeInfo& info : ie_table(protocol)) {
      if (info.enough_octets == 0) continue;
      INFO(info.key);
      int too_short = 0;
      for (int round = 0; round < 500; ++round) {
        value.resize(info.enough_octets + random() % 40);
        for (std::byte& octet : value) octet = static_cast<std::byte>(random() & 0xff);
        gtp::Cursor at(value);
        NullSink nothing;
        info.decode(at, nothing);
        if (at.failed()) ++too_short;
      }
      CHECK(too_short == 0);
    }
  }
}

TEST_CASE("whole messages of random octets") {
  std::mt19937 random(3);
  std::vector<std::byte> datagram;
  for (int round = 0; round < 20000; ++round) {
    datagram.resize(random() % 200);
    for (std::byte& octet : datagram) octet = static_cast<std::byte>(random() & 0xff);
    const std::size_t n = datagram.size();
    for (const Header& header : {decode_gtpv0(datagram, n), decode_gtpv1(datagram, n, false), decode_gtpv2(datagram, n),
                                 decode_gtp_prime(datagram, n), decode_pfcp(datagram, n)}) {
      StrictSink sink(n);
      visit_message(header, datagram, 0, sink);
      REQUIRE(sink.broken() == "");
    }
  }
}

TEST_CASE("a message of 16000 empty elements takes linear time") {
  std::vector<std::byte> datagram(8 + 4 * 16000, std::byte{0});
  datagram[0] = std::byte{0x40};
  datagram[1] = std::byte{32};
  datagram[2] = static_cast<std::byte>((datagram.size() - 4) >> 8);
  datagram[3] = static_cast<std::byte>((datagram.size() - 4) & 0xff);
  for (std::size_t at = 8; at < datagram.size(); at += 4) datagram[at] = static_cast<std::byte>(at / 4 % 255 + 1);
  const Header header = decode_gtpv2(datagram, datagram.size());
  StrictSink sink(datagram.size());
  const FaultSet faults = visit_message(header, datagram, 0, sink);
  CHECK(sink.broken() == "");
  CHECK_FALSE(faults.malformed());
}
