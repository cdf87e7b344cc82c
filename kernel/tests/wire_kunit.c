// SPDX-License-Identifier: GPL-2.0
/* wire.h by the table that user space goes by as well. */

#include <kunit/test.h>
#include <linux/slab.h>

#include "../wire.h"

static u8 *case_copy(const u8 *octets, unsigned int n)
{
	return kmemdup(octets, n ?: 1, GFP_KERNEL);
}

static void case_free(u8 *copy)
{
	kfree(copy);
}

#include "wire_cases.h"

static void check(void *to, bool ok, const char *name, const char *what)
{
	struct kunit *test = to;

	KUNIT_EXPECT_TRUE_MSG(test, ok, "%s: %s", name, what);
}

static void walk(struct kunit *test)
{
	gtp_check_walk(check, test);
}

static void error_ies(struct kunit *test)
{
	gtp_check_ies(check, test);
}

static void build(struct kunit *test)
{
	gtp_check_build(check, test);
}

static struct kunit_case wire_tests[] = {
	KUNIT_CASE(walk),
	KUNIT_CASE(error_ies),
	KUNIT_CASE(build),
	{}
};

static struct kunit_suite wire_suite = {
	.name = "gtp_wire",
	.test_cases = wire_tests,
};

kunit_test_suite(wire_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit tests of gtp (gtp-tools)");
