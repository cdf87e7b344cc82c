// SPDX-License-Identifier: GPL-2.0
/*
 * Signalling that is the user plane's own (TS 29.281, 7): echo, error
 * indication, end marker, extension header notification.
 *
 * On sockets the link made, it speaks for itself. On sockets of user space the
 * owner does: messages are looked at for counters and events, then passed on.
 */

#include <linux/udp.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>
#include <net/route.h>
#include <net/udp_tunnel.h>

#include "gtp.h"

#define UDP_HLEN sizeof(struct udphdr)

/* Where a datagram came from and went to; softirq, its headers in place. */
struct gtp_outer {
	struct gtp_addr src, dst;
	__be16 sport, dport;
	int iif;
};

static void gtp_outer(const struct sk_buff *skb, struct gtp_outer *o)
{
	const struct udphdr *uh = udp_hdr(skb);

	memset(o, 0, sizeof(*o));
	o->sport = uh->source;
	o->dport = uh->dest;
	o->iif = skb->skb_iif;
	if (skb->protocol == htons(ETH_P_IP)) {
		o->src.family = AF_INET;
		o->dst.family = AF_INET;
		o->src.v4 = ip_hdr(skb)->saddr;
		o->dst.v4 = ip_hdr(skb)->daddr;
	} else {
		o->src.family = AF_INET6;
		o->dst.family = AF_INET6;
		o->src.v6 = ipv6_hdr(skb)->saddr;
		o->dst.v6 = ipv6_hdr(skb)->daddr;
	}
}

/* Softirqs off. Sends @len octets of @msg. No device: it is no user traffic. */
static int gtp_signal_send(struct gtp_link *link, struct sock *sk,
			   const struct gtp_addr *local, __be16 sport,
			   const struct gtp_addr *peer, __be16 dport, int iif,
			   const u8 *msg, unsigned int len)
{
	struct sk_buff *skb;
	int err;

	skb = alloc_skb(LL_MAX_HEADER + sizeof(struct ipv6hdr) + UDP_HLEN + len,
			GFP_ATOMIC);
	if (!skb)
		return -ENOMEM;
	skb_reserve(skb, LL_MAX_HEADER + sizeof(struct ipv6hdr) + UDP_HLEN);
	skb_put_data(skb, msg, len);
	skb_reset_inner_headers(skb);

	if (peer->family == AF_INET) {
		__be32 saddr = local->v4;
		struct rtable *rt;

		err = gtp_route4(link, sk, NULL, peer->v4, &saddr, &rt);
		if (err)
			goto err_free;
		skb->protocol = htons(ETH_P_IP);
		udp_tunnel_xmit_skb(rt, sk, skb, saddr, peer->v4, 0,
				    ip4_dst_hoplimit(&rt->dst), 0, sport,
				    dport, false, false);
	} else {
		struct in6_addr saddr = local->v6, daddr = peer->v6;
		struct dst_entry *dst;

		if (!(ipv6_addr_type(&daddr) & IPV6_ADDR_LINKLOCAL))
			iif = 0;
		err = gtp_route6(link, sk, NULL, iif, &daddr, &saddr, &dst);
		if (err)
			goto err_free;
		skb->protocol = htons(ETH_P_IPV6);
		udp_tunnel6_xmit_skb(dst, sk, skb, NULL, &saddr, &daddr, 0,
				     ip6_dst_hoplimit(dst), 0, sport, dport,
				     false);
	}
	return 0;

err_free:
	kfree_skb(skb);
	return err;
}

static void gtp_reply(struct gtp_link *link, struct sock *sk,
		      const struct gtp_outer *o, __be16 dport, const u8 *msg,
		      unsigned int len, enum gtp_link_counter what)
{
	if (!gtp_signal_send(link, sk, &o->dst, o->dport, &o->src, dport,
			     o->iif, msg, len))
		gtp_count(link, what);
}

