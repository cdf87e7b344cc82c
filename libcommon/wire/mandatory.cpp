// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/mandatory.hpp"

#include <algorithm>
#include <array>

namespace gtp::wire {
namespace {

struct Row {
  Protocol protocol;
  std::uint8_t message_type;
  std::uint8_t count;
  std::array<std::uint16_t, 4> elements;
};

constexpr std::uint16_t kCauseV1 = 1;
constexpr std::uint16_t kRecoveryV1 = 14;
constexpr std::uint16_t kTeidDataI = 16;
constexpr std::uint16_t kNsapi = 20;
constexpr std::uint16_t kGsnAddress = 133;
constexpr std::uint16_t kQosProfile = 135;

constexpr std::uint16_t kCauseV2 = 2;
constexpr std::uint16_t kRecoveryV2 = 3;
constexpr std::uint16_t kApn = 71;
constexpr std::uint16_t kEbi = 73;
constexpr std::uint16_t kRatType = 82;
constexpr std::uint16_t kFTeid = 87;
constexpr std::uint16_t kBearerContext = 93;

constexpr std::uint16_t kCreatePdr = 1;
constexpr std::uint16_t kCreateFar = 3;
constexpr std::uint16_t kCausePfcp = 19;
constexpr std::uint16_t kFSeid = 57;
constexpr std::uint16_t kNodeId = 60;
constexpr std::uint16_t kRecoveryTimeStamp = 96;

constexpr auto kRows = std::to_array<Row>({
    // TS 29.060, 7.2 and 7.3
    {Protocol::gtpv1_c, 2, 1, {kRecoveryV1}},
    {Protocol::gtpv1_c, 16, 4, {kTeidDataI, kNsapi, kGsnAddress, kQosProfile}},
    {Protocol::gtpv1_c, 17, 1, {kCauseV1}},
    {Protocol::gtpv1_c, 19, 1, {kCauseV1}},
    {Protocol::gtpv1_c, 20, 1, {kNsapi}},
    {Protocol::gtpv1_c, 21, 1, {kCauseV1}},
    // TS 29.281, 7.2 and 7.3
    {Protocol::gtpv1_u, 2, 1, {kRecoveryV1}},
    {Protocol::gtpv1_u, 26, 2, {kTeidDataI, kGsnAddress}},
    // TS 29.274, 7.1 and 7.2
    {Protocol::gtpv2_c, 1, 1, {kRecoveryV2}},
    {Protocol::gtpv2_c, 2, 1, {kRecoveryV2}},
    {Protocol::gtpv2_c, 32, 4, {kRatType, kFTeid, kApn, kBearerContext}},
    {Protocol::gtpv2_c, 33, 1, {kCauseV2}},
    {Protocol::gtpv2_c, 35, 1, {kCauseV2}},
    {Protocol::gtpv2_c, 37, 1, {kCauseV2}},
    {Protocol::gtpv2_c, 95, 2, {kEbi, kBearerContext}},
    {Protocol::gtpv2_c, 96, 2, {kCauseV2, kBearerContext}},
    {Protocol::gtpv2_c, 97, 1, {kBearerContext}},
    {Protocol::gtpv2_c, 98, 2, {kCauseV2, kBearerContext}},
    {Protocol::gtpv2_c, 100, 1, {kCauseV2}},
    {Protocol::gtpv2_c, 171, 1, {kCauseV2}},
    // TS 29.244, 7.4 and 7.5
    {Protocol::pfcp, 1, 1, {kRecoveryTimeStamp}},
    {Protocol::pfcp, 2, 1, {kRecoveryTimeStamp}},
    {Protocol::pfcp, 5, 2, {kNodeId, kRecoveryTimeStamp}},
    {Protocol::pfcp, 6, 3, {kNodeId, kCausePfcp, kRecoveryTimeStamp}},
    {Protocol::pfcp, 50, 4, {kNodeId, kFSeid, kCreatePdr, kCreateFar}},
    {Protocol::pfcp, 51, 2, {kNodeId, kCausePfcp}},
    {Protocol::pfcp, 53, 1, {kCausePfcp}},
    {Protocol::pfcp, 55, 1, {kCausePfcp}},
    {Protocol::pfcp, 57, 1, {kCausePfcp}},
});

}  // namespace

std::span<const std::uint16_t> mandatory_elements(Protocol protocol, std::uint8_t message_type) noexcept {
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [&](const Row& r) { return r.protocol == protocol && r.message_type == message_type; });
  return row == kRows.end() ? std::span<const std::uint16_t>{} : std::span(row->elements).first(row->count);
}

}  // namespace gtp::wire
