// SPDX-License-Identifier: GPL-2.0
/*
 * Super-packets. One GTP header in front of many TCP segments is right only
 * if its length field is right for each of them once somebody cuts them apart,
 * because whoever does (the core, a NIC) copies the header as it is:
 *
 *   | outer IP, UDP | GTP len=L | inner IP, TCP | mss | mss | mss |
 *   =>  L = what one segment has, and every segment must have the same.
 *
 * So a shorter last segment leaves as a packet of its own, and packets whose
 * header changes with each (a sequence number) are cut before the header is
 * written. Receive merges by the same rule: only T-PDUs with equal headers,
 * length included, so that cutting them again gives what came.
 */

#include <linux/ip.h>
#include <linux/tcp.h>
#include <net/gro.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>
#include <net/tcp.h>

#include "gtp.h"

/* Features of segments we cut: checksums may stay to be filled in. */
#define GTP_SEGMENT_FEATURES (NETIF_F_SG | NETIF_F_FRAGLIST |	\
			      NETIF_F_HIGHDMA | NETIF_F_HW_CSUM)

/* Lengths and checksum of the inner headers, after a change of the payload. */
static void gtp_fix_headers(struct sk_buff *skb)
{
	unsigned int len = skb->len - skb_transport_offset(skb);
	struct tcphdr *th = tcp_hdr(skb);

	if (skb->protocol == htons(ETH_P_IP)) {
		struct iphdr *iph = ip_hdr(skb);

		iph->tot_len = htons(skb->len);
		ip_send_check(iph);
		th->check = ~tcp_v4_check(len, iph->saddr, iph->daddr, 0);
	} else {
		struct ipv6hdr *ip6h = ipv6_hdr(skb);

		ip6h->payload_len = htons(skb->len - sizeof(*ip6h));
		th->check = ~tcp_v6_check(len, &ip6h->saddr, &ip6h->daddr, 0);
	}
}

/*
 * Move the last, shorter segment of @skb into a packet of its own, as
 * @skb->next. At most one segment is copied. The headers are pulled and the
 * checksum is CHECKSUM_PARTIAL. On error @skb is as it was.
 */
static int gtp_split_tail(struct sk_buff *skb)
{
	unsigned int hlen = skb_transport_offset(skb) + tcp_hdrlen(skb);
	unsigned int mss = skb_shinfo(skb)->gso_size;
	unsigned int rest = (skb->len - hlen) % mss;
	unsigned int full = skb->len - hlen - rest;
	struct sk_buff *tail;
	struct tcphdr *th;

	if (!rest)
		return 0;

	tail = alloc_skb(skb->dev->needed_headroom + hlen + rest, GFP_ATOMIC);
	if (!tail)
		return -ENOMEM;
	skb_copy_header(tail, skb);
	skb_reserve(tail, skb->dev->needed_headroom);
	skb_reset_mac_header(tail);
	skb_reset_network_header(tail);
	skb_set_transport_header(tail, skb_transport_offset(skb));
	skb_shinfo(tail)->gso_size = 0;
	skb_shinfo(tail)->gso_segs = 0;
	skb_shinfo(tail)->gso_type = 0;
	tail->ip_summed = CHECKSUM_PARTIAL;
	tail->csum_start = tail->transport_header;
	tail->csum_offset = offsetof(struct tcphdr, check);
	skb_copy_bits(skb, 0, skb_put(tail, hlen), hlen);
	if (skb_copy_bits(skb, hlen + full, skb_put(tail, rest), rest) ||
	    skb_ensure_writable(skb, hlen) || pskb_trim(skb, hlen + full)) {
		kfree_skb(tail);
		return -ENOMEM;
	}

	th = tcp_hdr(tail);
	th->seq = htonl(ntohl(th->seq) + full);
	th->cwr = 0;
	th = tcp_hdr(skb);
	th->fin = 0;
	th->psh = 0;
	if (skb->protocol == htons(ETH_P_IP))
		ip_hdr(tail)->id = htons(ntohs(ip_hdr(skb)->id) + full / mss);

	if (full > mss) {
		skb_shinfo(skb)->gso_segs = full / mss;
	} else {
		skb_shinfo(skb)->gso_size = 0;
		skb_shinfo(skb)->gso_segs = 0;
		skb_shinfo(skb)->gso_type = 0;
	}
	gtp_fix_headers(skb);
	gtp_fix_headers(tail);
	skb->next = tail;
	return 0;
}

/*
 * Plain TCP with everything about it known. Behind an IPv6 extension header
 * there may be another destination in its checksum than the one we see.
 */
static bool gtp_is_simple_tcp(const struct sk_buff *skb)
{
	unsigned int nhlen = skb->protocol == htons(ETH_P_IP) ?
			     ip_hdrlen(skb) : sizeof(struct ipv6hdr);
	unsigned int type = skb_shinfo(skb)->gso_type;

	return skb->ip_summed == CHECKSUM_PARTIAL && !skb->encapsulation &&
	       skb_transport_offset(skb) == nhlen &&
	       type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6) &&
	       !(type & ~(SKB_GSO_TCPV4 | SKB_GSO_TCPV6 | SKB_GSO_TCP_ECN)) &&
	       skb_transport_offset(skb) + tcp_hdrlen(skb) <= skb_headlen(skb);
}

