// SPDX-License-Identifier: GPL-2.0
/* From an inner packet to a UDP datagram. Softirqs off, under RCU. */

#include <linux/icmpv6.h>
#include <linux/udp.h>
#include <net/icmp.h>
#include <net/inet_ecn.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>
#include <net/udp_tunnel.h>

#include "gtp.h"

/* All about a packet's way out that its segments share. */
struct gtp_tx {
	struct gtp_link *link;
	struct gtp_tunnel *t;
	struct gtp_egress egress;
	struct sock *sk;
	struct dst_entry *dst;
	union {
		__be32 saddr4;
		struct in6_addr saddr6;
	};
	__be16 proto;			/* of the inner packet */
	__be16 sport, dport;
	u8 tos;
	u8 version;
	u8 hlen;			/* GTP header */
	bool xnet;
	bool offload;			/* see gtp_tx_may_offload() */
	unsigned int headroom;
};

/* Route to the peer. 0, or what to count. */
static int gtp_tx_route(struct gtp_tx *tx)
{
	struct gtp_path *path = tx->egress.path;
	int err;

	if (path->peer.family == AF_INET) {
		struct rtable *rt;

		tx->saddr4 = 0;
		err = gtp_route4(tx->link, tx->sk, &path->dst_cache,
				 path->peer.v4, &tx->saddr4, &rt);
		if (!err)
			tx->dst = &rt->dst;
	} else {
		tx->saddr6 = in6addr_any;
		err = gtp_route6(tx->link, tx->sk, &path->dst_cache, 0,
				 &path->peer.v6, &tx->saddr6, &tx->dst);
	}
	if (likely(!err))
		return 0;
	gtp_tunnel_count(tx->t, GTP_TE_TX_DROP_ROUTE);
	return err == -ELOOP ? GTP_LC_TX_LOOP : GTP_LC_TX_NO_ROUTE;
}

static unsigned int gtp_tx_overhead(const struct gtp_tx *tx)
{
	return tx->hlen + sizeof(struct udphdr) +
	       (tx->egress.path->peer.family == AF_INET ?
		sizeof(struct iphdr) : sizeof(struct ipv6hdr));
}

static bool gtp_tx_within(const struct sk_buff *skb, unsigned int mtu)
{
	return skb_is_gso(skb) ? skb_gso_validate_network_len(skb, mtu) :
				 skb->len <= mtu;
}

/* Each packet on the wire counts, not each fragment of it. */
static bool gtp_tx_in_fragments(struct gtp_tx *tx, const struct sk_buff *skb)
{
	gtp_count_add(tx->link, GTP_LC_TX_FRAGMENTED, gtp_segs(skb));
	return true;
}

/*
 * Whether the packet fits the path. If not, the sender is told where it asked
 * to be (IPv4 with DF, IPv6); what may be fragmented goes on, and the outer
 * packet is.
 */
static bool gtp_tx_fits(struct gtp_tx *tx, struct sk_buff *skb)
{
	unsigned int mtu = dst_mtu(tx->dst) - gtp_tx_overhead(tx);

	if (likely(gtp_tx_within(skb, mtu)))
		return true;

	if (tx->proto == htons(ETH_P_IP)) {
		if (!(ip_hdr(skb)->frag_off & htons(IP_DF)))
			return gtp_tx_in_fragments(tx, skb);
		skb_dst_update_pmtu_no_confirm(skb, mtu);
		icmp_ndo_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED,
			      htonl(mtu));
		return false;
	}

	/* No IPv6 link is narrower than this: the rest is ours to fragment. */
	if (mtu < IPV6_MIN_MTU) {
		mtu = IPV6_MIN_MTU;
		if (gtp_tx_within(skb, mtu))
			return gtp_tx_in_fragments(tx, skb);
	}
	skb_dst_update_pmtu_no_confirm(skb, mtu);
	icmpv6_ndo_send(skb, ICMPV6_PKT_TOOBIG, 0, mtu);
	return false;
}

/*
 * Who may get a packet whose inner checksum is left to the device. One with
 * hardware below it fills it in, at the latest in front of the driver. Behind a
 * virtual one (veth, a bridge, loopback) a socket of user space would get the
 * packet as it is. The link's tx-udp_tnl-csum-segmentation overrules that.
 */
