/* SPDX-License-Identifier: GPL-2.0 */
/* Chance, for the fuzzers: repeatable from a seed. */
#ifndef GTP_LAB_FUZZ_H
#define GTP_LAB_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t chance_state;

static inline uint64_t chance(void)
{
	chance_state ^= chance_state << 13;
	chance_state ^= chance_state >> 7;
	chance_state ^= chance_state << 17;
	return chance_state;
}

/* Below @n. */
static inline unsigned int pick(unsigned int n)
{
	return chance() % n;
}

/* One in @n. */
static inline int rarely(unsigned int n)
{
	return !pick(n);
}

static inline void chance_seed(const char *text)
{
	chance_state = strtoull(text, NULL, 0) * 0x9e3779b97f4a7c15 + 1;
	if (!chance_state)
		chance_state = 1;
}

static inline double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* Numbers that mean something to somebody, and some that do not. */
static inline uint64_t number(void)
{
	static const uint64_t known[] = {
		0, 1, 2, 3, 7, 10, 63, 64, 127, 128, 255, 1024, 2152, 3386,
		65535, 65536, 0x7fffffff, 0x80000000, 0xffffffff, UINT64_MAX,
	};

	return rarely(4) ? chance() : known[pick(sizeof(known) / sizeof(*known))];
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static inline void die(const char *what)
{
	perror(what);
	exit(1);
}

#endif
