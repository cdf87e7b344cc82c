// SPDX-License-Identifier: GPL-2.0-or-later
//
// Captures for measurements, of [count] packets each. The same count gives the same octets.
#pragma once

#include <cstdint>

#include "tests/bench/make_load/capture_builder.hpp"

namespace gtp::test {

// G-PDUs of 10,000 tunnels in no order, half of them with a PDU Session Container; T-PDUs of 100 to 1400 octets, TCP
// and UDP to port 443.
void make_gpdu_load(CaptureBuilder& capture, std::uint64_t count);

// GTPv2-C on S11: sessions that are created, modified and deleted, six messages each, 64 of them at a time.
void make_gtpv2_load(CaptureBuilder& capture, std::uint64_t count);

// One session per 20 packets, by GTPv2-C and by PFCP in turn: four messages, then G-PDUs. None is deleted, so
// the sessions that live grow with the count.
void make_mixed_load(CaptureBuilder& capture, std::uint64_t count);

// Sessions that stay, four GTPv2-C messages each and nothing else.
void make_session_load(CaptureBuilder& capture, std::uint64_t count);

}  // namespace gtp::test
