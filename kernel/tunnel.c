// SPDX-License-Identifier: GPL-2.0
/*
 * Tunnels and the tables they are found in.
 *
 * A tunnel is in the TEID table (receive), the MS table (transmit), the table
 * of its peer's TEIDs (error indications) and, by an id that only grows, in
 * an array that dumps walk: a tunnel that stays is dumped exactly once,
 * whatever comes and goes around it or how often the tables are resized.
 */

#include <linux/rtnetlink.h>

#include "gtp.h"

static struct kmem_cache *gtp_tunnel_cache __read_mostly;
static struct workqueue_struct *gtp_free_wq __read_mostly;

atomic64_t gtp_generation = ATOMIC64_INIT(0);

static u32 gtp_teid_hash(const void *data, u32 len, u32 seed)
{
	return jhash_1word(*(const u32 *)data, seed);
}

static int gtp_peer_teid_cmp(struct rhashtable_compare_arg *arg,
			     const void *obj)
{
	const struct gtp_tunnel *t = obj;

	return t->egress.o_tei != *(const u32 *)arg->key;
}

static int gtp_teid_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct gtp_tunnel *t = obj;

	return !gtp_key_eq(&t->teid, arg->key);
}

static int gtp_ms_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct gtp_tunnel *t = obj;

	return !gtp_key_eq(&t->ms, arg->key);
}

static const struct rhashtable_params gtp_teid_params = {
	.key_len	= sizeof(struct gtp_key),
	.key_offset	= offsetof(struct gtp_tunnel, teid),
	.head_offset	= offsetof(struct gtp_tunnel, by_teid),
	.hashfn		= gtp_key_hash,
	.obj_cmpfn	= gtp_teid_cmp,
	.automatic_shrinking = true,
};

static const struct rhashtable_params gtp_ms_params = {
	.key_len	= sizeof(struct gtp_key),
	.key_offset	= offsetof(struct gtp_tunnel, ms),
	.head_offset	= offsetof(struct gtp_tunnel, by_ms),
	.hashfn		= gtp_key_hash,
	.obj_cmpfn	= gtp_ms_cmp,
	.automatic_shrinking = true,
};

static const struct rhashtable_params gtp_peer_teid_params = {
	.key_len	= sizeof(u32),
	.key_offset	= offsetof(struct gtp_tunnel, egress.o_tei),
	.head_offset	= offsetof(struct gtp_tunnel, by_peer_teid),
	.hashfn		= gtp_teid_hash,
	.obj_cmpfn	= gtp_peer_teid_cmp,
	.automatic_shrinking = true,
};

/* RCU. */
struct gtp_tunnel *gtp_tunnel_by_teid(struct gtp_tables *tables,
				      const struct gtp_key *key)
{
	return rhashtable_lookup(&tables->teid, key, gtp_teid_params);
}

/* RCU. */
struct gtp_tunnel *gtp_tunnel_by_ms(struct gtp_tables *tables,
				    const struct gtp_key *key)
{
	return rhashtable_lookup(&tables->ms, key, gtp_ms_params);
}

/* RCU. The tunnel that sends to @o_tei at @peer. */
struct gtp_tunnel *gtp_tunnel_by_peer(struct gtp_tables *tables, u32 o_tei,
				      const struct gtp_addr *peer)
{
	struct rhlist_head *list, *pos;
	struct gtp_tunnel *t;

	list = rhltable_lookup(&tables->peer_teid, &o_tei, gtp_peer_teid_params);
	rhl_for_each_entry_rcu(t, pos, list, by_peer_teid)
		if (t->version == GTP_V1 &&
		    gtp_addr_eq(&READ_ONCE(t->egress.path)->peer, peer))
			return t;
	return NULL;
}

static void gtp_tunnel_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(gtp_tunnel_cache,
			container_of(rcu, struct gtp_tunnel, rcu));
}

static void gtp_counter_init(struct gtp_counter *c)
{
	spin_lock_init(&c->lock);
	u64_stats_init(&c->syncp);
}

/* link->lock. */
static void gtp_tunnel_configure(struct gtp_link *link, struct gtp_egress *egress,
				 const struct gtp_tunnel_cfg *cfg)
{
	egress->o_tei = cfg->o_tei;
	if (cfg->has_flags)
		egress->flags = cfg->flags;
	if (cfg->has_qfi)
		egress->qfi = cfg->qfi;
	if (cfg->has_pdu_type)
		egress->pdu_type = cfg->pdu_type;
}

/* link->lock. */
static int gtp_tunnel_create(struct gtp_link *link,
			     const struct gtp_tunnel_cfg *cfg,
			     struct gtp_tunnel **tunnel)
{
	struct gtp_tables *tables = link->tables;
	struct gtp_tunnel *t;
	int err;

	t = kmem_cache_zalloc(gtp_tunnel_cache, GFP_KERNEL);
	if (!t)
		return -ENOMEM;

