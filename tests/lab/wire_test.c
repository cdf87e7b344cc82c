/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kernel/wire.h in user space. Every buffer is exactly as long as the parser
 * was told, so the address sanitizer sees any octet read too many.
 *   cc -g -fsanitize=address,undefined -o wire_test wire_test.c && ./wire_test
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#include "../../kernel/wire.h"

static unsigned int passed, failed;

static void check(bool ok, const char *what)
{
	if (ok) {
		passed++;
		return;
	}
	failed++;
	printf("not ok - %s\n", what);
}

/* As receive does it: no more octets than asked for, on the heap. */
static enum gtp1_walk walk(const u8 *data, unsigned int total,
			   struct gtp1_info *info)
{
	unsigned int avail = GTP1_HLEN, need = 0, rounds = 0;
	enum gtp1_walk result;
	u8 *p;

	do {
		p = malloc(avail);
		memcpy(p, data, avail);
		result = gtp1_walk(p, avail, total, info, &need);
		free(p);
		if (result == GTP1_WALK_MORE) {
			if (need <= avail || need > total || ++rounds > 64)
				abort();
			avail = need;
		}
	} while (result == GTP1_WALK_MORE);
	return result;
}

static void known(void)
{
	static const u8 psc[] = { 0x34, 255, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0x85,
				  1, 0x10, 9, 0, 0x45, 0, 0, 0 };
	static const u8 required[] = { 0x34, 255, 0, 12, 0, 0, 0, 1, 0, 0, 0,
				       0xb3, 1, 0, 0, 0, 0x45, 0, 0, 0 };
	struct gtp1_info info;
	u8 out[32];

	check(walk(psc, sizeof(psc), &info) == GTP1_WALK_OK, "container");
	check(info.hlen == 16 && info.qfi == 9 && !info.unknown, "its QFI");
	check(walk(required, sizeof(required), &info) == GTP1_WALK_OK &&
	      info.unknown == 0xb3, "required extension");

	gtp1_build(out, 0x12345678, 100, 9, 1);
	check(gtp1_total(out) == 116, "length with container");
	check(walk(out, 116, &info) == GTP1_WALK_OK && info.hlen == 16 &&
	      info.qfi == 9, "what is built is read back");
	gtp1_build(out, 1, 100, GTP_QFI_NONE, 0);
	check(gtp1_total(out) == 108 && out[0] == 0x30, "plain header");
	gtp0_build(out, GTP_TPDU, 7, 9, 0x123456789abcdef0, 50);
	check(gtp_get32(out + 12) == 0x12345678 && gtp_get16(out + 4) == 7 &&
	      gtp_get16(out + 2) == 50, "GTPv0 header");
}

static void elements(void)
{
	static const u8 ies[] = { 16, 0, 0, 0, 7, 133, 0, 4, 10, 0, 0, 1,
				  255, 0, 2, 0, 1 };
	struct gtp_error_ies out;
	unsigned int cut;

	for (cut = 0; cut <= sizeof(ies); cut++) {
		u8 *p = malloc(cut ?: 1);
		bool ok;

		memcpy(p, ies, cut);
		ok = gtp_parse_error_ies(p, cut, &out);
		/* The private extension behind may be cut off, not cut. */
		check(ok == (cut == 12 || cut == sizeof(ies)),
		      "Error Indication cut");
		free(p);
	}
}

static void noise(void)
{
	struct gtp_error_ies ies;
	struct gtp1_info info;
	unsigned int i, n, total;
	u8 data[2048];

	srand(1);
	for (i = 0; i < 300000; i++) {
		total = GTP1_HLEN + rand() % (i % 3 ? 40 : 2000);
		for (n = 0; n < total; n++)
			data[n] = i & 1 ? rand() : rand() % 6;
		data[0] = 0x30 | rand() % 8;
		if (walk(data, total, &info) == GTP1_WALK_OK &&
		    (info.hlen > total || info.hlen < GTP1_HLEN))
			abort();
		if (i % 8 == 0) {
			u8 *p = malloc(total);

			memcpy(p, data, total);
			gtp_parse_error_ies(p, total, &ies);
			free(p);
		}
	}
	check(true, "noise");
}

int main(void)
{
	known();
	elements();
	noise();
	printf("%u passed, %u failed\n", passed, failed);
	return failed > 0;
}
