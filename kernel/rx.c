// SPDX-License-Identifier: GPL-2.0
/*
 * From a UDP datagram to an inner packet. Runs in softirq under RCU, as the
 * sockets' encap_rcv: 0 says the datagram is ours (delivered or dropped), 1
 * gives it to whoever reads the socket. A negative value would make UDP
 * resubmit it as another protocol; we never return one.
 */

#include <linux/udp.h>
#include <net/inet_ecn.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>
#include <net/udp.h>

#include "gtp.h"

#define UDP_HLEN sizeof(struct udphdr)

/*
 * A datagram that is none of ours. Mainline gives it to the socket; so do we
 * when the socket has an owner who reads it. Our own sockets have none: there
 * it would only fill the receive buffer.
 */
static int gtp_refuse(struct gtp_link *link, struct sk_buff *skb,
		      enum gtp_link_counter what)
{
	if (link->own_sockets) {
		gtp_drop(link, skb, what);
		return 0;
	}
	gtp_count(link, what);
	gtp_count(link, GTP_LC_RX_TO_USER);
	return 1;
}

static int gtp_discard(struct gtp_link *link, struct sk_buff *skb,
		       enum gtp_link_counter what)
{
	gtp_drop(link, skb, what);
	return 0;
}

/* Length of the inner network and TCP headers; 0 if it is not plain TCP. */
static unsigned int gtp_inner_tcp_hlen(struct sk_buff *skb, __be16 proto)
{
	unsigned int nhlen = sizeof(struct ipv6hdr);
	const struct tcphdr *th;
	struct tcphdr buf;

	if (proto == htons(ETH_P_IP)) {
		if (ip_hdr(skb)->protocol != IPPROTO_TCP)
			return 0;
		nhlen = ip_hdrlen(skb);
	} else if (ipv6_hdr(skb)->nexthdr != IPPROTO_TCP) {
		return 0;
	}
	th = skb_header_pointer(skb, nhlen, sizeof(buf), &buf);
	return th ? nhlen + th->doff * 4 : 0;
}

/* RFC 6040: the outer header's congestion mark must not get lost. */
static bool gtp_ecn(struct sk_buff *skb, u8 outer, u8 inner, unsigned int hlen)
{
	bool ce = false;

	if (likely(!(outer & INET_ECN_MASK)))
		return true;
	if (__INET_ECN_decapsulate(outer, inner, &ce) > 1)
		return false;
	if (!ce && (outer & INET_ECN_MASK) != INET_ECN_ECT_1)
		return true;
	/* A tap on the lower device may hold the same data. */
	if (skb_ensure_writable(skb, hlen))
		return false;
	if (ce)
		INET_ECN_set_ce(skb);
	else if (!INET_ECN_is_not_ect(inner))
		INET_ECN_set_ect1(skb);
	return true;
}

/* Takes @skb; @hlen octets of UDP and GTP header go. */
static void gtp_deliver(struct gtp_link *link, struct gtp_tunnel *t,
			struct sk_buff *skb, unsigned int hlen, __be16 proto)
{
	unsigned int segs, bytes, tcp_hlen, nhlen;
	struct net_device *dev = link->dev;
	u8 outer, inner;

	if (skb->protocol == htons(ETH_P_IP))
		outer = ip_hdr(skb)->tos;
	else
		outer = ipv6_get_dsfield(ipv6_hdr(skb));

	if (iptunnel_pull_header(skb, hlen, proto,
				 !net_eq(link->net, dev_net(dev)))) {
		gtp_drop(link, skb, GTP_LC_RX_MEMORY);
		return;
	}
	skb_reset_mac_header(skb);
	skb_reset_network_header(skb);
	skb_reset_mac_len(skb);
	skb->dev = dev;

	if (proto == htons(ETH_P_IP)) {
		nhlen = sizeof(struct iphdr);
		inner = ip_hdr(skb)->tos;
	} else {
		nhlen = sizeof(struct ipv6hdr);
		inner = ipv6_get_dsfield(ipv6_hdr(skb));
	}
	if (unlikely(!gtp_ecn(skb, outer, inner, nhlen))) {
		gtp_drop(link, skb, GTP_LC_RX_ECN);
		return;
	}

