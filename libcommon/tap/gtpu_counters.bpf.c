// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A socket filter that counts G-PDUs by where they go and their TEID, and keeps
 * no packet: it returns 0, so that the socket never has anything to read.
 *
 * It runs for each packet of an interface, in and out. One that is no GTP-U
 * costs a copy of 37 octets of its headers; a G-PDU besides a hash of three
 * words and two atomic additions.
 *
 * Super-packets, which are one here and many on the wire, come in two kinds,
 * told apart by the length in the first GTP header:
 *
 *   datagrams behind each other (UDP_SEGMENT, UDP GRO): it fits in gso_size
 *     | IP UDP | GTP T-PDU | GTP T-PDU | GTP T-PDU |
 *   one tunnel's TCP (SKB_GSO_UDP_TUNNEL): it does not
 *     | IP UDP | GTP IP TCP | mss | mss | mss |
 *
 * Only fields of __sk_buff and what is on the wire are used, nothing of the
 * kernel's own, so that one object fits every kernel since 5.17 (bpf_loop).
 */
#include "libcommon/tap/gtpu_counters.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>

#define GTPU_PORT 2152
#define MAX_TAGS 3 /* of a VLAN */
#define MAX_IP_EXTENSIONS 8
#define MAX_GTP_EXTENSIONS 8
#define MAX_SEGMENTS 4096

enum { GTP_ECHO_REQUEST = 1, GTP_ECHO_RESPONSE = 2, GTP_ERROR_INDICATION = 26, GTP_END_MARKER = 254, GTP_G_PDU = 255 };
enum { GTP_PT = 0x10, GTP_E = 4, GTP_S = 2, GTP_PN = 1 };
enum { GTP_PDU_SESSION_CONTAINER = 0x85 };

/* Sizes are the loader's; nothing is allocated before it is used. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 1 << 20);
  __type(key, struct gtpu_key4);
  __type(value, struct gtpu_count);
} counts4 SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 1 << 20);
  __type(key, struct gtpu_key6);
  __type(value, struct gtpu_count);
} counts6 SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 1 << 14);
  __type(key, struct gtpu_pair);
  __type(value, struct gtpu_signals);
} signals SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, GTPU_LOSSES);
  __type(key, __u32);
  __type(value, __u64);
} losses SEC(".maps");

struct gtp_header {
  __u8 flags;
  __u8 type;
  __be16 length;
  __be32 teid;
  __u8 next; /* the first octet of what follows */
  __u8 pad[3];
};

#define HEADER_AND_NEXT 9

/* IPv4 without options, UDP, GTP: what nearly all packets begin with. */
struct head4 {
  __u8 version_ihl;
  __u8 tos;
  __be16 length;
  __be16 id;
  __be16 fragment;
  __u8 ttl;
  __u8 protocol;
  __be16 check;
  __be32 from;
  __be32 to;
  __be16 source;
  __be16 dest;
  __be16 udp_length;
  __be16 udp_check;
  struct gtp_header gtp;
};

#define IPV4_HEADER 20
#define UDP_HEADER 8
#define GTP_HEADER 8
#define HEAD4_BYTES (IPV4_HEADER + UDP_HEADER + HEADER_AND_NEXT)

struct packet {
  __u32 from[4];
  __u32 to[4];
  __u32 v6;
  __u32 out;
  __u32 at;   /* of the GTP header */
  __u32 room; /* octets of the message and all behind it */
};

static __always_inline void lose(__u32 what, __u64 packets) {
  __u64* count = bpf_map_lookup_elem(&losses, &what);

  if (count) *count += packets;
}

/*
 * Once for a key: whose subscriber it is. The direction of a PDU Session
 * Container is certain; without one this host is taken for the gateway.
 */