/* To the asker's port, with its sequence number, from the address it asked. */
static void gtp_echo_reply(struct gtp_link *link, struct sock *sk,
			   struct sk_buff *skb, u8 version)
{
	const u8 *p = skb->data + UDP_HLEN;
	u8 msg[GTP0_HLEN + 2];
	struct gtp_outer o;
	unsigned int hlen;
	u16 seq = 0;

	gtp_outer(skb, &o);
	gtp_count(link, GTP_LC_ECHO_REQUEST_RX);
	if (version == GTP_V1) {
		if (p[0] & GTP_F_S)
			seq = gtp_get16(p + 8);
		gtp1_build_signal(msg, GTP_ECHO_RESPONSE, seq, 2);
		hlen = GTP1_HLEN_OPT;
		/* The counter has no meaning in GTPv1-U: always 0 (8.2). */
		msg[hlen + 1] = 0;
	} else {
		gtp0_build(msg, GTP_ECHO_RESPONSE, gtp_get16(p + 4), 0, 0, 2);
		hlen = GTP0_HLEN;
		msg[hlen + 1] = link->restart_count;
	}
	msg[hlen] = GTP_IE_RECOVERY;
	gtp_reply(link, sk, &o, o.sport, msg, hlen + 2,
		  GTP_LC_ECHO_RESPONSE_TX);
}

/* Process context, or softirq with softirqs off. */
int gtp_echo_send(struct gtp_link *link, u32 version,
		  const struct gtp_addr *local, const struct gtp_addr *peer)
{
	__be16 port = htons(version == GTP_V1 ? GTP1_UDP_PORT : GTP0_UDP_PORT);
	unsigned int hlen = version == GTP_V1 ? GTP1_HLEN_OPT : GTP0_HLEN;
	struct gtp_echo *echo;
	u8 msg[GTP0_HLEN];
	struct sock *sk;
	u16 seq;
	int err;

	rcu_read_lock();
	local_bh_disable();
	sk = rcu_dereference(*gtp_slot(link, version));
	if (!sk) {
		err = -ENODEV;
		goto out;
	}

	spin_lock(&link->echo_lock);
	seq = ++link->echo_seq;
	echo = &link->echo[link->echo_next++ % GTP_ECHO_PENDING];
	echo->used = true;
	echo->seq = seq;
	echo->version = version;
	echo->peer = *peer;
	echo->sent = ktime_get();
	spin_unlock(&link->echo_lock);

	if (version == GTP_V1)
		gtp1_build_signal(msg, GTP_ECHO_REQUEST, seq, 0);
	else
		gtp0_build(msg, GTP_ECHO_REQUEST, seq, 0, 0, 0);
	err = gtp_signal_send(link, sk, local, port, peer, port, 0, msg, hlen);
	if (!err)
		gtp_count(link, GTP_LC_ECHO_REQUEST_TX);
out:
	local_bh_enable();
	rcu_read_unlock();
	return err;
}

static void gtp_echo_answer(struct gtp_link *link, struct sk_buff *skb,
			    u8 version, unsigned int total, unsigned int hlen)
{
	const u8 *p = skb->data + UDP_HLEN;
	int i, recovery = -1;
	struct gtp_outer o;
	s64 rtt = -1;
	u16 seq = 0;

	gtp_outer(skb, &o);
	gtp_count(link, GTP_LC_ECHO_RESPONSE_RX);
	if (version == GTP_V0)
		seq = gtp_get16(p + 4);
	else if (p[0] & GTP_F_S)
		seq = gtp_get16(p + 8);
	if (total >= hlen + 2 && p[hlen] == GTP_IE_RECOVERY)
		recovery = p[hlen + 1];

	spin_lock(&link->echo_lock);
	for (i = 0; i < GTP_ECHO_PENDING; i++) {
		struct gtp_echo *echo = &link->echo[i];

		if (!echo->used || echo->seq != seq ||
		    echo->version != version ||
		    !gtp_addr_eq(&echo->peer, &o.src))
			continue;
		echo->used = false;
		rtt = ktime_to_ns(ktime_sub(ktime_get(), echo->sent));
		break;
	}
	spin_unlock(&link->echo_lock);

	if (gtp_bucket_take(&link->events))
		gtp_event_echo(link, version, &o.dst, &o.src, seq, rtt,
			       recovery);
	else
		gtp_count(link, GTP_LC_RATE_LIMITED);
}