	tcp_hlen = gtp_inner_tcp_hlen(skb, proto);
	segs = gtp_segs(skb);
	bytes = skb->len + (segs - 1) * tcp_hlen;
	gtp_counter_add(&t->rx, segs, bytes);
	dev_sw_netstats_rx_add(dev, skb->len);

	/*
	 * TCP gains from being merged here when the lower device did not do it;
	 * anything else would only pay for the attempt. The choice is by
	 * protocol, so a flow never changes queues and keeps its order.
	 */
	if (tcp_hlen)
		gro_cells_receive(&link->gro_cells, skb);
	else
		__netif_rx(skb);
}

/*
 * @at: offset of the inner packet. Looks up the tunnel and checks that the
 * packet may use it. 0 and *@tunnel, or what to count. A TEID that only the
 * other family has is known: nobody may be told otherwise.
 */
static int gtp_match(struct gtp_link *link, struct sk_buff *skb,
		     unsigned int at, struct gtp_key key,
		     struct gtp_tunnel **tunnel, __be16 *proto)
{
	struct gtp_tables *tables = link->tables;
	struct gtp_tunnel *t;
	struct gtp_key ms;
	u8 nibble = 0;

	if (pskb_may_pull(skb, at + 1))
		nibble = skb->data[at] >> 4;

	key.w[2] |= nibble == 6 ? AF_INET6 : AF_INET;
	t = gtp_tunnel_by_teid(tables, &key);
	if (unlikely(!t)) {
		key.w[2] ^= AF_INET ^ AF_INET6;
		t = gtp_tunnel_by_teid(tables, &key);
		if (!t)
			return GTP_LC_RX_UNKNOWN_TEID;
		gtp_tunnel_count(t, GTP_TE_RX_DROP_INNER);
		return GTP_LC_RX_INNER;
	}
	*tunnel = t;

	if (nibble == 4 && pskb_may_pull(skb, at + sizeof(struct iphdr))) {
		const struct iphdr *iph = (void *)(skb->data + at);

		*proto = htons(ETH_P_IP);
		ms = gtp_key_ms4(link->role == GTP_ROLE_SGSN ? iph->daddr :
							       iph->saddr);
	} else if (nibble == 6 &&
		   pskb_may_pull(skb, at + sizeof(struct ipv6hdr))) {
		const struct ipv6hdr *ip6h = (void *)(skb->data + at);

		*proto = htons(ETH_P_IPV6);
		ms = gtp_key_ms6(link->role == GTP_ROLE_SGSN ? &ip6h->daddr :
							       &ip6h->saddr);
	} else {
		gtp_tunnel_count(t, GTP_TE_RX_DROP_INNER);
		return GTP_LC_RX_INNER;
	}
	if (unlikely(!gtp_key_eq(&t->ms, &ms))) {
		gtp_tunnel_count(t, GTP_TE_RX_DROP_MS);
		return GTP_LC_RX_WRONG_MS;
	}
	return 0;
}

static int gtp1_rcv(struct gtp_link *link, struct sock *sk,
		    struct sk_buff *skb)
{
	unsigned int payload = skb->len - UDP_HLEN, total, need, avail;
	struct gtp_tunnel *t;
	struct gtp1_info info;
	enum gtp1_walk walk;
	struct gtp_key key;
	__be16 proto;
	u32 teid;
	u8 *p;
	int what;

	if (unlikely(!pskb_may_pull(skb, UDP_HLEN + GTP1_HLEN)))
		return gtp_discard(link, skb, GTP_LC_RX_SHORT);
	p = skb->data + UDP_HLEN;
	if (unlikely(gtp_version_of(p) != GTP_V1))
		return gtp_refuse(link, skb, GTP_LC_RX_VERSION);
	if (unlikely(!(p[0] & GTP_F_PT)))
		return gtp_refuse(link, skb, GTP_LC_RX_PROTOCOL_TYPE);

	/* A merged packet has one segment's length; each was checked then. */
	total = skb_is_gso(skb) ? payload : gtp1_total(p);
	if (unlikely(total > payload))
		return gtp_discard(link, skb, GTP_LC_RX_LENGTH);