static __noinline void learn(struct __sk_buff* skb, struct gtpu_count* count, __u32 inner, __u32 flags,
                             __u32 container) {
  __u32 up = container ? container >> 12 & 1 : !(flags & GTPU_OUT);
  __u8 info = GTPU_LEARNED | (up ? GTPU_UP : 0);
  __u32 ip[10];

  if (!count->made_ms) count->made_ms = count->seen_ns / 1000000;
  if (container) {
    info |= GTPU_HAS_QFI;
    count->qfi = container & 0x3f;
  }
  if (flags & GTPU_INNER_V6) {
    if (!bpf_skb_load_bytes(skb, inner, ip, 40)) {
      __u32* ms = up ? ip + 2 : ip + 6;
      __u32 head = bpf_ntohl(ms[0]);

      /* A Router Solicitation comes first: wait for more. */
      if (head >> 22 == 0xfe80 >> 6 || head == 0) return;
      count->ms[0] = ms[0];
      count->ms[1] = ms[1];
      info |= GTPU_HAS_MS;
    }
  } else if (!bpf_skb_load_bytes(skb, inner, ip, IPV4_HEADER) && bpf_ntohl(ip[0]) >> 28 == 4) {
    count->ms[0] = up ? ip[3] : ip[4];
    if (count->ms[0]) info |= GTPU_HAS_MS;
  }
  count->info = info;
}

static __always_inline struct gtpu_count* find_count(const struct packet* p, __be32 teid, __u32 flags, __u64 packets) {
  static const struct gtpu_count none;
  struct gtpu_count* count;

  if (p->v6) {
    struct gtpu_key6 key = {{p->to[0], p->to[1], p->to[2], p->to[3]}, teid, flags};

    count = bpf_map_lookup_elem(&counts6, &key);
    if (!count) {
      bpf_map_update_elem(&counts6, &key, &none, BPF_NOEXIST);
      count = bpf_map_lookup_elem(&counts6, &key);
    }
  } else {
    struct gtpu_key4 key = {p->to[0], teid, flags};

    count = bpf_map_lookup_elem(&counts4, &key);
    if (!count) {
      bpf_map_update_elem(&counts4, &key, &none, BPF_NOEXIST);
      count = bpf_map_lookup_elem(&counts4, &key);
    }
  }
  if (!count) lose(GTPU_NO_ROOM, packets);
  return count;
}

static __always_inline void add(struct __sk_buff* skb, const struct packet* p, __be32 teid, __u32 inner, __u8 first,
                                __u32 container, __u64 packets, __u64 bytes) {
  __u32 flags = (p->out ? GTPU_OUT : 0) | (first >> 4 == 6 ? GTPU_INNER_V6 : 0);
  struct gtpu_count* count = find_count(p, teid, flags, packets);

  if (!count) return;
  __sync_fetch_and_add(&count->packets, packets);
  __sync_fetch_and_add(&count->bytes, bytes);
  count->seen_ns = bpf_ktime_get_coarse_ns();
  if (count->from[0] != p->from[0]) count->from[0] = p->from[0];
  if (p->v6) {
    count->from[1] = p->from[1];
    count->from[2] = p->from[2];
    count->from[3] = p->from[3];
  }
  if (!(count->info & GTPU_LEARNED)) learn(skb, count, inner, flags, container);
}

static __noinline void count_signal(const struct packet* p, __u8 type) {
  static const struct gtpu_signals none;
  struct gtpu_signals* count;
  struct gtpu_pair pair = {};

  if (p->v6) {
    __builtin_memcpy(pair.from, p->from, sizeof(pair.from));
    __builtin_memcpy(pair.to, p->to, sizeof(pair.to));
  } else {
    pair.from[2] = pair.to[2] = bpf_htonl(0xffff);
    pair.from[3] = p->from[0];
    pair.to[3] = p->to[0];
  }
  pair.flags = p->out ? GTPU_OUT : 0;
  count = bpf_map_lookup_elem(&signals, &pair);
  if (!count) {
    bpf_map_update_elem(&signals, &pair, &none, BPF_NOEXIST);
    count = bpf_map_lookup_elem(&signals, &pair);
  }
  if (!count) return;
  count->seen_ns = bpf_ktime_get_coarse_ns();
  if (type == GTP_ECHO_REQUEST)
    __sync_fetch_and_add(&count->echo_requests, 1);
  else if (type == GTP_ECHO_RESPONSE)
    __sync_fetch_and_add(&count->echo_responses, 1);
  else if (type == GTP_ERROR_INDICATION)
    __sync_fetch_and_add(&count->error_indications, 1);
  else if (type == GTP_END_MARKER)
    __sync_fetch_and_add(&count->end_markers, 1);
  else
    __sync_fetch_and_add(&count->others, 1);
}

