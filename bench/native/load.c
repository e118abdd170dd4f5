/*
 * The load generator: a fixed number of connections, each with one request in flight, and every answer
 * compared byte by byte with the right one. Who is turned away with a Retry-After waits that long.
 *
 * load <port> <connections> <tokens> <warm-up ms> <window ms> <request file> <answer file>
 *
 * <tokens>  own: each connection has a token of its own · one: all have the same · fresh: no token twice
 * stdout:   "open" when the window opens, "close" when it closes, then one line of JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 4096, SERIAL_DIGITS = 10 };

typedef struct {
  int fd;
  char *request;
  size_t sent, received, size;
  char *buffer;
  uint64_t started, rests_until; /* 0: it does not rest */
} Connection;

static Connection connections[MAX_CONNECTIONS];
static char *request_body, *right_answer;
static size_t request_body_length, right_answer_length, request_length, serial_offset;
static uint32_t *latencies; /* microseconds */
static size_t latency_count, latency_size;
static unsigned long wrong, failed, refused, fresh_serial = 1000000;
static int is_open, is_fresh, epoll_fd;
static uint64_t bytes;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(path);
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  char *content = malloc(*length + 1);
  if (fread(content, 1, *length, file) != *length) fail(path);
  fclose(file);
  return content;
}

/* The request of a connection; its token has the size and shape of a JWT, and ends in a serial number. */
static char *compose(unsigned long serial) {
  static const char HEADER[] = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
  static const char PAYLOAD[] =
      "eyJzdWIiOiI1ZmI0M2E1NjVlZTg0MmFkMjBmNjk3NTEiLCJjb21wYW55IjoiNjE5ZTUxZjNlN2UxOTgxOGZlNTZhMDEi"
      "LCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6MTkwMDAwMDAwMH0";
  char *request = malloc(request_body_length + 1024);
  int head = sprintf(request,
                     "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                     "accept: application/json\r\nauthorization: Bearer %s.%s.bench%0*lu\r\n"
                     "content-length: %zu\r\n\r\n",
                     HEADER, PAYLOAD, SERIAL_DIGITS, serial, request_body_length);
  memcpy(request + head, request_body, request_body_length);
  request_length = (size_t)head + request_body_length;
  serial_offset = (size_t)(strstr(request, ".bench") - request) + 6;
  return request;
}

static void transmit(Connection *connection) {
  while (connection->sent < request_length) {
    ssize_t written = send(connection->fd, connection->request + connection->sent,
                           request_length - connection->sent, MSG_NOSIGNAL);
    if (written < 0 && errno == EAGAIN) break;
    if (written < 0) fail("send");
    connection->sent += (size_t)written;
  }
  struct epoll_event event = {EPOLLIN | (connection->sent < request_length ? EPOLLOUT : 0),
                              {.ptr = connection}};
  if (connection->sent < request_length)
    epoll_ctl(epoll_fd, EPOLL_CTL_MOD, connection->fd, &event);
}

static void start(Connection *connection) {
  if (is_fresh) {
    char serial[SERIAL_DIGITS + 1];
    sprintf(serial, "%0*lu", SERIAL_DIGITS, fresh_serial++);
    memcpy(connection->request + serial_offset, serial, SERIAL_DIGITS);
  }
  connection->sent = connection->received = 0;
  connection->started = now();
  transmit(connection);
}

/* The value of a header, or NULL. */
static const char *header(const char *head, const char *end, const char *name) {
  size_t length = strlen(name);
  for (const char *line = head; line && line < end; line = memmem(line, end - line, "\r\n", 2)) {
    if (line != head) line += 2;
    if (strncasecmp(line, name, length) == 0) return line + length;
  }
  return NULL;
}

/* Joins the chunks of a body in place; returns its length, or -1 where some of it is still to come. */
static long join_chunks(char *body, size_t length, char *joined) {
  size_t at = 0, total = 0;
  for (;;) {
    char *line_end = memmem(body + at, length - at, "\r\n", 2);
    if (line_end == NULL) return -1;
    size_t size = strtoul(body + at, NULL, 16), data = (size_t)(line_end + 2 - body);
    if (length < data + size + 2) return -1;
    if (size == 0) return (long)total;
    memcpy(joined + total, body + data, size);
    total += size;
    at = data + size + 2;
  }
}

/* How long to wait after a 429 or 503, in seconds; 0 for all other answers. */
static unsigned long retry_after(const char *head, const char *end) {
  if (memcmp(head + 9, "503", 3) != 0 && memcmp(head + 9, "429", 3) != 0) return 0;
  const char *value = header(head, end, "retry-after:");
  return value ? strtoul(value, NULL, 10) : 0;
}

