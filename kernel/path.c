// SPDX-License-Identifier: GPL-2.0
/*
 * Paths: the peers of a link. Tunnels to one peer share its route, looked up
 * once per CPU instead of once per packet.
 */

#include <linux/jhash.h>
#include <net/ip6_route.h>
#include <net/ipv6_stubs.h>
#include <net/route.h>

#include "gtp.h"

static u32 gtp_addr_hash(const void *data, u32 len, u32 seed)
{
	const struct gtp_addr *addr = data;

	if (addr->family == AF_INET)
		return jhash_1word((__force u32)addr->v4, seed);
	return jhash2((__force const u32 *)addr->v6.s6_addr32, 4, seed);
}

static int gtp_path_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct gtp_path *path = obj;

	return !gtp_addr_eq(&path->peer, arg->key);
}

const struct rhashtable_params gtp_path_params = {
	.key_len	= sizeof(struct gtp_addr),
	.key_offset	= offsetof(struct gtp_path, peer),
	.head_offset	= offsetof(struct gtp_path, node),
	.hashfn		= gtp_addr_hash,
	.obj_cmpfn	= gtp_path_cmp,
	.automatic_shrinking = true,
};

/* RCU, or link->lock. */
struct gtp_path *gtp_path_find(struct gtp_tables *tables,
			       const struct gtp_addr *peer)
{
	return rhashtable_lookup_fast(&tables->paths, peer, gtp_path_params);
}

/* link->lock. Returns a path with one user more, or an error pointer. */
struct gtp_path *gtp_path_get(struct gtp_link *link,
			      const struct gtp_addr *peer)
{
	struct gtp_path *path;
	int err;

	lockdep_assert_held(&link->lock);
	path = gtp_path_find(link->tables, peer);
	if (path) {
		path->users++;
		return path;
	}

	path = kzalloc(sizeof(*path), GFP_KERNEL);
	if (!path)
		return ERR_PTR(-ENOMEM);
	path->peer = *peer;
	path->users = 1;
	err = dst_cache_init(&path->dst_cache, GFP_KERNEL);
	if (err)
		goto err_free;
	err = rhashtable_insert_fast(&link->tables->paths, &path->node,
				     gtp_path_params);
	if (err)
		goto err_cache;
	return path;

err_cache:
	dst_cache_destroy(&path->dst_cache);
err_free:
	kfree(path);
	return ERR_PTR(err);
}

static void gtp_path_free_rcu(struct rcu_head *rcu)
{
	struct gtp_path *path = container_of(rcu, struct gtp_path, rcu);

	dst_cache_destroy(&path->dst_cache);
	kfree(path);
}

/* link->lock. Transmit may still be using what it read under RCU. */
void gtp_path_put(struct gtp_link *link, struct gtp_path *path)
{
	lockdep_assert_held(&link->lock);
	if (--path->users)
		return;
	rhashtable_remove_fast(&link->tables->paths, &path->node,
			       gtp_path_params);
	call_rcu(&path->rcu, gtp_path_free_rcu);
}

/* For rhashtable_free_and_destroy(), when nobody can look any more. */
void gtp_path_free(void *ptr, void *arg)
{
	gtp_path_free_rcu(&((struct gtp_path *)ptr)->rcu);
}

/*
 * Route to @daddr through @sk's namespace. *@saddr is the wish (0: the
 * socket's address, else the route's) and then the answer. Softirqs off if
 * there is a @cache. The caller owns a reference to *@rt.
 */
int gtp_route4(struct gtp_link *link, struct sock *sk, struct dst_cache *cache,
	       __be32 daddr, __be32 *saddr, struct rtable **rt)
{
	struct flowi4 fl4 = {
		.flowi4_oif = READ_ONCE(sk->sk_bound_dev_if),
		.flowi4_mark = READ_ONCE(sk->sk_mark),
		.flowi4_proto = IPPROTO_UDP,
		.daddr = daddr,
		.saddr = *saddr ?: inet_sk(sk)->inet_saddr,
	};

	if (cache) {
		*rt = dst_cache_get_ip4(cache, saddr);
		if (*rt)
			return 0;
	}
	/* A tunnel without a peer yet; 0.0.0.0 would mean this host. */
	if (!daddr)
		return -EHOSTUNREACH;

	*rt = ip_route_output_key(sock_net(sk), &fl4);
	if (IS_ERR(*rt))
		return PTR_ERR(*rt);
	if ((*rt)->dst.dev == link->dev) {
		ip_rt_put(*rt);
		return -ELOOP;
	}
	*saddr = fl4.saddr;
	if (cache)
		dst_cache_set_ip4(cache, &(*rt)->dst, fl4.saddr);
	return 0;
}

/* As gtp_route4(); @oif is where a link-local @daddr is. */
int gtp_route6(struct gtp_link *link, struct sock *sk, struct dst_cache *cache,
	       int oif, const struct in6_addr *daddr, struct in6_addr *saddr,
	       struct dst_entry **dst)
{
#if IS_ENABLED(CONFIG_IPV6)
	struct flowi6 fl6 = {
		.flowi6_oif = oif ?: READ_ONCE(sk->sk_bound_dev_if),
		.flowi6_mark = READ_ONCE(sk->sk_mark),
		.flowi6_proto = IPPROTO_UDP,
		.daddr = *daddr,
		.saddr = ipv6_addr_any(saddr) ? inet6_sk(sk)->saddr : *saddr,
	};

	if (cache) {
		*dst = dst_cache_get_ip6(cache, saddr);
		if (*dst)
			return 0;
	}
	if (ipv6_addr_any(daddr))
		return -EHOSTUNREACH;

	*dst = ipv6_stub->ipv6_dst_lookup_flow(sock_net(sk), sk, &fl6, NULL);
	if (IS_ERR(*dst))
		return PTR_ERR(*dst);
	if ((*dst)->dev == link->dev) {
		dst_release(*dst);
		return -ELOOP;
	}
	*saddr = fl6.saddr;
	if (cache)
		dst_cache_set_ip6(cache, *dst, &fl6.saddr);
	return 0;
#else
	return -EAFNOSUPPORT;
#endif
}