/*
 * Octets of the GTP header at p->at with all extension headers, at most
 * [length], the message's; 0 if that is not to be had. *[first] becomes the
 * octet behind it, *[container] a PDU Session Container's two octets with bit
 * 16 set.
 *
 *   | flags type length | TEID | sequence  N-PDU  next | n  content  next | …
 */
static __always_inline __u32 walk(struct __sk_buff* skb, __u32 at, __u32 length, __u8* first, __u32* container) {
  /* N-PDU's next, and an extension header of four octets. */
  __u8 part[6];
  __u32 size = GTP_HEADER + 4;
  __u8 next;
  int i;

  if (length < size) return 0;
  if (bpf_skb_load_bytes(skb, at + size - 1, part, 1)) return 0;
  next = part[0];
  for (i = 0; i < MAX_GTP_EXTENSIONS && next; i++) {
    __u32 units;

    if (bpf_skb_load_bytes(skb, at + size, part, 4)) return 0;
    units = part[0];
    if (!units || size + units * 4 > length) return 0;
    if (next == GTP_PDU_SESSION_CONTAINER) *container = 1 << 16 | part[1] << 8 | part[2];
    size += units * 4;
    if (units == 1)
      next = part[3];
    else if (bpf_skb_load_bytes(skb, at + size - 1, &next, 1))
      return 0;
  }
  if (next) return 0;
  if (size < length && bpf_skb_load_bytes(skb, at + size, first, 1)) return 0;
  return size;
}

/* Octets of inner IP and TCP headers; 0 if it is something else. */
static __noinline __u32 tcp_headers(struct __sk_buff* skb, __u32 at) {
  __u8 part[20];
  __u32 size;

  if (bpf_skb_load_bytes(skb, at, part, sizeof(part))) return 0;
  if (part[0] >> 4 == 4 && part[9] == 6)
    size = (part[0] & 15) * 4;
  else if (part[0] >> 4 == 6 && part[6] == 6)
    size = 40;
  else
    return 0;
  if (bpf_skb_load_bytes(skb, at + size, part, 13)) return 0;
  return size + (part[12] >> 4) * 4;
}

/*
 * One message, of which [gtp] is the beginning; a tunnel's TCP if [mss] is. Not
 * static, so that the verifier looks at it once and not once for each way here.
 */
__noinline int count_message(struct __sk_buff* skb, const struct packet* p, const struct gtp_header* gtp, __u32 mss) {
  if (!p || !gtp) return 0;

  __u32 length = GTP_HEADER + bpf_ntohs(gtp->length);
  __u32 size = GTP_HEADER, container = 0, bytes, headers;
  __u64 segments;
  __u8 first = gtp->next;

  if (gtp->type != GTP_G_PDU) {
    count_signal(p, gtp->type);
    return 0;
  }
  if (length > p->room) {
    lose(GTPU_MALFORMED, 1);
    return 0;
  }
  if (gtp->flags & (GTP_E | GTP_S | GTP_PN)) {
    if (gtp->flags & GTP_E)
      size = walk(skb, p->at, length, &first, &container);
    else if (length < GTP_HEADER + 4)
      size = 0;
    else {
      size = GTP_HEADER + 4;
      if (size < length) bpf_skb_load_bytes(skb, p->at + size, &first, 1);
    }
    if (!size) {
      lose(GTPU_MALFORMED, 1);
      return 0;
    }
  }
  if (size == length) first = 0;
  bytes = length - size;
  segments = 1;
  if (mss) {
    /* The header may speak of the first segment or of all. */
    bytes = p->room - size;
    headers = tcp_headers(skb, p->at + size);
    if (headers && headers < bytes) {
      segments = (bytes - headers + mss - 1) / mss;
      bytes += (segments - 1) * headers;
    }
  }
  add(skb, p, gtp->teid, p->at + size, first, container, segments, bytes);
  return 0;
}

