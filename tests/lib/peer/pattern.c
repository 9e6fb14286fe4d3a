// SPDX-License-Identifier: GPL-2.0
/* Data that both ends can check, and how it moves through a socket */
#include <errno.h>
#include <unistd.h>

#include "peer.h"

/* The byte at a place of every transfer: no two blocks are alike. */
static uint8_t pattern(uint64_t at)
{
	return (at * 2654435761U) >> 16;
}

void write_big_head(char head[32], const char *word, uint32_t from,
		    unsigned int bytes)
{
	snprintf(head, 32, "%s %08x %05u\n", word, from, bytes);
}

void fill_pattern(void *buf, size_t len, uint64_t from)
{
	uint8_t *p = buf;
	size_t i;

	for (i = 0; i < len; i++)
		p[i] = pattern(from + i);
}

/* How many bytes are as they should be */
size_t check_pattern(const void *buf, size_t len, uint64_t from)
{
	const uint8_t *p = buf;
	size_t i;

	for (i = 0; i < len; i++)
		if (p[i] != pattern(from + i))
			break;
	return i;
}

bool write_all(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= n;
	}
	return true;
}

/* 1: a line without its newline; 0: the end; -1: errno */
int read_line(int fd, char *line, size_t size)
{
	size_t len = 0;

	while (len + 1 < size) {
		ssize_t n = recv(fd, line + len, 1, 0);

		if (n <= 0)
			return n;
		if (line[len] == '\n') {
			line[len] = '\0';
			return 1;
		}
		len++;
	}
	errno = EMSGSIZE;
	return -1;
}

bool give(int fd, uint64_t from, uint64_t bytes, long rate)
{
	uint8_t buf[CHUNK];
	uint64_t at = 0;
	long start = now_ms();

	while (at < bytes) {
		size_t n = bytes - at < sizeof(buf) ? bytes - at : sizeof(buf);
		long early;

		fill_pattern(buf, n, from + at);
		if (!write_all(fd, buf, n))
			return false;
		at += n;
		early = rate ? (long)at * 1000 / rate - (now_ms() - start) : 0;
		if (early > 0)
			usleep(early * 1000);
	}
	return true;
}

/* How many bytes came as they should */
uint64_t take(int fd, uint64_t from, uint64_t bytes)
{
	uint8_t buf[CHUNK];
	uint64_t at = 0;

	while (at < bytes) {
		size_t want = bytes - at < sizeof(buf) ? bytes - at : sizeof(buf);
		ssize_t n = recv(fd, buf, want, 0);
		size_t good;

		if (n <= 0)
			return at;
		good = check_pattern(buf, n, from + at);
		at += good;
		if (good < (size_t)n)
			return at;
	}
	return at;
}
