// SPDX-License-Identifier: GPL-2.0
/*
 * Tunnels and the paths they share: a path is there as long as somebody uses
 * it, whatever tunnels come, change and go.
 */

#include <kunit/test.h>

#include "../path.c"
#include "../tunnel.c"

static struct gtp_tunnel_cfg config(u32 number, __be32 peer)
{
	return (struct gtp_tunnel_cfg) {
		.version = GTP_V1,
		.family = AF_INET,
		.teid = gtp_key_tei(number, AF_INET),
		.ms = gtp_key_ms4(htonl(0x0a2d0000 + number)),
		.peer = { .v4 = peer, .family = AF_INET },
		.o_tei = number,
	};
}

static struct gtp_tunnel *set(struct kunit *test, struct gtp_link *link,
			      struct gtp_tunnel_cfg cfg, bool update)
{
	struct gtp_tunnel *t = NULL;

	KUNIT_ASSERT_EQ(test, update,
			gtp_tunnel_set(link, &cfg, 0, update, &t, NULL));
	return t;
}

/* Of the path to @peer; 0 if there is none. */
static unsigned int users(struct gtp_link *link, __be32 peer)
{
	struct gtp_addr addr = { .v4 = peer, .family = AF_INET };
	struct gtp_path *path;
	unsigned int count;

	rcu_read_lock();
	path = gtp_path_find(link->tables, &addr);
	count = path ? path->users : 0;
	rcu_read_unlock();
	return count;
}

static void path_ends_with_its_last_tunnel(struct kunit *test)
{
	__be32 a = htonl(0xc0000201), b = htonl(0xc0000202);
	struct gtp_link *link;
	struct gtp_tunnel *first, *second;

	link = kunit_kzalloc(test, sizeof(*link), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, link);
	mutex_init(&link->lock);
	KUNIT_ASSERT_EQ(test, 0, gtp_tables_new(link));
	mutex_lock(&link->lock);

	first = set(test, link, config(1, a), false);
	second = set(test, link, config(2, a), false);
	KUNIT_EXPECT_EQ(test, users(link, a), 2U);
	KUNIT_EXPECT_EQ(test, atomic_read(&link->tables->paths.nelems), 1);

	/* To another peer; and told what is so already. */
	KUNIT_EXPECT_PTR_EQ(test, second, set(test, link, config(2, b), true));
	KUNIT_EXPECT_PTR_EQ(test, second, set(test, link, config(2, b), true));
	KUNIT_EXPECT_EQ(test, users(link, a), 1U);
	KUNIT_EXPECT_EQ(test, users(link, b), 1U);

	gtp_tunnel_remove(link, first);
	KUNIT_EXPECT_EQ(test, users(link, a), 0U);
	KUNIT_EXPECT_EQ(test, users(link, b), 1U);
	gtp_tunnel_remove(link, second);
	KUNIT_EXPECT_EQ(test, atomic_read(&link->tables->paths.nelems), 0);

	mutex_unlock(&link->lock);
	gtp_tables_work(&link->tables->free_work);
}

static struct kunit_case tunnel_tests[] = {
	KUNIT_CASE(path_ends_with_its_last_tunnel),
	{}
};

static int tunnel_suite_init(struct kunit_suite *suite)
{
	gtp_tunnel_cache = kmem_cache_create("gtp_kunit_tunnel",
					     sizeof(struct gtp_tunnel), 0,
					     SLAB_HWCACHE_ALIGN, NULL);
	return gtp_tunnel_cache ? 0 : -ENOMEM;
}

static void tunnel_suite_exit(struct kunit_suite *suite)
{
	rcu_barrier();
	kmem_cache_destroy(gtp_tunnel_cache);
}

static struct kunit_suite tunnel_suite = {
	.name = "gtp_tunnel",
	.suite_init = tunnel_suite_init,
	.suite_exit = tunnel_suite_exit,
	.test_cases = tunnel_tests,
};

kunit_test_suite(tunnel_suite);