static __always_inline int load_gtp(struct __sk_buff* skb, __u32 at, struct gtp_header* gtp) {
  if (!bpf_skb_load_bytes(skb, at, gtp, HEADER_AND_NEXT)) return 0;
  gtp->next = 0;
  return bpf_skb_load_bytes(skb, at, gtp, GTP_HEADER);
}

static __always_inline int is_gtp1(const struct gtp_header* gtp) {
  return (gtp->flags & (0xe0 | GTP_PT)) == (1 << 5 | GTP_PT);
}

struct segments {
  struct __sk_buff* skb;
  struct packet p; /* its at and room: of all */
  __u32 size;
};

static long segment(__u32 number, struct segments* all) {
  __u32 skip = number * all->size;
  struct gtp_header gtp = {};
  struct packet p = all->p;

  if (skip >= p.room) return 1;
  p.at += skip;
  p.room -= skip;
  if (p.room > all->size) p.room = all->size;
  if (load_gtp(all->skb, p.at, &gtp)) return 1;
  if (is_gtp1(&gtp))
    count_message(all->skb, &p, &gtp, 0);
  else
    lose(GTPU_VERSION, 1);
  return 0;
}

/* A super-packet. */
static __always_inline void super(struct __sk_buff* skb, struct packet* p, const struct gtp_header* gtp, __u32 size) {
  struct segments all;
  __u32 count;

  if (gtp->type == GTP_G_PDU && is_gtp1(gtp) && GTP_HEADER + bpf_ntohs(gtp->length) > size) {
    count_message(skb, p, gtp, size);
    return;
  }
  all.skb = skb;
  all.p = *p;
  all.size = size;
  count = (p->room + size - 1) / size;
  if (count > MAX_SEGMENTS) {
    lose(GTPU_MALFORMED, count);
    return;
  }
  bpf_loop(count, segment, &all, 0);
}

/* [udp]: ports and length as on the wire. */
static __always_inline void datagram(struct __sk_buff* skb, struct packet* p, __be16 dest, __be16 length, __u32 whole,
                                     const struct gtp_header* gtp) {
  __u32 size = bpf_ntohs(length);
  __u32 gso = skb->gso_size;

  /* A G-PDU goes to the port; an answer goes to who asked, from it. */
  if (dest != bpf_htons(GTPU_PORT) && gtp->type == GTP_G_PDU) return;
  if (size < UDP_HEADER + GTP_HEADER) return;
  p->room = size - UDP_HEADER;
  if (whole && p->at + p->room > skb->len) {
    lose(GTPU_MALFORMED, 1);
    return;
  }
  if (gso && p->room > gso)
    super(skb, p, gtp, gso);
  else if (is_gtp1(gtp))
    count_message(skb, p, gtp, 0);
  else if (dest == bpf_htons(GTPU_PORT))
    lose(GTPU_VERSION, 1);
}

static __always_inline int is_gtpu(__be16 source, __be16 dest) {
  return dest == bpf_htons(GTPU_PORT) || source == bpf_htons(GTPU_PORT);
}

