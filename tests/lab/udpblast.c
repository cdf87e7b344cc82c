/* SPDX-License-Identifier: GPL-2.0 */
/*
 * udpblast ADDRESS PORT COUNT: sends COUNT datagrams of 64 octets as fast as
 * it can, 64 a call, and prints datagrams per second. On one processor the
 * receiving side's work is in that time too.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define BURST 64

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct mmsghdr messages[BURST];
	static char payload[64];
	struct iovec iov = { payload, sizeof(payload) };
	struct timespec begin, end;
	long count, sent = 0;
	int fd;

	if (argc != 4 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1)
		return 2;
	to.sin_port = htons(atoi(argv[2]));
	count = atol(argv[3]);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)))
		return 1;

	memset(messages, 0, sizeof(messages));
	for (int i = 0; i < BURST; i++) {
		messages[i].msg_hdr.msg_iov = &iov;
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	clock_gettime(CLOCK_MONOTONIC, &begin);
	while (sent < count) {
		int n = sendmmsg(fd, messages, BURST, 0);

		if (n > 0)
			sent += n;
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%.0f\n", sent / (end.tv_sec - begin.tv_sec +
				 (end.tv_nsec - begin.tv_nsec) / 1e9));
	return 0;
}