/*
 * A T-PDU for a TEID nobody has (7.3.1). The caller has made sure of that:
 * telling it of a tunnel that exists would make the peer tear it down.
 */
void gtp_send_error(struct gtp_link *link, struct sock *sk,
		    struct sk_buff *skb, u32 teid)
{
	u8 msg[GTP1_HLEN_OPT + 4 + 5 + 3 + 16], *p = msg;
	unsigned int alen, len;
	struct gtp_outer o;

	if (!link->own_sockets || skb->pkt_type != PACKET_HOST ||
	    READ_ONCE(link->options) & GTP_LINK_NO_ERROR_INDICATION)
		return;
	if (!gtp_bucket_take(&link->answers)) {
		gtp_count(link, GTP_LC_RATE_LIMITED);
		return;
	}
	gtp_outer(skb, &o);
	alen = o.dst.family == AF_INET ? 4 : 16;
	len = 4 + 5 + 3 + alen;

	gtp1_build_signal(p, GTP_ERROR_INDICATION,
			  atomic_inc_return(&link->signal_seq), len);
	p[0] |= GTP_F_E;
	p[11] = GTP_EXT_UDP_PORT;
	p += GTP1_HLEN_OPT;
	p[0] = 1;
	gtp_put16(p + 1, ntohs(o.sport));
	p[3] = GTP_EXT_NONE;
	p += 4;
	p[0] = GTP_IE_TEID_I;
	gtp_put32(p + 1, teid);
	p += 5;
	p[0] = GTP_IE_PEER_ADDRESS;
	gtp_put16(p + 1, alen);
	memcpy(p + 3, alen == 4 ? (u8 *)&o.dst.v4 : o.dst.v6.s6_addr, alen);
	gtp_reply(link, sk, &o, htons(GTP1_UDP_PORT), msg, GTP1_HLEN_OPT + len,
		  GTP_LC_ERROR_INDICATION_TX);
}

/* 7.2.3: which extension headers we do understand. */
void gtp_send_ext_notification(struct gtp_link *link, struct sock *sk,
			       struct sk_buff *skb)
{
	static const u8 types[] = { GTP_EXT_PSC, GTP_EXT_PDCP,
				    GTP_EXT_LONG_PDCP, GTP_EXT_UDP_PORT };
	u8 msg[GTP1_HLEN_OPT + 2 + sizeof(types)], *p = msg;
	struct gtp_outer o;

	if (!link->own_sockets || skb->pkt_type != PACKET_HOST)
		return;
	if (!gtp_bucket_take(&link->answers)) {
		gtp_count(link, GTP_LC_RATE_LIMITED);
		return;
	}
	gtp_outer(skb, &o);
	gtp1_build_signal(p, GTP_EXT_NOTIFICATION,
			  atomic_inc_return(&link->signal_seq),
			  2 + sizeof(types));
	p += GTP1_HLEN_OPT;
	p[0] = GTP_IE_EXT_TYPES;
	p[1] = sizeof(types);
	memcpy(p + 2, types, sizeof(types));
	gtp_reply(link, sk, &o, htons(GTP1_UDP_PORT), msg, sizeof(msg),
		  GTP_LC_EXT_NOTIFICATION_TX);
}

