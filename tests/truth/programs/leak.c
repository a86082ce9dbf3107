/* Takes a known amount of memory at a known rate and never gives it back; writes down when it had
 * how much. leak FILE SECONDS BYTES_A_STEP STEP_MS. With 0 bytes it takes a megabyte once. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { RECORDS = 20000 };
struct record { int64_t at_ns, bytes, unused; };

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv) {
    int fd = open(argv[1], O_RDWR | O_CREAT, 0644);
    size_t size = (RECORDS + 1) * sizeof(struct record);
    if (argc < 5 || fd < 0 || ftruncate(fd, size)) return 2;
    struct record *records = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    memset(records, 0, size);
    int64_t until = now() + (int64_t)(atof(argv[2]) * 1e9), bytes = 0, due = now();
    size_t step = atoll(argv[3]);
    memset(malloc(1 << 20), 1, 1 << 20);
    puts("ready");
    fflush(stdout);
    for (int64_t i = 1; i < RECORDS && now() < until; i++) {
        records[i] = (struct record){now(), bytes, 0};
        records[0].at_ns = i;
        due += atoll(argv[4]) * 1000000;
        struct timespec t = {due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, 0);
        if (step) {
            char *taken = malloc(step);
            memset(taken, (int)i, step);
            bytes += step;
        }
    }
    return 0;
}
