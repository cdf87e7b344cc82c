// SPDX-License-Identifier: GPL-2.0-or-later
//
// The control messages of a subscriber's session, with the elements that real nodes send. Each writes one message into
// [out]; sending it is the caller's.
#pragma once

#include <cstdint>

#include "libcommon/util/byte_writer.hpp"
#include "tests/bench/make_load/subscriber.hpp"

namespace gtp::test {

// GTPv2-C on S11 (TS 29.274, 7.2).
void write_create_session_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_create_session_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_modify_bearer_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_modify_bearer_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_delete_session_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_delete_session_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);

// PFCP on N4 (TS 29.244, 7.5).
void write_session_establishment_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_session_establishment_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_session_modification_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);
void write_session_modification_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence);

}  // namespace gtp::test
