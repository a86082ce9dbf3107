/* Prints what it computes character by character: into a buffer, or with -u without one. */
#include <stdio.h>

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, argc > 1 ? _IONBF : _IOFBF, 1 << 16);
    for (int line = 0; line < 100; line++) {
        for (int column = 0; column < 60; column++)
            putchar('a' + (line + column) % 26);
        putchar('\n');
    }
    return 0;
}