static __always_inline void ipv4(struct __sk_buff* skb, struct packet* p, __u32 at) {
  struct head4 head = {};
  __u32 size;

  /* End Markers are shorter, and bare IP has no padding. */
  if (bpf_skb_load_bytes(skb, at, &head, HEAD4_BYTES)) {
    head.gtp.next = 0;
    if (bpf_skb_load_bytes(skb, at, &head, HEAD4_BYTES - 1)) return;
  }
  if (head.protocol != 17 || head.version_ihl >> 4 != 4) return;
  size = (head.version_ihl & 15) * 4;
  /* The first fragment has the header, and the length of all. */
  if (head.fragment & bpf_htons(0x1fff)) return;
  if (size != IPV4_HEADER) {
    if (size < IPV4_HEADER || bpf_skb_load_bytes(skb, at + size, &head.source, UDP_HEADER)) return;
    if (!is_gtpu(head.source, head.dest) || load_gtp(skb, at + size + UDP_HEADER, &head.gtp)) return;
  }
  if (!is_gtpu(head.source, head.dest)) return;
  p->from[0] = head.from;
  p->to[0] = head.to;
  p->at = at + size + UDP_HEADER;
  datagram(skb, p, head.dest, head.udp_length, !(head.fragment & bpf_htons(0x2000)), &head.gtp);
}

static __always_inline void ipv6(struct __sk_buff* skb, struct packet* p, __u32 at) {
  struct {
    __be32 flow;
    __be16 length;
    __u8 next, hops;
    __be32 from[4], to[4];
  } ip;
  struct {
    __be16 source, dest, length, check;
  } udp;
  struct gtp_header gtp = {};
  __u32 whole = 1;
  __u8 part[4];
  __u8 next;
  int i;

  if (bpf_skb_load_bytes(skb, at, &ip, sizeof(ip))) return;
  if ((bpf_ntohl(ip.flow) >> 28) != 6) return;
  next = ip.next;
  at += sizeof(ip);
  for (i = 0; i < MAX_IP_EXTENSIONS && next != 17; i++) {
    /* Hop-by-hop, routing, fragment, destination options. */
    if (next != 0 && next != 43 && next != 44 && next != 60) return;
    if (bpf_skb_load_bytes(skb, at, part, sizeof(part))) return;
    if (next == 44) {
      if ((part[2] << 8 | part[3]) & 0xfff8) return;
      whole = !(part[3] & 1);
      at += 8;
    } else {
      at += 8 + part[1] * 8;
    }
    next = part[0];
  }
  if (next != 17 || bpf_skb_load_bytes(skb, at, &udp, sizeof(udp))) return;
  if (!is_gtpu(udp.source, udp.dest) || load_gtp(skb, at + UDP_HEADER, &gtp)) return;
  __builtin_memcpy(p->from, ip.from, sizeof(p->from));
  __builtin_memcpy(p->to, ip.to, sizeof(p->to));
  p->v6 = 1;
  p->at = at + UDP_HEADER;
  datagram(skb, p, udp.dest, udp.length, whole, &gtp);
}

static __always_inline void network(struct __sk_buff* skb, __u32 at, __be16 protocol) {
  struct packet p = {.out = skb->pkt_type == 4};

  /* Frames for others, of a mirror or a flooding switch, are not ours. */
  if (skb->pkt_type == 3) return;
  if (protocol == bpf_htons(ETH_P_IP))
    ipv4(skb, &p, at);
  else if (protocol == bpf_htons(ETH_P_IPV6))
    ipv6(skb, &p, at);
}

static __always_inline int is_tag(__be16 protocol) {
  return protocol == bpf_htons(ETH_P_8021Q) || protocol == bpf_htons(ETH_P_8021AD);
}

/* Frames with an Ethernet header. A tag may be in it, or the device took it. */
SEC("socket")
int count_ethernet(struct __sk_buff* skb) {
  __be16 protocol = skb->protocol;
  __u32 at = ETH_HLEN;
  int i;

  if (is_tag(protocol)) {
    for (i = 0; i <= MAX_TAGS; i++) {
      if (bpf_skb_load_bytes(skb, at - 2, &protocol, 2)) return 0;
      if (!is_tag(protocol)) break;
      at += 4;
    }
  }
  network(skb, at, protocol);
  return 0;
}

/* Packets that begin with their IP header. */
SEC("socket")
int count_ip(struct __sk_buff* skb) {
  network(skb, 0, skb->protocol);
  return 0;
}

char gpl[] SEC("license") = "GPL";
