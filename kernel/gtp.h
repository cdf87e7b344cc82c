/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The module's own structures and who may touch them.
 *
 *   link    a network device of kind "gtp" and its UDP sockets
 *   tunnel  a subscriber's context on a link: a TEID each way, an address
 *   path    a peer of a link: an address, its route, how it is
 *
 * Control (rtnl, generic netlink) changes tunnels and paths under the link's
 * mutex. Receive and transmit take no lock but a tunnel's two counter locks,
 * held for three additions; everything they follow is RCU-protected, and they
 * always run with softirqs off. Lock order: RTNL, then link->lock.
 */
#ifndef _GTP_H
#define _GTP_H

#include <linux/in6.h>
#include <linux/jhash.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/refcount.h>
#include <linux/rhashtable.h>
#include <linux/seqlock.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <net/dst_cache.h>
#include <net/genetlink.h>
#include <net/gro_cells.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "compat.h"
#include "wire.h"

#define GTP_HASHSIZE_DEFAULT	1024
#define GTP_HASHSIZE_MAX	524288	/* what mainline could allocate */
#define GTP_MTU_DEFAULT		1452
#define GTP_MTU6_DEFAULT	1432

struct gtp_addr {
	union {
		__be32 v4;
		struct in6_addr v6;
	};
	u32 family;
};

/*
 * Both tables hash three words:
 *   TEID table  0 | TEI             or TID (GTPv0), family and version
 *   MS table    0 | IPv4 address    or the upper half of the IPv6 prefix, family
 */
struct gtp_key {
	u32 w[3];
};

struct gtp_counter {
	spinlock_t lock;		/* writers, with softirqs off */
	struct u64_stats_sync syncp;
	u64_stats_t packets;
	u64_stats_t bytes;
	unsigned long last;		/* jiffies, 0 is never */
};

/* Rare events of one tunnel; wrapping is the reader's business. */
enum gtp_tunnel_event {
	GTP_TE_RX_DROP_MS,
	GTP_TE_RX_DROP_INNER,
	GTP_TE_TX_DROP_TOO_BIG,
	GTP_TE_TX_DROP_ROUTE,
	GTP_TE_ERROR_INDICATION,
	GTP_TE_END_MARKER,
	GTP_TE_MAX,
};

struct gtp_path {
	struct rhash_head node;
	struct rcu_head rcu;
	struct gtp_addr peer;
	unsigned int users;		/* link->lock */
	struct dst_cache dst_cache;	/* softirqs off */
};

/* What transmit needs and an update changes as one: tunnel->seq guards it. */
struct gtp_egress {
	struct gtp_path *path;
	u32 o_tei;			/* or the flow label of GTPv0 */
	u32 flags;			/* GTP_TUNNEL_* */
	u8 qfi;				/* GTP_QFI_NONE: no container */
	u8 pdu_type;
};

struct gtp_tunnel {
	/* receive reads this line */
	struct rhash_head by_teid;
	struct gtp_key teid;
	struct gtp_key ms;
	u8 version;
	u8 family;
	u8 rx_qfi;
	struct gtp_counter rx;

	/* transmit reads this one */
	struct rhash_head by_ms;
	seqcount_t seq;			/* writers: link->lock, softirqs off */
	struct gtp_egress egress;
	atomic_t tx_seq;		/* GTPv0 */
	struct gtp_counter tx;

	/* control */
	struct rhlist_head by_peer_teid;
	struct gtp_link *link;
	unsigned long id;		/* in tables->ids; dump order */
	u64 generation;
	u64 created;			/* ns, real time */
	atomic_t events[GTP_TE_MAX];
	struct rcu_head rcu;
};

/*
 * Tables outlive their device: a worker takes a million tunnels down after
 * the device is gone, instead of RTNL waiting for it.
 */
struct gtp_tables {
	struct rhashtable teid;
	struct rhashtable ms;
	struct rhltable peer_teid;
	struct rhashtable paths;
	struct xarray ids;
	unsigned long next_id;		/* link->lock */
	struct work_struct free_work;
};

struct gtp_bucket {
	spinlock_t lock;		/* both below; softirqs off */
	unsigned long stamp;		/* jiffies of the last refill */
	unsigned int tokens;
};

#define GTP_ECHO_PENDING	16

struct gtp_echo {
	u16 seq;
	u8 version;
	bool used;
	struct gtp_addr peer;
	ktime_t sent;
};

struct gtp_link_stats {
	u64_stats_t v[__GTP_LC_MAX];
	struct u64_stats_sync syncp;
};

struct gtp_link {
	struct net_device *dev;
	struct net *net;		/* of the sockets; not refcounted */
	struct list_head list;		/* gtp_net->links, RTNL */

	struct sock __rcu *sk0;
	struct sock __rcu *sk1;
	bool own_sockets;		/* made here: we answer signalling */
	bool live;			/* registered; acquire and release */
	u8 role;
	u8 restart_count;
	u32 hashsize;
	u32 options;			/* GTP_LINK_*, READ_ONCE */
	sa_family_t family;		/* of the sockets */