static bool gtp_tx_may_offload(const struct gtp_tx *tx)
{
	return tx->link->dev->features & NETIF_F_GSO_UDP_TUNNEL_CSUM ||
	       tx->dst->dev->dev.parent;
}

/*
 * Takes @skb and a reference to tx->dst. A super-packet's header gets the
 * length of one segment.
 */
static void gtp_tx_one(struct gtp_tx *tx, struct sk_buff *skb)
{
	unsigned int len = skb->len, segs = 1, bytes = skb->len, inner;
	struct gtp_egress *egress = &tx->egress;
	bool gso = skb_is_gso(skb);

	if (unlikely(skb_cow_head(skb, tx->headroom)))
		goto drop;
	if (!gso && skb->ip_summed == CHECKSUM_PARTIAL && !tx->offload &&
	    unlikely(skb_checksum_help(skb)))
		goto drop;
	if (gso) {
		inner = skb_transport_offset(skb) + tcp_hdrlen(skb);
		len = inner + skb_shinfo(skb)->gso_size;
		segs = gtp_segs(skb);
		bytes += (segs - 1) * inner;
	}
	if (unlikely(iptunnel_handle_offloads(skb, gso ?
					      SKB_GSO_UDP_TUNNEL_CSUM : 0)))
		goto drop;
	skb_set_inner_protocol(skb, tx->proto);

	if (tx->version == GTP_V1)
		gtp1_build(__skb_push(skb, tx->hlen), egress->o_tei, len,
			   egress->qfi, egress->pdu_type);
	else
		gtp0_build(__skb_push(skb, tx->hlen), GTP_TPDU,
			   atomic_inc_return(&tx->t->tx_seq) - 1,
			   egress->o_tei,
			   (u64)tx->t->teid.w[0] << 32 | tx->t->teid.w[1], len);

	gtp_counter_add(&tx->t->tx, segs, bytes);

	if (egress->path->peer.family == AF_INET) {
		udp_tunnel_xmit_skb(gtp_compat_rtable(tx->dst), tx->sk, skb,
				    tx->saddr4, egress->path->peer.v4, tx->tos,
				    ip4_dst_hoplimit(tx->dst), 0, tx->sport,
				    tx->dport, tx->xnet, false);
	} else {
		struct in6_addr daddr = egress->path->peer.v6;

		skb_scrub_packet(skb, tx->xnet);
		/* A source may fragment what it may not refuse. */
		skb->ignore_df = 1;
		udp_tunnel6_xmit_skb(tx->dst, tx->sk, skb, tx->link->dev,
				     &tx->saddr6, &daddr, tx->tos,
				     ip6_dst_hoplimit(tx->dst), 0, tx->sport,
				     tx->dport, false);
	}
	return;

drop:
	gtp_drop(tx->link, skb, GTP_LC_TX_MEMORY);
	dst_release(tx->dst);
}

/*
 * Who may get a super-packet. A device with hardware below it has the core
 * cut the packet at the latest right in front of the driver. Behind a virtual
 * one (veth, a bridge, loopback) a receiver would get it whole, and only our
 * own kind knows what to do with it; a tap on the way out would record it
 * whole. The link's tx-udp_tnl-csum-segmentation overrules both.
 */
static bool gtp_tx_may_stay_whole(struct gtp_tx *tx, struct sk_buff *skb)
{
	struct net_device *lower = tx->dst->dev;

	/* GTPv0 numbers its packets, and outer lengths have 16 bits. */
	if (tx->version != GTP_V1 ||
	    skb->len + gtp_tx_overhead(tx) > U16_MAX || dst_xfrm(tx->dst))
		return false;
	if (tx->link->dev->features & NETIF_F_GSO_UDP_TUNNEL_CSUM)
		return true;
	return lower->dev.parent && !dev_nit_active(lower);
}

static void gtp_tx_gso(struct gtp_tx *tx, struct sk_buff *skb)
{
	struct sk_buff *segs, *next;

	segs = gtp_gso_segment(skb, gtp_tx_may_stay_whole(tx, skb));
	if (IS_ERR(segs)) {
		gtp_drop(tx->link, skb, PTR_ERR(segs) == -ENOMEM ?
			 GTP_LC_TX_MEMORY : GTP_LC_TX_INNER);
		dst_release(tx->dst);
		return;
	}
	skb_list_walk_safe(segs, segs, next) {
		skb_mark_not_on_list(segs);
		if (next)
			dst_hold(tx->dst);
		gtp_tx_one(tx, segs);
	}
}