	t->link = link;
	t->version = cfg->version;
	t->family = cfg->family;
	t->teid = cfg->teid;
	t->ms = cfg->ms;
	t->rx_qfi = GTP_QFI_NONE;
	t->created = ktime_get_real_ns();
	seqcount_init(&t->seq);
	gtp_counter_init(&t->rx);
	gtp_counter_init(&t->tx);
	t->egress.qfi = GTP_QFI_NONE;
	/* A gNB's container says uplink, a UPF's downlink (TS 38.415). */
	t->egress.pdu_type = link->role == GTP_ROLE_SGSN;
	gtp_tunnel_configure(link, &t->egress, cfg);
	t->generation = atomic64_inc_return(&gtp_generation);

	t->egress.path = gtp_path_get(link, &cfg->peer);
	if (IS_ERR(t->egress.path)) {
		err = PTR_ERR(t->egress.path);
		goto err_free;
	}

	/* Where a long has 32 bits the ids may come round to one in use. */
	do {
		t->id = tables->next_id++;
		err = xa_insert(&tables->ids, t->id, t, GFP_KERNEL);
	} while (err == -EBUSY);
	if (err)
		goto err_path;
	err = rhltable_insert(&tables->peer_teid, &t->by_peer_teid,
			      gtp_peer_teid_params);
	if (err)
		goto err_id;
	err = rhashtable_insert_fast(&tables->ms, &t->by_ms, gtp_ms_params);
	if (err)
		goto err_peer;
	err = rhashtable_insert_fast(&tables->teid, &t->by_teid,
				     gtp_teid_params);
	if (err)
		goto err_ms;
	WRITE_ONCE(link->generation, t->generation);
	*tunnel = t;
	return 0;

err_ms:
	rhashtable_remove_fast(&tables->ms, &t->by_ms, gtp_ms_params);
err_peer:
	rhltable_remove(&tables->peer_teid, &t->by_peer_teid,
			gtp_peer_teid_params);
err_id:
	xa_erase(&tables->ids, t->id);
err_path:
	gtp_path_put(link, t->egress.path);
err_free:
	/* Transmit may have seen it for a moment. */
	call_rcu(&t->rcu, gtp_tunnel_free_rcu);
	return err;
}

/* link->lock. */
void gtp_tunnel_remove(struct gtp_link *link, struct gtp_tunnel *t)
{
	struct gtp_tables *tables = link->tables;

	lockdep_assert_held(&link->lock);
	rhashtable_remove_fast(&tables->teid, &t->by_teid, gtp_teid_params);
	rhashtable_remove_fast(&tables->ms, &t->by_ms, gtp_ms_params);
	rhltable_remove(&tables->peer_teid, &t->by_peer_teid,
			gtp_peer_teid_params);
	xa_erase(&tables->ids, t->id);
	gtp_path_put(link, t->egress.path);
	WRITE_ONCE(link->generation, atomic64_inc_return(&gtp_generation));
	call_rcu(&t->rcu, gtp_tunnel_free_rcu);
}

/*
 * link->lock. Give @t what @cfg says, in place: counters, id and whoever is
 * just using it stay. Where a key changes, the tunnel leaves that one table
 * and enters it again under the new key. Nobody can be misled on the way:
 * lookups compare keys, and transmit compares once more under t->seq.
 */
static int gtp_tunnel_change(struct gtp_link *link, struct gtp_tunnel *t,
			     const struct gtp_tunnel_cfg *cfg)
{
	bool new_teid = !gtp_key_eq(&t->teid, &cfg->teid);
	bool new_ms = !gtp_key_eq(&t->ms, &cfg->ms);
	struct gtp_tables *tables = link->tables;
	struct gtp_path *path, *old = t->egress.path;
	int err = 0;

	path = gtp_path_get(link, &cfg->peer);
	if (IS_ERR(path))
		return PTR_ERR(path);

	local_bh_disable();
	rhltable_remove(&tables->peer_teid, &t->by_peer_teid,
			gtp_peer_teid_params);
	if (new_teid)
		rhashtable_remove_fast(&tables->teid, &t->by_teid,
				       gtp_teid_params);
	if (new_ms)
		rhashtable_remove_fast(&tables->ms, &t->by_ms, gtp_ms_params);

	write_seqcount_begin(&t->seq);
	t->teid = cfg->teid;
	t->ms = cfg->ms;
	t->version = cfg->version;
	t->family = cfg->family;
	gtp_tunnel_configure(link, &t->egress, cfg);
	WRITE_ONCE(t->egress.path, path);
	write_seqcount_end(&t->seq);

	if (new_teid)
		err = rhashtable_insert_fast(&tables->teid, &t->by_teid,
					     gtp_teid_params);
	if (!err && new_ms)
		err = rhashtable_insert_fast(&tables->ms, &t->by_ms,
					     gtp_ms_params);
	if (!err)
		err = rhltable_insert(&tables->peer_teid, &t->by_peer_teid,
				      gtp_peer_teid_params);
	local_bh_enable();

	gtp_path_put(link, old);
	/*
	 * Only without memory. Half a tunnel would be worse than none, and
	 * removing what is in no table does no harm.
	 */
	if (err) {
		gtp_tunnel_remove(link, t);
		return err;
	}
	WRITE_ONCE(t->generation, atomic64_inc_return(&gtp_generation));
	WRITE_ONCE(link->generation, t->generation);
	return 0;
}