	struct mutex lock;		/* tunnels, paths and what is below */
	bool dead;
	struct gtp_tables *tables;	/* fixed from newlink to uninit */
	u64 generation;			/* of the last change; READ_ONCE */

	struct gtp_link_stats __percpu *stats;
	struct gro_cells gro_cells;

	struct gtp_bucket answers;	/* errors and notifications sent */
	struct gtp_bucket events;	/* netlink events made by packets */

	spinlock_t echo_lock;		/* the echo_* below; softirqs off */
	u16 echo_seq;
	unsigned int echo_next;
	struct gtp_echo echo[GTP_ECHO_PENDING];
	atomic_t signal_seq;
};

struct gtp_net {
	struct list_head links;		/* whose sockets are here; RTNL */
};

extern unsigned int gtp_net_id;
extern const struct net_device_ops gtp_netdev_ops;
extern struct rtnl_link_ops gtp_link_ops;
extern struct genl_family gtp_genl_family;
extern atomic64_t gtp_generation;

static inline bool gtp_is_link(const struct net_device *dev)
{
	return dev->netdev_ops == &gtp_netdev_ops;
}

/* False until newlink is done with the link, and once dellink has begun. */
static inline bool gtp_link_is_live(const struct gtp_link *link)
{
	/* Pairs with the release in gtp_newlink(). */
	return smp_load_acquire(&link->live);
}

static inline struct sock __rcu **gtp_slot(struct gtp_link *link, u32 version)
{
	return version == GTP_V0 ? &link->sk0 : &link->sk1;
}

static inline bool gtp_addr_eq(const struct gtp_addr *a,
			       const struct gtp_addr *b)
{
	if (a->family != b->family)
		return false;
	return a->family == AF_INET ? a->v4 == b->v4 :
				      ipv6_addr_equal(&a->v6, &b->v6);
}

static inline struct gtp_key gtp_key_tei(u32 tei, u8 family)
{
	return (struct gtp_key){ .w = { 0, tei, GTP_V1 << 8 | family } };
}

static inline struct gtp_key gtp_key_tid(u64 tid, u8 family)
{
	return (struct gtp_key){ .w = { tid >> 32, tid, GTP_V0 << 8 | family } };
}

static inline struct gtp_key gtp_key_ms4(__be32 addr)
{
	return (struct gtp_key){ .w = { 0, (__force u32)addr, AF_INET } };
}

static inline struct gtp_key gtp_key_ms6(const struct in6_addr *addr)
{
	return (struct gtp_key){ .w = { (__force u32)addr->s6_addr32[0],
					(__force u32)addr->s6_addr32[1],
					AF_INET6 } };
}

static inline bool gtp_key_eq(const struct gtp_key *a, const struct gtp_key *b)
{
	return !((a->w[1] ^ b->w[1]) | (a->w[0] ^ b->w[0]) |
		 (a->w[2] ^ b->w[2]));
}

/*
 * Softirqs off, RCU. A consistent copy of what transmit needs; false if the
 * tunnel has just been given another address than @ms.
 */
static inline bool gtp_tunnel_egress(const struct gtp_tunnel *t,
				     const struct gtp_key *ms,
				     struct gtp_egress *egress)
{
	unsigned int seq;
	bool same;

	do {
		seq = read_seqcount_begin(&t->seq);
		*egress = t->egress;
		same = gtp_key_eq(&t->ms, ms);
	} while (read_seqcount_retry(&t->seq, seq));
	return same;
}

static inline u32 gtp_key_hash(const void *data, u32 len, u32 seed)
{
	const struct gtp_key *key = data;

	return jhash_3words(key->w[0], key->w[1], key->w[2], seed);
}

/* Softirqs off. */
static inline void gtp_counter_add(struct gtp_counter *c, unsigned int packets,
				   unsigned int bytes)
{
	spin_lock(&c->lock);
	u64_stats_update_begin(&c->syncp);
	u64_stats_add(&c->packets, packets);
	u64_stats_add(&c->bytes, bytes);
	u64_stats_update_end(&c->syncp);
	WRITE_ONCE(c->last, jiffies ?: 1);
	spin_unlock(&c->lock);
}

static inline void gtp_tunnel_count(struct gtp_tunnel *t,
				    enum gtp_tunnel_event event)
{
	atomic_inc(&t->events[event]);
}

/* How many packets @skb is on the wire. */
static inline unsigned int gtp_segs(const struct sk_buff *skb)
{
	return skb_is_gso(skb) ?
	       max_t(unsigned int, skb_shinfo(skb)->gso_segs, 1) : 1;
}