/* Find the tunnel. 0, or what to count. */
static int gtp_tx_tunnel(struct gtp_tx *tx, struct sk_buff *skb)
{
	struct gtp_link *link = tx->link;
	struct gtp_key ms;

	/* Frames of packet sockets can be of any length and kind. */
	skb_reset_mac_header(skb);
	skb_reset_network_header(skb);
	switch (skb->protocol) {
	case htons(ETH_P_IP): {
		const struct iphdr *iph;

		if (!pskb_may_pull(skb, sizeof(*iph)))
			return GTP_LC_TX_INNER;
		iph = ip_hdr(skb);
		if (iph->version != 4)
			return GTP_LC_TX_INNER;
		ms = gtp_key_ms4(link->role == GTP_ROLE_SGSN ? iph->saddr :
							       iph->daddr);
		tx->tos = iph->tos;
		break;
	}
	case htons(ETH_P_IPV6): {
		const struct ipv6hdr *ip6h;

		if (!pskb_may_pull(skb, sizeof(*ip6h)))
			return GTP_LC_TX_INNER;
		ip6h = ipv6_hdr(skb);
		if (ip6h->version != 6)
			return GTP_LC_TX_INNER;
		ms = gtp_key_ms6(link->role == GTP_ROLE_SGSN ? &ip6h->saddr :
							       &ip6h->daddr);
		tx->tos = ipv6_get_dsfield(ip6h);
		break;
	}
	default:
		return GTP_LC_TX_INNER;
	}
	tx->proto = skb->protocol;

	tx->t = gtp_tunnel_by_ms(link->tables, &ms);
	if (!tx->t || !gtp_tunnel_egress(tx->t, &ms, &tx->egress))
		return GTP_LC_TX_NO_TUNNEL;
	return 0;
}

netdev_tx_t gtp_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct gtp_tx tx = { .link = netdev_priv(dev) };
	int what;

	rcu_read_lock();
	what = gtp_tx_tunnel(&tx, skb);
	if (unlikely(what))
		goto drop;

	tx.version = READ_ONCE(tx.t->version);
	if (tx.version == GTP_V1) {
		tx.sk = rcu_dereference(tx.link->sk1);
		tx.hlen = gtp1_hlen(tx.egress.qfi);
		tx.dport = htons(GTP1_UDP_PORT);
	} else {
		tx.sk = rcu_dereference(tx.link->sk0);
		tx.hlen = GTP0_HLEN;
		tx.dport = htons(GTP0_UDP_PORT);
	}
	if (unlikely(!tx.sk)) {
		gtp_tunnel_count(tx.t, GTP_TE_TX_DROP_ROUTE);
		what = GTP_LC_TX_NO_SOCKET;
		goto drop;
	}
	tx.sport = tx.dport;
	if (tx.egress.flags & GTP_TUNNEL_FLOW_PORT)
		tx.sport = udp_flow_src_port(sock_net(tx.sk), skb, 0, 0,
					     false);
	tx.xnet = !net_eq(tx.link->net, dev_net(dev));

	what = gtp_tx_route(&tx);
	if (unlikely(what))
		goto drop;
	if (unlikely(!gtp_tx_fits(&tx, skb))) {
		gtp_tunnel_count(tx.t, GTP_TE_TX_DROP_TOO_BIG);
		dst_release(tx.dst);
		what = GTP_LC_TX_TOO_BIG;
		goto drop;
	}
	tx.offload = gtp_tx_may_offload(&tx);
	tx.headroom = LL_RESERVED_SPACE(tx.dst->dev) + tx.dst->header_len +
		      gtp_tx_overhead(&tx);

	if (skb_is_gso(skb))
		gtp_tx_gso(&tx, skb);
	else
		gtp_tx_one(&tx, skb);
	rcu_read_unlock();
	return NETDEV_TX_OK;

drop:
	gtp_drop(tx.link, skb, what);
	rcu_read_unlock();
	return NETDEV_TX_OK;
}
