// SPDX-License-Identifier: GPL-2.0-or-later
//
// Control messages for the tests of the tracker, as a core network sends them: who, which tunnels, which addresses.
// Each function returns the whole message; feed.hpp puts it into a frame. An F-TEID is {address, TEID, interface type}.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "libcommon/wire/encode/gtpu.hpp"
#include "libcommon/wire/encode/message_writer.hpp"
#include "tests/support/frame_builder.hpp"

namespace gtp::test {

struct FTeid {
  std::string_view address;
  std::uint32_t teid;
  std::uint8_t interface_type;  // TS 29.274, 8.22
  std::uint8_t instance = 0;
};

inline constexpr std::uint8_t kS1uEnb = 0, kS1uSgw = 1, kS5uSgw = 4, kS5uPgw = 5, kS5cSgw = 6, kS5cPgw = 7,
                              kS11Mme = 10, kS11Sgw = 11;

// Runs [fill] on a MessageWriter for [header] and returns the octets.
template <typename Fill>
Octets message(const wire::Header& header, Fill fill) {
  std::array<std::byte, 2048> room{};
  ByteWriter out(room);
  wire::MessageWriter writer(out, header);
  fill(writer);
  writer.finish();
  return {out.view().begin(), out.view().end()};
}

inline void put_f_teid(wire::MessageWriter& m, const FTeid& f) {
  const IpAddress address = IpAddress::parse(f.address).value();
  m.begin(87, f.instance);
  m.value().u8(static_cast<std::uint8_t>((address.is_v4() ? 0x80 : 0x40) | f.interface_type));
  m.value().u32(f.teid);
  m.value().put(address.octets());
  m.end();
}

// What a GTPv2 message about a session says. Zero or empty: the element is left out.
struct Gtpv2 {
  std::uint8_t type = 32;
  std::uint32_t teid = 0;
  std::uint32_t sequence = 1;
  std::string_view imsi = {};
  std::string_view msisdn = {};
  std::string_view apn = {};
  std::string_view ue = {};
  std::uint8_t cause = 0;
  std::uint8_t linked_bearer = 0;
  std::uint8_t bearer = 0;
  std::initializer_list<FTeid> control = {};
  std::initializer_list<FTeid> user = {};  // in the bearer context
};

inline Octets gtpv2_message(const Gtpv2& what) {
  return message(wire::gtpv2_header(what.type, what.teid, what.sequence), [&](wire::MessageWriter& m) {
    if (!what.imsi.empty()) m.digits(1, what.imsi);
    if (what.cause != 0) m.number(2, std::uint64_t{what.cause} << 8, 2);
    if (!what.apn.empty()) m.name(71, what.apn);
    if (what.linked_bearer != 0) m.number(73, what.linked_bearer, 1);
    if (!what.msisdn.empty()) m.digits(76, what.msisdn);
    if (!what.ue.empty()) {
      m.begin(79);
      m.value().u8(1);  // IPv4
      m.value().put(address(what.ue));
      m.end();
    }
    for (const FTeid& f : what.control) put_f_teid(m, f);
    if (what.bearer == 0) return;
    m.begin(93);
    m.number(73, what.bearer, 1);
    if (what.cause != 0) m.number(2, std::uint64_t{what.cause} << 8, 2);
    for (const FTeid& f : what.user) put_f_teid(m, f);
    m.end();
  });
}

// What a GTPv1-C message about a PDP context says.
struct Gtpv1 {
  std::uint8_t type = 16;
  std::uint32_t teid = 0;
  std::uint16_t sequence = 1;
  std::string_view imsi = {};
  std::string_view msisdn = {};
  std::string_view apn = {};
  std::string_view ue = {};
  std::uint8_t cause = 0;
  std::optional<std::uint8_t> nsapi = {};
  std::optional<std::uint8_t> linked_nsapi = {};
  std::optional<bool> teardown = {};
  std::uint32_t teid_data = 0;
  std::uint32_t teid_control = 0;
  std::initializer_list<std::string_view> gsn = {};
};

inline Octets gtpv1_message(const Gtpv1& what) {
  return message(wire::gtpv1_c_header(what.type, what.teid, what.sequence), [&](wire::MessageWriter& m) {
    if (what.cause != 0) m.number(1, what.cause, 1);
    if (!what.imsi.empty()) m.digits(2, what.imsi, 0, 8);
    if (what.teid_data != 0) m.number(16, what.teid_data, 4);
    if (what.teid_control != 0) m.number(17, what.teid_control, 4);
    if (what.teardown) m.number(19, *what.teardown ? 0xff : 0xfe, 1);
    if (what.nsapi) m.number(20, *what.nsapi, 1);
    if (what.linked_nsapi) m.number(20, *what.linked_nsapi, 1);
    if (!what.ue.empty()) {
      m.begin(128);
      m.value().u16(0xf121);  // IETF, IPv4
      m.value().put(address(what.ue));
      m.end();
    }
    if (!what.apn.empty()) m.name(131, what.apn);
    for (const std::string_view gsn : what.gsn) m.address(133, IpAddress::parse(gsn).value());
    if (!what.msisdn.empty()) {
      m.begin(134);
      m.value().u8(0x91);  // international, E.164
      for (std::size_t i = 0; i < what.msisdn.size(); i += 2) {
        const int high = i + 1 < what.msisdn.size() ? what.msisdn[i + 1] - '0' : 15;
        m.value().u8(static_cast<std::uint8_t>(high << 4 | (what.msisdn[i] - '0')));
      }
      m.end();
    }
  });
}

// What a PFCP session message says.
struct Pfcp {
  std::uint8_t type = 50;
  std::uint64_t seid = 0;
  std::uint32_t sequence = 1;
  std::uint8_t cause = 0;
  std::uint64_t f_seid = 0;
  std::string_view node = "10.0.4.1";
  std::string_view ue = {};
  std::string_view imsi = {};
  std::optional<FTeid> local = {};   // of the PDI
  std::optional<FTeid> remote = {};  // of the outer header that is created
};

inline Octets pfcp_message(const Pfcp& what) {
  return message(wire::pfcp_session_header(what.type, what.seid, what.sequence), [&](wire::MessageWriter& m) {
    if (what.cause != 0) m.number(19, what.cause, 1);
    if (what.f_seid != 0) {
      m.begin(57);
      m.value().u8(2);  // V4
      m.value().u64(what.f_seid);
      m.value().put(address(what.node));
      m.end();
    }
    if (what.local || !what.ue.empty()) {
      m.begin(1);  // Create PDR
      m.number(56, 1, 2);
      m.begin(2);  // PDI
      if (what.local) {
        m.begin(21);
        m.value().u8(1);  // V4
        m.value().u32(what.local->teid);
        m.value().put(address(what.local->address));
        m.end();
      }
      if (!what.ue.empty()) {
        m.begin(93);
        m.value().u8(2);  // V4
        m.value().put(address(what.ue));
        m.end();
      }
      m.end();
      m.end();
    }
    if (what.remote) {
      m.begin(3);  // Create FAR
      m.number(108, 1, 4);
      m.begin(4);  // Forwarding Parameters
      m.begin(84);
      m.value().u16(0x0100);  // GTP-U/UDP/IPv4
      m.value().u32(what.remote->teid);
      m.value().put(address(what.remote->address));
      m.end();
      m.end();
      m.end();
    }
    if (!what.imsi.empty()) {
      m.begin(141);
      m.value().u8(1);  // IMSIF
      m.value().u8(static_cast<std::uint8_t>((what.imsi.size() + 1) / 2));
      for (std::size_t i = 0; i < what.imsi.size(); i += 2) {
        const int high = i + 1 < what.imsi.size() ? what.imsi[i + 1] - '0' : 15;
        m.value().u8(static_cast<std::uint8_t>(high << 4 | (what.imsi[i] - '0')));
      }
      m.end();
    }
  });
}

}  // namespace gtp::test