/* Softirqs off. */
static inline void gtp_count_add(struct gtp_link *link,
				 enum gtp_link_counter what, unsigned int n)
{
	struct gtp_link_stats *stats = this_cpu_ptr(link->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_add(&stats->v[what], n);
	u64_stats_update_end(&stats->syncp);
}

static inline void gtp_count(struct gtp_link *link, enum gtp_link_counter what)
{
	gtp_count_add(link, what, 1);
}

/* netdev.c */
void gtp_link_delete(struct net_device *dev, struct list_head *head);
u64 gtp_link_counter(struct gtp_link *link, enum gtp_link_counter what);
bool gtp_bucket_take(struct gtp_bucket *bucket);
void gtp_drop(struct gtp_link *link, struct sk_buff *skb,
	      enum gtp_link_counter what);

/* socket.c */
int gtp_sockets_open(struct gtp_link *link, struct nlattr *data[],
		     struct netlink_ext_ack *extack);
void gtp_sockets_close(struct gtp_link *link);

/* tunnel.c */
struct gtp_tunnel_cfg {
	u32 version;
	u8 family;
	struct gtp_key teid;
	struct gtp_key ms;
	struct gtp_addr peer;
	u32 o_tei;
	u32 flags;
	u8 qfi;
	u8 pdu_type;
	bool has_flags, has_qfi, has_pdu_type;
};

int gtp_tables_new(struct gtp_link *link);
void gtp_tables_free(struct gtp_tables *tables);
struct gtp_tunnel *gtp_tunnel_by_teid(struct gtp_tables *tables,
				      const struct gtp_key *key);
struct gtp_tunnel *gtp_tunnel_by_ms(struct gtp_tables *tables,
				    const struct gtp_key *key);
struct gtp_tunnel *gtp_tunnel_by_peer(struct gtp_tables *tables, u32 o_tei,
				      const struct gtp_addr *peer);
int gtp_tunnel_set(struct gtp_link *link, const struct gtp_tunnel_cfg *cfg,
		   u16 nlflags, bool update, struct gtp_tunnel **tunnel,
		   struct netlink_ext_ack *extack);
void gtp_tunnel_remove(struct gtp_link *link, struct gtp_tunnel *t);
int gtp_tunnel_init(void);
void gtp_tunnel_exit(void);

/* path.c */
struct gtp_path *gtp_path_get(struct gtp_link *link,
			      const struct gtp_addr *peer);
void gtp_path_put(struct gtp_link *link, struct gtp_path *path);
struct gtp_path *gtp_path_find(struct gtp_tables *tables,
			       const struct gtp_addr *peer);
extern const struct rhashtable_params gtp_path_params;
void gtp_path_free(void *path, void *arg);
int gtp_route4(struct gtp_link *link, struct sock *sk, struct dst_cache *cache,
	       __be32 daddr, __be32 *saddr, struct rtable **rt);
int gtp_route6(struct gtp_link *link, struct sock *sk, struct dst_cache *cache,
	       int oif, const struct in6_addr *daddr, struct in6_addr *saddr,
	       struct dst_entry **dst);

/* signal.c */
int gtp_echo_send(struct gtp_link *link, u32 version,
		  const struct gtp_addr *local, const struct gtp_addr *peer);
int gtp_signal_rx(struct gtp_link *link, struct sock *sk, struct sk_buff *skb,
		  unsigned int total, unsigned int hlen);
void gtp_send_error(struct gtp_link *link, struct sock *sk,
		    struct sk_buff *skb, u32 teid);
void gtp_send_ext_notification(struct gtp_link *link, struct sock *sk,
			       struct sk_buff *skb);

/* rx.c, gso.c, tx.c */
int gtp_encap_rcv(struct sock *sk, struct sk_buff *skb);
void gtp_encap_destroy(struct sock *sk);
struct sk_buff *gtp_gro_receive(struct sock *sk, struct list_head *head,
				struct sk_buff *skb);
int gtp_gro_complete(struct sock *sk, struct sk_buff *skb, int nhoff);
struct sk_buff *gtp_gso_segment(struct sk_buff *skb, bool whole);
netdev_tx_t gtp_xmit(struct sk_buff *skb, struct net_device *dev);

/* netlink.c, dump.c, fill.c, event.c */
static inline u32 gtp_request(struct nlattr *attrs[])
{
	return attrs[GTPA_REQUEST] ? nla_get_u32(attrs[GTPA_REQUEST]) : 0;
}

int gtp_genl_dump(struct sk_buff *skb, struct netlink_callback *cb);
int gtp_genl_dumplink(struct sk_buff *skb, struct netlink_callback *cb);
int gtp_put_link(struct sk_buff *msg, struct gtp_link *link, u32 portid,
		 u32 seq, int flags);
int gtp_fill_link(struct sk_buff *msg, struct gtp_link *link);
int gtp_fill_tunnel(struct sk_buff *msg, struct gtp_link *link,
		    struct gtp_tunnel *t, u32 request);
void gtp_event_tunnel(struct gtp_link *link, struct gtp_tunnel *t, u8 cmd,
		      u16 flags, const struct genl_info *info);
void gtp_event_echo(struct gtp_link *link, u8 version,
		    const struct gtp_addr *local, const struct gtp_addr *peer,
		    u16 seq, s64 rtt, int recovery);
void gtp_event_signal(struct gtp_link *link, struct gtp_tunnel *t, u8 cmd,
		      const struct gtp_addr *from);

#endif
