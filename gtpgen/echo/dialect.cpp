// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/dialect.hpp"

#include <array>

namespace gtp::gen::echo {
namespace {

using wire::Protocol;

constexpr std::array<DialectInfo, 7> kDialects = {{
    {Dialect::gtpv2, Protocol::gtpv2_c, 2, wire::kPortGtpC, 0xffffff, true, "gtpv2-c", "GTPv2-C"},
    {Dialect::gtpv1_c, Protocol::gtpv1_c, 1, wire::kPortGtpC, 0xffff, true, "gtpv1-c", "GTPv1-C"},
    {Dialect::gtpv1_u, Protocol::gtpv1_u, 1, wire::kPortGtpU, 0xffff, false, "gtpv1-u", "GTPv1-U"},
    {Dialect::gtpv0, Protocol::gtpv0, 0, wire::kPortGtpV0AndPrime, 0xffff, true, "gtpv0", "GTPv0"},
    {Dialect::prime_2, Protocol::gtp_prime, 2, wire::kPortGtpV0AndPrime, 0xffff, false, "gtp_prime-2", "GTP' v2"},
    {Dialect::prime_1, Protocol::gtp_prime, 1, wire::kPortGtpV0AndPrime, 0xffff, false, "gtp_prime-1", "GTP' v1"},
    {Dialect::prime_0, Protocol::gtp_prime, 0, wire::kPortGtpV0AndPrime, 0xffff, false, "gtp_prime-0", "GTP' v0"},
}};

}  // namespace

const DialectInfo& info(Dialect dialect) noexcept { return kDialects[static_cast<std::size_t>(dialect)]; }

}  // namespace gtp::gen::echo
