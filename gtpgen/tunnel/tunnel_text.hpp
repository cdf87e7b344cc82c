// SPDX-License-Identifier: GPL-2.0-or-later
//
// What `gtpgen tunnel` writes about tunnels: the list that `gtpgen load --tunnel-file` reads, and the commands of
// iproute2 and libgtpnl that would do the same.
#pragma once

#include <string>
#include <string_view>

#include "gtpgen/tunnel/kernel.hpp"
#include "gtpgen/tunnel/provision.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

// "teid,peer,ue_ip[,qfi]": the TEID that the kernel receives by, and where a sender reaches the kernel; [target] may be
// empty, then the sender says.
Result<void> write_load_list(const std::string& path, const Provision& provision, const IpAddress& target);

// Shell commands, one a line.
class CommandText {
 public:
  CommandText(TextBuffer& out, std::string_view netns, std::string_view dev) : out_(out), netns_(netns), dev_(dev) {}

  void create_link(const LinkSetup& setup, int outer_version);
  void remove_link();
  void add(const netlink::Tunnel& tunnel);
  void remove(const netlink::TunnelKey& key);

 private:
  void start(std::string_view command);
  void start_ip(std::string_view object);

  TextBuffer& out_;
  std::string_view netns_;
  std::string_view dev_;
};

}  // namespace gtp::gen
