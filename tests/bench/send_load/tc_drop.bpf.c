// SPDX-License-Identifier: GPL-2.0-or-later
//
// What receives at the other end of the veth: the interface has counted the packet, and it goes no further, so that what
// is compared is sending.
// clang-format off: libbpf's headers want the kernel's before them
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>
// clang-format on

SEC("tc")
int drop(struct __sk_buff* packet) {
  (void)packet;
  return TC_ACT_SHOT;
}

char _license[] SEC("license") = "GPL";