/* A peer says that it does not know a TEID we send to. */
static void gtp_error_rx(struct gtp_link *link, struct sk_buff *skb,
			 unsigned int total, unsigned int hlen)
{
	const u8 *p = skb->data + UDP_HLEN;
	struct gtp_addr peer = {};
	struct gtp_error_ies ies;
	struct gtp_tunnel *t;
	struct gtp_outer o;

	gtp_count(link, GTP_LC_ERROR_INDICATION_RX);
	if (!gtp_parse_error_ies(p + hlen, total - hlen, &ies))
		return;
	if (ies.peer_len == 4) {
		peer.family = AF_INET;
		memcpy(&peer.v4, ies.peer, 4);
	} else {
		peer.family = AF_INET6;
		memcpy(&peer.v6, ies.peer, 16);
	}
	t = gtp_tunnel_by_peer(link->tables, ies.teid, &peer);
	if (!t)
		return;
	gtp_tunnel_count(t, GTP_TE_ERROR_INDICATION);
	gtp_outer(skb, &o);
	if (gtp_bucket_take(&link->events))
		gtp_event_signal(link, t, GTP_CMD_ERROR_INDICATION, &o.src);
	else
		gtp_count(link, GTP_LC_RATE_LIMITED);
}

/* The sender of this tunnel's packets has changed, and this was its last. */
static void gtp_end_marker_rx(struct gtp_link *link, struct sk_buff *skb)
{
	u32 teid = gtp_get32(skb->data + UDP_HLEN + 4);
	struct gtp_key key = gtp_key_tei(teid, AF_INET);
	struct gtp_tunnel *t;
	struct gtp_outer o;

	gtp_count(link, GTP_LC_END_MARKER_RX);
	t = gtp_tunnel_by_teid(link->tables, &key);
	if (!t) {
		key = gtp_key_tei(teid, AF_INET6);
		t = gtp_tunnel_by_teid(link->tables, &key);
	}
	if (!t)
		return;
	gtp_tunnel_count(t, GTP_TE_END_MARKER);
	gtp_outer(skb, &o);
	if (gtp_bucket_take(&link->events))
		gtp_event_signal(link, t, GTP_CMD_END_MARKER, &o.src);
	else
		gtp_count(link, GTP_LC_RATE_LIMITED);
}

/*
 * Softirq, RCU. A message that is no T-PDU, @total octets of which @hlen are
 * header. As encap_rcv: 0 it is gone, 1 the socket's owner gets it.
 */
int gtp_signal_rx(struct gtp_link *link, struct sock *sk, struct sk_buff *skb,
		  unsigned int total, unsigned int hlen)
{
	u8 version, type;

	/* Signalling is short; its IEs are read in one piece. */
	if (!pskb_may_pull(skb, UDP_HLEN + total)) {
		gtp_drop(link, skb, GTP_LC_RX_MEMORY);
		return 0;
	}
	version = gtp_version_of(skb->data + UDP_HLEN);
	type = skb->data[UDP_HLEN + 1];

	if (version == GTP_V1 && type == GTP_ERROR_INDICATION) {
		gtp_error_rx(link, skb, total, hlen);
	} else if (version == GTP_V1 && type == GTP_END_MARKER) {
		gtp_end_marker_rx(link, skb);
	} else if (version == GTP_V1 && type == GTP_EXT_NOTIFICATION) {
		gtp_count(link, GTP_LC_EXT_NOTIFICATION_RX);
	} else if (link->own_sockets) {
		if (type == GTP_ECHO_REQUEST) {
			gtp_echo_reply(link, sk, skb, version);
		} else if (type == GTP_ECHO_RESPONSE) {
			gtp_echo_answer(link, skb, version, total, hlen);
		} else {
			gtp_drop(link, skb, GTP_LC_RX_MESSAGE);
			return 0;
		}
	}

	if (!link->own_sockets) {
		gtp_count(link, GTP_LC_RX_TO_USER);
		return 1;
	}
	consume_skb(skb);
	return 0;
}
