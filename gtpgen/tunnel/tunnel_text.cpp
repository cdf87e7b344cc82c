// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/tunnel/tunnel_text.hpp"

#include <cstdio>
#include <memory>

namespace gtp::gen {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

void put_row(TextBuffer& out, const netlink::Tunnel& tunnel, const IpAddress& target) {
  out.put("0x");
  out.put_hex(tunnel.i_tei, 8);
  out.put(',');
  if (!target.empty()) out.put_address(target);
  out.put(',');
  out.put_address(tunnel.ms);
  if (tunnel.qfi) {
    out.put(',');
    out.put_dec(*tunnel.qfi);
  }
  out.put('\n');
}

void put_prefix(TextBuffer& out, const IpPrefix& prefix) {
  out.put_address(prefix.address);
  out.put('/');
  out.put_dec(static_cast<std::uint64_t>(prefix.length));
}

}  // namespace

Result<void> write_load_list(const std::string& path, const Provision& provision, const IpAddress& target) {
  struct Close {
    void operator()(std::FILE* file) const noexcept {
      if (file != stdout) std::fclose(file);
    }
  };
  const std::unique_ptr<std::FILE, Close> file(path == "-" ? stdout : std::fopen(path.c_str(), "we"));
  if (!file) return Error::from_errno(path);
  TextBuffer text;
  const bool with_qfi = provision.tunnel(0, 0).qfi.has_value();
  text.put(with_qfi ? "teid,peer,ue_ip,qfi\n" : "teid,peer,ue_ip\n");
  for (std::uint32_t i = 0; i < provision.count(); ++i) {
    put_row(text, provision.tunnel(i, 0), target);
    if (text.size() < kPiece && i + 1 != provision.count()) continue;
    if (std::fwrite(text.view().data(), 1, text.size(), file.get()) != text.size()) return Error::from_errno(path);
    text.clear();
  }
  if (std::fflush(file.get()) != 0) return Error::from_errno(path);
  return {};
}

void CommandText::start(std::string_view command) {
  if (!netns_.empty()) {
    out_.put("ip netns exec ");
    out_.put(netns_);
    out_.put(' ');
  }
  out_.put(command);
}

void CommandText::start_ip(std::string_view object) {
  out_.put("ip ");
  if (!netns_.empty()) {
    out_.put("-n ");
    out_.put(netns_);
    out_.put(' ');
  }
  out_.put(object);
}

void CommandText::create_link(const LinkSetup& setup, int outer_version) {
  const bool sgsn = setup.role == netlink::GtpRole::sgsn;
  if (setup.local.empty() && outer_version == 4) {
    start_ip("link add ");
    out_.put(dev_);
    out_.put(sgsn ? " type gtp role sgsn" : " type gtp role ggsn");
    if (setup.hash_size) {
      out_.put(" hsize ");
      out_.put_dec(*setup.hash_size);
    }
    out_.put('\n');
  } else {
    // iproute2 has no words for the address. gtp-link owns the link's sockets, so it stays.
    start("gtp-link add ");
    out_.put(dev_);
    out_.put(outer_version == 6 ? " ip6" : " ip");
    if (sgsn) out_.put(" --sgsn");
    if (!setup.local.empty()) {
      out_.put(' ');
      out_.put_address(setup.local);
    }
    out_.put(" &\n");
  }
  start_ip("link set ");
  out_.put(dev_);
  if (setup.mtu) {
    out_.put(" mtu ");
    out_.put_dec(*setup.mtu);
  }
  out_.put(" up\n");
  if (setup.address) {
    start_ip("addr add ");
    put_prefix(out_, *setup.address);
    out_.put(" dev ");
    out_.put(dev_);
    out_.put('\n');
  }
  if (setup.route) {
    start_ip("route add ");
    put_prefix(out_, *setup.route);
    out_.put(" dev ");
    out_.put(dev_);
    out_.put('\n');
  }
}

void CommandText::remove_link() {
  start_ip("link del ");
  out_.put(dev_);
  out_.put('\n');
}

void CommandText::add(const netlink::Tunnel& tunnel) {
  start("gtp-tunnel add ");
  out_.put(dev_);
  if (tunnel.version == netlink::GtpVersion::v0) {
    out_.put(" v0 ");
    out_.put_dec(tunnel.tid);
  } else {
    out_.put(" v1 ");
    out_.put_dec(tunnel.i_tei);
    out_.put(' ');
    out_.put_dec(tunnel.o_tei);
  }
  out_.put(' ');
  out_.put_address(tunnel.ms);
  out_.put(' ');
  out_.put_address(tunnel.peer);
  // What that program has no words for.
  if (tunnel.qfi) {
    out_.put("  # QFI ");
    out_.put_dec(*tunnel.qfi);
  }
  out_.put('\n');
}

void CommandText::remove(const netlink::TunnelKey& key) {
  start("gtp-tunnel delete ");
  out_.put(dev_);
  out_.put(key.version == netlink::GtpVersion::v0 ? " v0 " : " v1 ");
  out_.put_dec(key.id);
  out_.put(key.inner_v6 ? " ip6\n" : " ip\n");
}

}  // namespace gtp::gen
