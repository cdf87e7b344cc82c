// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/link_facts.hpp"

#include <linux/ethtool.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "libcommon/netlink/connection.hpp"
#include "libcommon/netlink/request.hpp"
#include "libcommon/netlink/socket.hpp"
#include "libcommon/util/fd.hpp"

namespace gtp::gen {
namespace {

// More than any kernel has.
constexpr std::uint32_t kMaxFeatures = 1024;

// A command of ethtool: its structure, with room behind it for what the kernel fills in.
class Command {
 public:
  explicit Command(std::size_t octets) : room_(std::max(octets, sizeof(std::uint32_t) * 16)) {}

  template <typename T>
  void put(const T& value) noexcept {
    std::memcpy(room_.data(), &value, std::min(sizeof value, room_.size()));
  }
  std::uint32_t word(std::size_t at) const noexcept {
    std::uint32_t value = 0;
    if (at + sizeof value <= room_.size()) std::memcpy(&value, room_.data() + at, sizeof value);
    return value;
  }
  std::string_view text(std::size_t at) const noexcept {
    if (at >= room_.size()) return {};
    const char* const start = room_.data() + at;
    return {start, ::strnlen(start, std::min<std::size_t>(ETH_GSTRING_LEN, room_.size() - at))};
  }
  bool run(int fd, const std::string& iface) noexcept {
    ifreq request{};
    iface.copy(request.ifr_name, IFNAMSIZ - 1);
    request.ifr_data = room_.data();
    return ::ioctl(fd, SIOCETHTOOL, &request) == 0;
  }

 private:
  std::vector<char> room_;
};

// How many features there are.
std::uint32_t count_features(int fd, const std::string& iface) {
  ethtool_sset_info head{};
  head.cmd = ETHTOOL_GSSET_INFO;
  head.sset_mask = 1ULL << ETH_SS_FEATURES;
  Command command(sizeof head + sizeof(std::uint32_t));
  command.put(head);
  return command.run(fd, iface) ? std::min(command.word(sizeof head), kMaxFeatures) : 0;
}

}  // namespace

LinkFacts link_facts(const std::string& iface) {
  LinkFacts facts;
  auto connection = netlink::connect(netlink::Protocol::route);
  if (!connection) return facts;
  netlink::Request request(RTM_GETLINK);
  request.header(ifinfomsg{}).text(IFLA_IFNAME, iface);
  (void)connection
      ->query(request,
              [&](const netlink::Message& message) {
                auto attributes = message.attributes(sizeof(ifinfomsg));
                netlink::Attribute one;
                while (attributes.next(one)) {
                  if (one.type == IFLA_QDISC) facts.qdisc = one.text();
                  if (one.type != IFLA_LINKINFO) continue;
                  netlink::Attributes info(one.data);
                  netlink::Attribute part;
                  while (info.next(part)) {
                    if (part.type == IFLA_INFO_KIND) facts.kind = part.text();
                  }
                }
              })
      .ok();
  return facts;
}

std::vector<std::optional<bool>> link_features(const std::string& iface, const std::vector<std::string_view>& names) {
  std::vector<std::optional<bool>> out(names.size());
  const Fd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const std::uint32_t count = socket ? count_features(socket.value(), iface) : 0;
  if (count == 0) return out;

  ethtool_gstrings strings_head{};
  strings_head.cmd = ETHTOOL_GSTRINGS;
  strings_head.string_set = ETH_SS_FEATURES;
  strings_head.len = count;
  Command strings(sizeof strings_head + std::size_t{count} * ETH_GSTRING_LEN);
  strings.put(strings_head);

  const std::uint32_t blocks = (count + 31) / 32;
  ethtool_gfeatures features_head;  // its array of length 0 cannot be initialised
  features_head.cmd = ETHTOOL_GFEATURES;
  features_head.size = blocks;
  Command features(sizeof features_head + blocks * sizeof(ethtool_get_features_block));
  features.put(features_head);
  if (!strings.run(socket.value(), iface) || !features.run(socket.value(), iface)) return out;

  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string_view name = strings.text(sizeof strings_head + std::size_t{i} * ETH_GSTRING_LEN);
    const auto wanted = std::find(names.begin(), names.end(), name);
    if (wanted == names.end()) continue;
    const std::size_t block = sizeof features_head + i / 32 * sizeof(ethtool_get_features_block);
    const std::uint32_t active = features.word(block + offsetof(ethtool_get_features_block, active));
    out[static_cast<std::size_t>(wanted - names.begin())] = (active >> (i % 32) & 1) != 0;
  }
  return out;
}

}  // namespace gtp::gen