/*
 * link->lock. Add the tunnel, or change the one that has either its address
 * or its TEID. *@tunnel is what was made or changed; 1 is returned if it was
 * changed. With both taken there is nothing to decide by, so that is refused,
 * unless it is the same tunnel and the caller asked for an @update.
 */
int gtp_tunnel_set(struct gtp_link *link, const struct gtp_tunnel_cfg *cfg,
		   u16 nlflags, bool update, struct gtp_tunnel **tunnel,
		   struct netlink_ext_ack *extack)
{
	struct gtp_tunnel *by_ms, *by_teid;
	int err;

	lockdep_assert_held(&link->lock);
	rcu_read_lock();
	by_ms = gtp_tunnel_by_ms(link->tables, &cfg->ms);
	by_teid = gtp_tunnel_by_teid(link->tables, &cfg->teid);
	rcu_read_unlock();

	if (!by_ms && !by_teid)
		return gtp_tunnel_create(link, cfg, tunnel);

	if (nlflags & NLM_F_EXCL) {
		if (by_ms)
			NL_SET_ERR_MSG(extack, "subscriber address has a tunnel");
		else
			NL_SET_ERR_MSG(extack, "TEID has a tunnel");
		return -EEXIST;
	}
	if (nlflags & NLM_F_REPLACE) {
		NL_SET_ERR_MSG(extack, "no replacing; send neither flag to update");
		return -EOPNOTSUPP;
	}
	if (by_ms && by_teid && (by_ms != by_teid || !update)) {
		if (by_ms == by_teid)
			NL_SET_ERR_MSG(extack, "this tunnel exists");
		else
			NL_SET_ERR_MSG(extack, "address and TEID have two different tunnels");
		return -EEXIST;
	}

	*tunnel = by_ms ?: by_teid;
	err = gtp_tunnel_change(link, *tunnel, cfg);
	return err ?: 1;
}

static void gtp_tables_work(struct work_struct *work)
{
	struct gtp_tables *tables = container_of(work, struct gtp_tables,
						 free_work);
	struct gtp_tunnel *t;
	unsigned long id;

	/* Readers are gone, but removals may still be in flight. */
	rcu_barrier();
	rhashtable_destroy(&tables->teid);
	rhashtable_destroy(&tables->ms);
	rhltable_destroy(&tables->peer_teid);
	xa_for_each(&tables->ids, id, t) {
		kmem_cache_free(gtp_tunnel_cache, t);
		cond_resched();
	}
	xa_destroy(&tables->ids);
	rhashtable_free_and_destroy(&tables->paths, gtp_path_free, NULL);
	kfree(tables);
}

/* Nobody can reach the tables any more, nor a grace period ago. */
void gtp_tables_free(struct gtp_tables *tables)
{
	queue_work(gtp_free_wq, &tables->free_work);
}

/* RTNL. */
int gtp_tables_new(struct gtp_link *link)
{
	struct rhashtable_params teid = gtp_teid_params, ms = gtp_ms_params;
	struct gtp_tables *tables;
	int err;

	tables = kzalloc(sizeof(*tables), GFP_KERNEL);
	if (!tables)
		return -ENOMEM;

	/* The hash size asked for is where the tables start, not where they end. */
	teid.nelem_hint = min_t(u32, link->hashsize, U16_MAX);
	ms.nelem_hint = teid.nelem_hint;
	err = rhashtable_init(&tables->teid, &teid);
	if (err)
		goto err_free;
	err = rhashtable_init(&tables->ms, &ms);
	if (err)
		goto err_teid;
	err = rhltable_init(&tables->peer_teid, &gtp_peer_teid_params);
	if (err)
		goto err_ms;
	err = rhashtable_init(&tables->paths, &gtp_path_params);
	if (err)
		goto err_peer;
	xa_init(&tables->ids);
	INIT_WORK(&tables->free_work, gtp_tables_work);
	link->tables = tables;
	return 0;

err_peer:
	rhltable_destroy(&tables->peer_teid);
err_ms:
	rhashtable_destroy(&tables->ms);
err_teid:
	rhashtable_destroy(&tables->teid);
err_free:
	kfree(tables);
	return err;
}

int __init gtp_tunnel_init(void)
{
	gtp_tunnel_cache = KMEM_CACHE(gtp_tunnel, SLAB_HWCACHE_ALIGN);
	if (!gtp_tunnel_cache)
		return -ENOMEM;
	gtp_free_wq = alloc_workqueue("gtp", WQ_UNBOUND, 0);
	if (!gtp_free_wq) {
		kmem_cache_destroy(gtp_tunnel_cache);
		return -ENOMEM;
	}
	return 0;
}

void gtp_tunnel_exit(void)
{
	destroy_workqueue(gtp_free_wq);
	rcu_barrier();
	kmem_cache_destroy(gtp_tunnel_cache);
}