/*
 * Takes the super-packet @skb; returns a list to be sent packet by packet, or
 * an error pointer with @skb untouched. @whole: it may stay one if it can.
 */
struct sk_buff *gtp_gso_segment(struct sk_buff *skb, bool whole)
{
	struct sk_buff *segs;

	if (whole && gtp_is_simple_tcp(skb) && !gtp_split_tail(skb))
		return skb;

	segs = skb_gso_segment(skb, GTP_SEGMENT_FEATURES);
	if (IS_ERR(segs))
		return segs;
	if (!segs)
		return ERR_PTR(-EINVAL);
	consume_skb(skb);
	return segs;
}

/* Header lengths that are merged: without options, or with one container. */
#define GTP_GRO_HLEN_PSC (GTP1_HLEN_OPT + GTP_PSC_LEN)

/* The length of a header with extensions, if it is one we merge; else 0. */
static unsigned int gtp_gro_hlen(struct sk_buff *skb, unsigned int off)
{
	const u8 *gtp = skb_gro_header(skb, off + GTP_GRO_HLEN_PSC, off);
	struct gtp1_info info;
	unsigned int need;

	if (!gtp || gtp1_walk(gtp, GTP_GRO_HLEN_PSC, skb_gro_len(skb), &info,
			      &need) != GTP1_WALK_OK)
		return 0;
	return info.hlen == GTP_GRO_HLEN_PSC && !info.unknown ? info.hlen : 0;
}

static bool gtp_gro_same(const u8 *a, const u8 *b, unsigned int hlen)
{
	return !memcmp(a, b, GTP1_HLEN) &&
	       (hlen == GTP1_HLEN ||
		!memcmp(a + GTP1_HLEN, b + GTP1_HLEN,
			GTP_GRO_HLEN_PSC - GTP1_HLEN));
}

static __be16 gtp_inner_proto(const u8 *ip)
{
	switch (*ip >> 4) {
	case 4:
		return htons(ETH_P_IP);
	case 6:
		return htons(ETH_P_IPV6);
	default:
		return 0;
	}
}

/* NAPI, RCU. */
struct sk_buff *gtp_gro_receive(struct sock *sk, struct list_head *head,
				struct sk_buff *skb)
{
	unsigned int off = skb_gro_offset(skb), hlen;
	const struct packet_offload *ptype;
	struct sk_buff *pp = NULL, *p;
	int flush = 1;
	__be16 proto;
	u8 *gtp;

	if (READ_ONCE(udp_sk(sk)->encap_type) != UDP_ENCAP_GTP1U)
		goto out;
	gtp = skb_gro_header(skb, off + GTP1_HLEN, off);
	if (!gtp || (gtp[0] & ~(GTP_F_E | 0x08)) != GTP1_FLAGS ||
	    gtp[1] != GTP_TPDU)
		goto out;
	if (gtp1_total(gtp) != skb_gro_len(skb))
		goto out;
	hlen = GTP1_HLEN;
	if (gtp[0] & GTP_F_E) {
		hlen = gtp_gro_hlen(skb, off);
		if (!hlen)
			goto out;
	}

	gtp = skb_gro_header(skb, off + hlen + 1, off);
	if (!gtp)
		goto out;
	proto = gtp_inner_proto(gtp + hlen);
	ptype = proto ? gro_find_receive_by_type(proto) : NULL;
	if (!ptype)
		goto out;

	flush = 0;
	list_for_each_entry(p, head, list) {
		if (NAPI_GRO_CB(p)->same_flow &&
		    !gtp_gro_same(p->data + off, gtp, hlen))
			NAPI_GRO_CB(p)->same_flow = 0;
	}
	skb_gro_pull(skb, hlen);
	skb_gro_postpull_rcsum(skb, gtp, hlen);
	pp = call_gro_receive(ptype->callbacks.gro_receive, head, skb);
out:
	skb_gro_flush_final(skb, pp, flush);
	return pp;
}

/* NAPI, RCU. The header needs no change: it is right for every segment. */
int gtp_gro_complete(struct sock *sk, struct sk_buff *skb, int nhoff)
{
	const u8 *gtp = skb->data + nhoff;
	struct packet_offload *ptype;
	__be16 proto;
	int err;

	nhoff += gtp[0] & GTP_F_E ? GTP_GRO_HLEN_PSC : GTP1_HLEN;
	proto = gtp_inner_proto(skb->data + nhoff);
	ptype = proto ? gro_find_complete_by_type(proto) : NULL;
	if (!ptype)
		return -ENOENT;
	err = ptype->callbacks.gro_complete(skb, nhoff);
	skb_set_inner_mac_header(skb, nhoff);
	skb_set_inner_protocol(skb, proto);
	return err;
}
