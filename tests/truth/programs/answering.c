/* Answers each key so many microseconds after it was read, and writes down when that was.
 *
 * answering OUT DELAY_US NOISE_US: beside a thread that prints every NOISE_US, if that is not 0.
 * OUT gets a line for each key: when its read returned and when its answer was about to be written,
 * in nanoseconds of CLOCK_MONOTONIC. "q" ends it.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static long noise_us;

static long long now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void rest(long us) {
    struct timespec pause = {us / 1000000, us % 1000000 * 1000};
    while (nanosleep(&pause, &pause))
        ;
}

static void *print(void *nothing) {
    for (;;) {
        rest(noise_us);
        if (write(1, ".", 1) != 1)
            return nothing;
    }
}

int main(int argc, char **argv) {
    if (argc != 4)
        return 2;
    FILE *out = fopen(argv[1], "w");
    long delay_us = atol(argv[2]);
    noise_us = atol(argv[3]);
    struct termios modes;
    if (out == NULL || tcgetattr(0, &modes))
        return 2;
    cfmakeraw(&modes);
    tcsetattr(0, TCSANOW, &modes);
    if (write(1, "ready\r\n", 7) != 7)
        return 2;
    pthread_t thread;
    if (noise_us && pthread_create(&thread, NULL, print, NULL))
        return 2;
    char key;
    while (read(0, &key, 1) == 1 && key != 'q') {
        long long read_ns = now_ns();
        if (delay_us)
            rest(delay_us);
        long long answer_ns = now_ns();
        if (write(1, "!", 1) != 1)
            return 2;
        fprintf(out, "%lld %lld\n", read_ns, answer_ns);
    }
    return fclose(out);
}
