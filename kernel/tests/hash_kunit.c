// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of the tables: what is different differs, and the first bits of the
 * hash, which choose the bucket, spread what operators hand out in order. And
 * who found a tunnel by its key just before it got another.
 */

#include <kunit/test.h>

#include "../gtp.h"

#define KEYS	65536
#define BUCKETS	8192

static void keys_differ(struct kunit *test)
{
	struct in6_addr a = { .s6_addr = { 0xfd, 0x45, 0, 0, 0, 0, 0, 2, 1 } };
	struct in6_addr b = { .s6_addr = { 0xfd, 0x45, 0, 0, 0, 0, 0, 3, 1 } };
	struct in6_addr c = { .s6_addr = { 0xfd, 0x45, 0, 0, 0, 0, 0, 2, 2 } };
	struct gtp_key keys[] = {
		gtp_key_tei(1, AF_INET),
		gtp_key_tei(2, AF_INET),
		gtp_key_tei(1, AF_INET6),
		gtp_key_tid(1, AF_INET),
		gtp_key_tid(1ULL << 32, AF_INET),
		gtp_key_tid(1, AF_INET6),
		gtp_key_ms4(htonl(0x0a2d0002)),
		gtp_key_ms4(htonl(0x0a2d0003)),
		gtp_key_ms6(&a),
		gtp_key_ms6(&b),
	};
	struct gtp_key other = gtp_key_ms6(&c);
	int i, j;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		for (j = 0; j < ARRAY_SIZE(keys); j++)
			KUNIT_EXPECT_EQ_MSG(test, gtp_key_eq(&keys[i], &keys[j]),
					    i == j, "%d and %d", i, j);
	}
	/* A subscriber has a /64. */
	KUNIT_EXPECT_TRUE(test, gtp_key_eq(&keys[8], &other));
}

/* Longest chain of KEYS keys in BUCKETS buckets, as the tables' hash does it. */
static unsigned int longest(struct kunit *test, struct gtp_key (*key)(u32 n))
{
	u16 *chain = kunit_kcalloc(test, BUCKETS, sizeof(*chain), GFP_KERNEL);
	unsigned int most = 0, bucket;
	struct gtp_key k;
	u32 n;

	KUNIT_ASSERT_NOT_NULL(test, chain);
	for (n = 0; n < KEYS; n++) {
		k = key(n);
		bucket = gtp_key_hash(&k, sizeof(k), 0x5eed) % BUCKETS;
		most = max_t(unsigned int, most, ++chain[bucket]);
	}
	return most;
}

static struct gtp_key in_order(u32 n)
{
	return gtp_key_tei(n, AF_INET);
}

static struct gtp_key high_octets(u32 n)
{
	return gtp_key_tei(n << 16, AF_INET);
}

static struct gtp_key addresses(u32 n)
{
	return gtp_key_ms4(htonl(0x0a000000 + n));
}

static struct gtp_key prefixes(u32 n)
{
	struct in6_addr addr = {};

	addr.s6_addr32[0] = htonl(0xfd450000);
	addr.s6_addr32[1] = htonl(n);
	return gtp_key_ms6(&addr);
}

static struct gtp_key imsis(u32 n)
{
	return gtp_key_tid(0x1032547698000000ULL + n, AF_INET);
}

/* With 8 keys a bucket on average, chance puts 24 into the fullest. */
static void keys_spread(struct kunit *test)
{
	KUNIT_EXPECT_LT(test, longest(test, in_order), 32U);
	KUNIT_EXPECT_LT(test, longest(test, high_octets), 32U);
	KUNIT_EXPECT_LT(test, longest(test, addresses), 32U);
	KUNIT_EXPECT_LT(test, longest(test, prefixes), 32U);
	KUNIT_EXPECT_LT(test, longest(test, imsis), 32U);
}

/* A tunnel that has been given to somebody else carries nothing of the first. */
static void key_has_changed(struct kunit *test)
{
	struct gtp_key before = gtp_key_ms4(htonl(0x0a2d0002));
	struct gtp_key after = gtp_key_ms4(htonl(0x0a2d0003));
	struct gtp_egress egress = {};
	struct gtp_tunnel *t;

	t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, t);
	seqcount_init(&t->seq);
	t->ms = before;
	t->egress.o_tei = 1;
	KUNIT_EXPECT_TRUE(test, gtp_tunnel_egress(t, &before, &egress));
	KUNIT_EXPECT_EQ(test, egress.o_tei, 1U);
	t->ms = after;
	t->egress.o_tei = 2;
	KUNIT_EXPECT_FALSE(test, gtp_tunnel_egress(t, &before, &egress));
	KUNIT_EXPECT_TRUE(test, gtp_tunnel_egress(t, &after, &egress));
	KUNIT_EXPECT_EQ(test, egress.o_tei, 2U);
}

static struct kunit_case hash_tests[] = {
	KUNIT_CASE(keys_differ),
	KUNIT_CASE(keys_spread),
	KUNIT_CASE(key_has_changed),
	{}
};

static struct kunit_suite hash_suite = {
	.name = "gtp_hash",
	.test_cases = hash_tests,
};

kunit_test_suite(hash_suite);