	while ((walk = gtp1_walk(p, avail = skb_headlen(skb) - UDP_HLEN, total,
				 &info, &need)) == GTP1_WALK_MORE) {
		if (!pskb_may_pull(skb, UDP_HLEN + need))
			return gtp_discard(link, skb, GTP_LC_RX_MEMORY);
		p = skb->data + UDP_HLEN;
	}
	if (unlikely(walk != GTP1_WALK_OK))
		return gtp_discard(link, skb, walk == GTP1_WALK_SHORT ?
				   GTP_LC_RX_SHORT : GTP_LC_RX_EXTENSION);

	if (unlikely(p[1] != GTP_TPDU))
		return gtp_signal_rx(link, sk, skb, total, info.hlen);

	if (unlikely(info.unknown)) {
		gtp_send_ext_notification(link, sk, skb);
		return gtp_discard(link, skb, GTP_LC_RX_COMPREHENSION);
	}
	if (total < payload && pskb_trim_rcsum(skb, UDP_HLEN + total))
		return gtp_discard(link, skb, GTP_LC_RX_MEMORY);

	teid = gtp_get32(p + 4);
	key = gtp_key_tei(teid, 0);
	what = gtp_match(link, skb, UDP_HLEN + info.hlen, key, &t, &proto);
	if (unlikely(what)) {
		if (what == GTP_LC_RX_UNKNOWN_TEID && teid)
			gtp_send_error(link, sk, skb, teid);
		return gtp_refuse(link, skb, what);
	}
	if (info.qfi != t->rx_qfi && info.qfi != GTP_QFI_NONE)
		WRITE_ONCE(t->rx_qfi, info.qfi);

	gtp_deliver(link, t, skb, UDP_HLEN + info.hlen, proto);
	return 0;
}

static int gtp0_rcv(struct gtp_link *link, struct sock *sk,
		    struct sk_buff *skb)
{
	unsigned int payload = skb->len - UDP_HLEN, total;
	struct gtp_tunnel *t;
	struct gtp_key key;
	__be16 proto;
	int what;
	u8 *p;

	if (unlikely(!pskb_may_pull(skb, UDP_HLEN + GTP0_HLEN)))
		return gtp_discard(link, skb, GTP_LC_RX_SHORT);
	p = skb->data + UDP_HLEN;
	if (unlikely(gtp_version_of(p) != GTP_V0))
		return gtp_refuse(link, skb, GTP_LC_RX_VERSION);
	if (unlikely(!(p[0] & GTP_F_PT)))
		return gtp_refuse(link, skb, GTP_LC_RX_PROTOCOL_TYPE);

	total = skb_is_gso(skb) ? payload : GTP0_HLEN + gtp_get16(p + 2);
	if (unlikely(total > payload))
		return gtp_discard(link, skb, GTP_LC_RX_LENGTH);
	if (unlikely(p[1] != GTP_TPDU))
		return gtp_signal_rx(link, sk, skb, total, GTP0_HLEN);
	if (total < payload && pskb_trim_rcsum(skb, UDP_HLEN + total))
		return gtp_discard(link, skb, GTP_LC_RX_MEMORY);

	key = gtp_key_tid((u64)gtp_get32(p + 12) << 32 | gtp_get32(p + 16), 0);
	what = gtp_match(link, skb, UDP_HLEN + GTP0_HLEN, key, &t, &proto);
	if (unlikely(what))
		return gtp_refuse(link, skb, what);

	gtp_deliver(link, t, skb, UDP_HLEN + GTP0_HLEN, proto);
	return 0;
}

int gtp_encap_rcv(struct sock *sk, struct sk_buff *skb)
{
	struct gtp_link *link = rcu_dereference_sk_user_data(sk);
	u8 type = READ_ONCE(udp_sk(sk)->encap_type);

	if (unlikely(!link))
		return 1;
	if (unlikely(!gtp_link_is_live(link))) {
		if (!link->own_sockets)
			return 1;
		kfree_skb(skb);
		return 0;
	}
	if (unlikely(!netif_running(link->dev)))
		return gtp_refuse(link, skb, GTP_LC_RX_DOWN);

	switch (type) {
	case UDP_ENCAP_GTP1U:
		return gtp1_rcv(link, sk, skb);
	case UDP_ENCAP_GTP0:
		return gtp0_rcv(link, sk, skb);
	default:
		return 1;
	}
}
