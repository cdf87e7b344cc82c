// SPDX-License-Identifier: GPL-2.0-or-later
//
// The packets of a flood, made in the kernel. BPF_PROG_TEST_RUN runs `flood` on one page after the other and sends each
// by a redirect. A page comes back with whatever its last packet was, or what its receiver has made of it, so every
// packet gets all of its headers anew.
//
// One thread runs it at a time: each sending thread has loaded its own, so nothing here is atomic.
// clang-format off: libbpf's headers want the kernel's before them
#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
// clang-format on

#include "gtpgen/transmit/xdp_flood_abi.h"

#define CLOCK_EVERY 16  // packets to a look at the clock

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct flood_plan);
} plans SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct flood_counts);
} counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 1);  // the loader sets it
  __type(key, __u32);
  __type(value, struct flood_tunnel);
} tunnels SEC(".maps");

// [size] octets at [at] of the packet, or null.
static __always_inline void* place(struct xdp_md* context, __u32 at, __u32 size) {
  void* start = (void*)(long)context->data + (at & 0xff);
  return start + size > (void*)(long)context->data_end ? NULL : start;
}

static __always_inline __u16 fold(__u64 sum) {
  sum = (sum >> 32) + (sum & 0xffffffff);
  sum = (sum >> 16) + (sum & 0xffff);
  sum = (sum >> 16) + (sum & 0xffff);
  return (__u16)((sum >> 16) + (sum & 0xffff));
}

// UDP's 0 means "none".
static __always_inline __u16 udp_checksum(__u64 sum) {
  const __u16 checksum = ~fold(sum);
  return checksum == 0 ? 0xffff : checksum;
}

static __always_inline int write_template(struct xdp_md* context, const struct flood_plan* plan) {
  void* data = (void*)(long)context->data;
  const void* end = (void*)(long)context->data_end;
  const __u64* octets = (const __u64*)plan->octets;
#pragma unroll
  for (__u32 i = 0; i < FLOOD_HEADERS / 8; ++i) {
    if (8 * i >= plan->stamp_at) break;
    __u64* words = data + 8 * i;
    if ((void*)(words + 1) > end) return -1;
    *words = octets[i];
  }
  return 0;
}

// Writes the stamp and returns its sum, without what the template has.
static __always_inline long write_stamp(struct xdp_md* context, const struct flood_plan* plan, __u32 stream,
                                        __u32 sequence, __u64 time, __u64* sum) {
  __u16* words = place(context, plan->stamp_at, 18);
  if (!words) return -1;
  const __u16 tunnel_high = bpf_htons((__u16)(stream >> 16));
  const __u16 tunnel = bpf_htons((__u16)stream);
  const __u32 number = bpf_htonl(sequence);
  const __u16 time_high = bpf_htons((__u16)(time >> 32));
  const __u32 time_low = bpf_htonl((__u32)time);
  words[0] = plan->magic;
  words[1] = tunnel_high;
  words[2] = tunnel;
  *(__u32*)(words + 3) = number;
  words[5] = time_high;
  *(__u32*)(words + 6) = time_low;
  words[8] = plan->run;
  *sum = (__u64)tunnel_high + tunnel + number + time_high + time_low;
  return 0;
}

// The inner packet's addresses, IPv4 checksum included. Returns their sum in [sum].
static __always_inline long write_subscriber(struct xdp_md* context, const struct flood_plan* plan,
                                             const struct flood_tunnel* tunnel, __u64* sum) {
  const __u32* own = (const __u32*)tunnel->subscriber;
  if (plan->inner_v6) {
    __u32* words = place(context, plan->addresses_at + (plan->subscriber & 0x1f), 16);
    if (!words) return -1;
    words[0] = own[0];
    words[1] = own[1];
    words[2] = own[2];
    words[3] = own[3];
    *sum = (__u64)own[0] + own[1] + own[2] + own[3];
    return 0;
  }
  __u32* word = place(context, plan->addresses_at + (plan->subscriber & 0x1f), 4);
  if (!word) return -1;
  *word = own[0];
  *sum = own[0];
  __u16* checksum = place(context, plan->addresses_at - 2, 2);
  if (!checksum) return -1;
  *checksum = ~fold(plan->ip_sum + *sum);
  return 0;
}

