// SPDX-License-Identifier: GPL-2.0-or-later
//
// What receives at the other end of the veth where senders by XDP are compared: the interface has counted the packet,
// and that is all.
// clang-format off: libbpf's headers want the kernel's before them
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>
// clang-format on

SEC("xdp")
int drop(struct xdp_md* context) {
  (void)context;
  return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