static void judge(const char *head, const char *body, size_t length) {
  int is_success = memcmp(head + 9, "200", 3) == 0;
  int is_right = length == right_answer_length && memcmp(body, right_answer, length) == 0;
  if (is_success && is_right) return;
  if (wrong + failed == 0)
    fprintf(stderr, "%.120s ... %.*s\n", head, (int)(length < 600 ? length : 600), body);
  if (is_success) wrong++;
  else failed++;
}

/* Whether an answer has come in full; judges it then. */
static int is_complete(Connection *connection) {
  static char *joined;
  static size_t joined_size;
  char *head = connection->buffer, *end = memmem(head, connection->received, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  unsigned long wait = retry_after(head, end);
  char *body = end + 4;
  size_t have = connection->received - (size_t)(body - head);
  const char *length = header(head, end, "content-length:");
  if (length) {
    size_t expected = strtoul(length, NULL, 10);
    if (have < expected) return 0;
    if (wait) connection->rests_until = now() + wait * 1000000000;
    else judge(head, body, expected);
    return 1;
  }
  if (joined_size < have) joined = realloc(joined, joined_size = have * 2);
  long total = join_chunks(body, have, joined);
  if (total < 0) return 0;
  judge(head, joined, (size_t)total);
  return 1;
}

static void record(uint64_t nanoseconds) {
  if (latency_count == latency_size)
    latencies = realloc(latencies, (latency_size = latency_size * 2 + 65536) * sizeof *latencies);
  latencies[latency_count++] = (uint32_t)(nanoseconds / 1000);
}

static void receive(Connection *connection) {
  if (connection->received + 65536 > connection->size)
    connection->buffer = realloc(connection->buffer, connection->size = connection->size * 2 + 131072);
  ssize_t count = recv(connection->fd, connection->buffer + connection->received,
                       connection->size - connection->received, 0);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) {
    fprintf(stderr, "the server closed a connection\n");
    exit(1);
  }
  connection->received += (size_t)count;
  if (is_open) bytes += (uint64_t)count;
  if (!is_complete(connection)) return;
  if (connection->rests_until) {
    if (is_open) refused++;
    return;
  }
  if (is_open) record(now() - connection->started);
  start(connection);
}

static int ascending(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static double percentile(double share) {
  if (latency_count == 0) return 0;
  return latencies[(size_t)(share * (double)(latency_count - 1))] / 1000.0;
}

static void report(double seconds) {
  qsort(latencies, latency_count, sizeof *latencies, ascending);
  printf("{\"requests\":%zu,\"seconds\":%.4f,\"wrong\":%lu,\"failed\":%lu,\"refused\":%lu,\"bytes\":%lu,"
         "\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"max\":%.3f}\n",
         latency_count, seconds, wrong, failed, refused, bytes, percentile(0.5), percentile(0.9),
         percentile(0.99), percentile(1));
}

int main(int argc, char **argv) {
  if (argc != 8) return 2;
  int count = atoi(argv[2]);
  int is_one = strcmp(argv[3], "one") == 0;
  uint64_t warm_up = strtoul(argv[4], NULL, 10) * 1000000, window = strtoul(argv[5], NULL, 10) * 1000000;
  is_fresh = strcmp(argv[3], "fresh") == 0;
  request_body = read_file(argv[6], &request_body_length);
  right_answer = read_file(argv[7], &right_answer_length);
  if (count < 1 || count > MAX_CONNECTIONS) return 2;

  epoll_fd = epoll_create1(0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)atoi(argv[1])),
                                .sin_addr = {htonl(INADDR_LOOPBACK)}};
  for (int i = 0; i < count; i++) {
    Connection *connection = &connections[i];
    connection->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection->fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    int on = 1;
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(connection->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {EPOLLIN, {.ptr = connection}};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, connection->fd, &event);
    connection->request = compose(is_one ? 0 : (unsigned long)i);
  }
  for (int i = 0; i < count; i++) start(&connections[i]);

  uint64_t opens = now() + warm_up, opened = 0;
  for (;;) {
    struct epoll_event events[256];
    int ready = epoll_wait(epoll_fd, events, 256, 10);
    uint64_t time = now();
    for (int i = 0; i < count; i++) {
      if (connections[i].rests_until == 0 || connections[i].rests_until > time) continue;
      connections[i].rests_until = 0;
      start(&connections[i]);
    }
    if (!is_open && time >= opens) {
      printf("open\n");
      fflush(stdout);
      is_open = 1;
      opened = time;
    }
    if (is_open && time >= opened + window) {
      printf("close\n");
      report((double)(time - opened) / 1e9);
      return 0;
    }
    for (int i = 0; i < ready; i++) {
      Connection *connection = events[i].data.ptr;
      if (events[i].events & EPOLLOUT) {
        struct epoll_event event = {EPOLLIN, {.ptr = connection}};
        epoll_ctl(epoll_fd, EPOLL_CTL_MOD, connection->fd, &event);
        transmit(connection);
      }
      if (events[i].events & ~(uint32_t)EPOLLOUT) receive(connection);
    }
  }
}