static __always_inline long write_upper(struct xdp_md* context, const struct flood_plan* plan, __u32 sequence,
                                        __u64 sum) {
  const __u32 flow = plan->flows > 1 ? sequence % plan->flows : 0;
  __u16* port = place(context, plan->port_at, 2);
  if (!port) return -1;
  *port = bpf_htons((__u16)(plan->port + flow));
  sum += *port;
  if (plan->icmp) {
    __u16* number = place(context, plan->upper_at + 6, 2);
    if (!number) return -1;
    *number = bpf_htons((__u16)sequence);
    sum += *number;
  } else if (plan->tcp_payload != 0) {
    __u32* number = place(context, plan->upper_at + 4, 4);
    if (!number) return -1;
    *number = bpf_htonl(sequence * plan->tcp_payload);
    sum += *number;
  }
  __u16* checksum = place(context, plan->checksum_at, 2);
  if (!checksum) return -1;
  const bool udp = !plan->icmp && plan->tcp_payload == 0;
  *checksum = udp ? udp_checksum(plan->upper_sum + sum) : (__u16)~fold(plan->upper_sum + sum);
  return 0;
}

// GTP-U and UDP around. Whatever changes in an inner packet, its checksums keep the sum of what they cover the same;
// only the addresses count once more, as the pseudo header of the upper layer has them and its segment has not.
static __always_inline long write_outer(struct xdp_md* context, const struct flood_plan* plan,
                                        const struct flood_tunnel* tunnel, __u32 sequence, __u64 subscriber_sum) {
  __u8* gtp = place(context, plan->gtp_at, 16);
  __u16* udp = place(context, plan->udp_at, 8);
  if (!gtp || !udp) return -1;
  __u64 sum = plan->outer_sum;
  *(__u32*)(gtp + 4) = tunnel->teid_be;
  sum += tunnel->teid_be;
  if (plan->number_gtp) {
    const __u16 number = bpf_htons((__u16)sequence);
    *(__u16*)(gtp + 8) = number;
    sum += number;
  }
  if (plan->has_qfi) {
    gtp[14] = tunnel->qfi;
    sum += bpf_htons((__u16)(tunnel->qfi << 8));
  }
  if (!plan->inner_v6 && !plan->icmp) sum += (__u16)~fold(subscriber_sum);
  udp[0] = tunnel->source_port_be;
  sum += tunnel->source_port_be;
  udp[3] = udp_checksum(sum);
  return 0;
}

SEC("xdp")
int flood(struct xdp_md* context) {
  const __u32 zero = 0;
  const struct flood_plan* plan = bpf_map_lookup_elem(&plans, &zero);
  struct flood_counts* count = bpf_map_lookup_elem(&counts, &zero);
  if (!plan || !count) return XDP_DROP;
  if (count->packets % CLOCK_EVERY == 0 || count->now_ns >= plan->deadline_ns) {
    count->now_ns = bpf_ktime_get_ns();
    // Its number here is not the one that it knows itself in a namespace of processes.
    count->thread = (__u32)bpf_get_current_pid_tgid();
  }
  if (plan->stop || count->packets >= plan->limit || count->now_ns >= plan->deadline_ns) return XDP_DROP;
  const __u32 entry = count->next;
  struct flood_tunnel* tunnel = bpf_map_lookup_elem(&tunnels, &entry);
  if (!tunnel) return XDP_DROP;

  const __u32 sequence = (__u32)tunnel->sequence;
  __u64 stamp_sum, subscriber_sum;
  if (write_template(context, plan) || write_subscriber(context, plan, tunnel, &subscriber_sum) ||
      write_stamp(context, plan, tunnel->stream, sequence, count->now_ns - plan->epoch_ns, &stamp_sum)) {
    return XDP_DROP;
  }
  const bool pseudo = !plan->icmp || plan->inner_v6;
  if (write_upper(context, plan, sequence, stamp_sum + (pseudo ? subscriber_sum : 0)) ||
      write_outer(context, plan, tunnel, sequence, subscriber_sum)) {
    return XDP_DROP;
  }
  count->next = entry + 1 >= plan->tunnels ? 0 : entry + 1;
  ++tunnel->sequence;
  ++count->packets;
  return bpf_redirect(plan->link, 0);
}

struct net_device {
  int ifindex;
} __attribute__((preserve_access_index));

// What became of the frames that were redirected: the interface takes them some at a time.
SEC("raw_tracepoint/xdp_devmap_xmit")
int count_sent(struct bpf_raw_tracepoint_args* context) {
  const __u32 zero = 0;
  const struct flood_plan* plan = bpf_map_lookup_elem(&plans, &zero);
  struct flood_counts* count = bpf_map_lookup_elem(&counts, &zero);
  const struct net_device* device = (const struct net_device*)context->args[1];
  if (!plan || !count || (__u32)bpf_get_current_pid_tgid() != count->thread) return 0;
  if ((__u32)BPF_CORE_READ(device, ifindex) != plan->link) return 0;
  count->sent += (__u32)context->args[2];
  return 0;
}

char _license[] SEC("license") = "GPL";
